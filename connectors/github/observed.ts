import type { AccountRef, ObservedTime, Ref } from "../../src/contract/evidence.js";
import { fromIso, isoPrecisionMicros } from "../../src/kit/instant.js";

/** GitHub writes ISO 8601 with seconds. Nothing when it gave no time; `at` is null when it is unreadable. */
export function observed(meaning: string, sourceText: string | null | undefined): ObservedTime[] {
  if (sourceText === null || sourceText === undefined || sourceText === "") return [];
  return [{ meaning, at: fromIso(sourceText), precisionMicros: isoPrecisionMicros(sourceText), sourceText }];
}

interface Account {
  readonly login: string;
  /** REST. */
  readonly type?: string | null | undefined;
  /** GraphQL. */
  readonly __typename?: string | null | undefined;
}

/** One id for an account in both APIs: GraphQL leaves `[bot]` out of a bot's login. null for a deleted account. */
export function accountOf(account: Account | null | undefined): AccountRef | null {
  if (!account) return null;
  const login = account.login.toLowerCase();
  const kind = account.type ?? account.__typename;
  if (kind === "Bot" || login.endsWith("[bot]"))
    return { connector: "github", id: login.endsWith("[bot]") ? login : `${login}[bot]`, kind: "bot" };
  return { connector: "github", id: login, kind: kind === "User" ? "person" : "unknown" };
}

export function pullRef(repository: string, number: number | string, relation: Ref["relation"]): Ref {
  return { type: "pull", id: `${repository}#${number}`.toLowerCase(), relation };
}

export function shaRef(sha: string, relation: Ref["relation"]): Ref {
  return { type: "sha", id: sha.toLowerCase(), relation };
}

/** Each thing once for each relation, in the order they came. */
export function distinctRefs(refs: readonly Ref[]): Ref[] {
  return [...new Map(refs.map((ref) => [`${ref.relation} ${ref.type} ${ref.id}`, ref])).values()];
}

/** A URL that a reader may follow, else null. */
export function webUrl(url: string | null | undefined): string | null {
  return url !== null && url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
}
