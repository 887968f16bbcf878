import type { Gap } from "../../src/contract/page.js";
import type { GapReason } from "../../src/kit/errors.js";
import type { Span } from "../../src/kit/instant.js";
import type { Answer } from "./client.js";

interface Place {
  readonly source: string;
  readonly scope: string;
  readonly span: Span | null;
}

/** None when nothing was lost. */
export function gapOf(place: Place, reason: GapReason, count: number, detail: string, hint: string | null = null): Gap[] {
  return count === 0 ? [] : [{ ...place, reason, count, detail, hint }];
}

/** Records that could not be read, with the paths of what was wrong with them. */
export function malformedGap(place: Place, what: string, problems: readonly string[]): Gap[] {
  const paths = [...new Set(problems)].sort().slice(0, 5).join(", ");
  return gapOf(place, "malformed", problems.length, `${what} could not be read: ${paths}`);
}

/**
 * GitHub leaves out what organisations with single sign-on protect, and says so in a header alone.
 * Source: "Authenticating to the REST API", X-GitHub-SSO.
 */
export function ssoGap(place: Place, { headers }: Pick<Answer, "headers">): Gap[] {
  if (!String(headers["x-github-sso"] ?? "").startsWith("partial-results")) return [];
  const hint = "Authorize the token for the single sign-on of the organisation.";
  return [{ ...place, reason: "forbidden", count: null, detail: "GitHub left out what single sign-on protects", hint }];
}
