import { retryAfterMs } from "../../src/kit/wire/retry-after.js";
import type { VendorPolicy, Verdict, WireAnswer } from "../../src/kit/wire/types.js";

/** GitHub says "at least a minute" where a secondary limit names no time. */
const SECONDARY_WAIT_MS = 60_000;
const SECONDARY = /secondary rate limit|abuse detection/i;
/** GraphQL's way of telling of a time-out on its side. */
const GRAPHQL_OUTAGE = /^Something went wrong while executing your query|^We couldn't respond to your request in time/;

/**
 * How GitHub asks for patience. A primary limit is a 403 or 429 with nothing remaining, until the instant in
 * `x-ratelimit-reset`, by the server's clock; a secondary one names itself in the message or gives `retry-after`.
 * GraphQL says both with status 200 too. A plain 403 is a refusal and handed on.
 * Source: "Rate limits for the REST API", "Rate limits and query limits for the GraphQL API".
 */
export const wire: VendorPolicy = {
  concurrency: 6,
  bucketOf: ({ url }) => {
    if (url.pathname.endsWith("/graphql")) return "graphql";
    return url.pathname.includes("/search/") ? "search" : "core";
  },
  perMinute: (bucket) => (bucket === "core" ? 900 : bucket === "search" ? 30 : null),
  allows: (bucket) => (bucket === "core" ? "GitHub allows 900 requests a minute and 5,000 an hour" : null),
  judge: (answer, nowMs) => {
    if (answer.status === 403 || answer.status === 429) return judgeRefusal(answer, nowMs);
    return answer.status === 200 ? judgeGraphql(answer, nowMs) : null;
  },
};

function judgeRefusal(answer: WireAnswer, nowMs: number): Verdict | null {
  const patience = patienceOf(answer, nowMs);
  if (patience) return patience;
  if (SECONDARY.test(textOf(answer.json, "message"))) return secondary(answer, nowMs);
  return answer.status === 403 ? { kind: "ok" } : null;
}

/** Status 200 with `errors`: a limit, an outage, or something for the client. */
function judgeGraphql(answer: WireAnswer, nowMs: number): Verdict | null {
  const errors = errorsOf(answer.json);
  if (errors.some((error) => textOf(error, "type") === "RATE_LIMITED")) return patienceOf(answer, nowMs) ?? secondary(answer, nowMs);
  if (errors.some((error) => SECONDARY.test(textOf(error, "message")))) return secondary(answer, nowMs);
  if (errors.some((error) => GRAPHQL_OUTAGE.test(textOf(error, "message")))) return { kind: "broken", why: "GraphQL gave up on the query" };
  return null;
}

function patienceOf({ headers }: WireAnswer, nowMs: number): Verdict | null {
  const asked = retryAfterMs(headers.get("retry-after"), nowMs);
  if (asked !== null) return { kind: "wait", waitMs: asked, why: "rate limit" };
  const reset = headers.get("x-ratelimit-reset") ?? "";
  if (headers.get("x-ratelimit-remaining") !== "0" || !/^\d{1,12}$/.test(reset)) return null;
  // The last second belongs to the old window.
  return { kind: "wait", waitMs: Math.max(0, (Number(reset) + 1) * 1000 - nowMs), why: "rate limit of the hour" };
}

function secondary(answer: WireAnswer, nowMs: number): Verdict {
  return {
    kind: "wait",
    waitMs: retryAfterMs(answer.headers.get("retry-after"), nowMs) ?? SECONDARY_WAIT_MS,
    why: "secondary rate limit",
  };
}

function errorsOf(json: unknown): readonly unknown[] {
  const errors: unknown = typeof json === "object" && json !== null && "errors" in json ? json.errors : null;
  return Array.isArray(errors) ? errors : [];
}

function textOf(json: unknown, key: string): string {
  if (typeof json !== "object" || json === null) return "";
  const value: unknown = (json as Record<string, unknown>)[key];
  return typeof value === "string" ? value : "";
}
