import type { CoverageLine } from "../contract/draft.js";
import type { StoredGap } from "../contract/store.js";
import { compareText } from "../kit/text.js";
import { groupBy } from "../kit/group-by.js";
import { hull } from "./spans.js";
import type { Collected, CollectedScope } from "./types.js";

/**
 * The ledger: a line for each scope, and one for each thing that could not be planned. Scopes that were found while
 * reading another (the threads of a channel) are one line under it. Pure.
 */
export function coverageOf({ scopes, planGaps }: Pick<Collected, "scopes" | "planGaps">): readonly CoverageLine[] {
  const groups = groupBy(scopes, (scope) => groupKey(scope, scopes));
  const planned = [...groups.values()].map((members) => lineOf(members, scopes));
  const unplanned = [...groupBy(planGaps, ({ connector, source, scope }) => JSON.stringify([connector, source, scope])).values()];
  return [...planned, ...unplanned.map(planLine)].sort(byPlace);
}

function byPlace(a: CoverageLine, b: CoverageLine): number {
  return (
    compareText(a.connector, b.connector) || compareText(a.source, b.source) || compareText(a.name, b.name) || compareText(a.scope, b.scope)
  );
}

function groupKey(scope: CollectedScope, all: readonly CollectedScope[]): string {
  const { connector, source } = scope;
  return scope.discovered
    ? JSON.stringify([connector, source, "found in", parentOf(scope, all)?.scope ?? null])
    : JSON.stringify([connector, source, scope.scope]);
}

/** The planned scope whose key the found one's begins with. */
function parentOf(scope: CollectedScope, all: readonly CollectedScope[]): CollectedScope | undefined {
  return all.find(
    (each) =>
      !each.discovered &&
      each.connector === scope.connector &&
      scope.scope.startsWith(each.scope) &&
      ":/#|@".includes(scope.scope[each.scope.length] ?? " "),
  );
}

function lineOf(members: readonly CollectedScope[], all: readonly CollectedScope[]): CoverageLine {
  const first = members[0]!;
  const parent = first.discovered ? parentOf(first, all) : undefined;
  const gaps = members.flatMap((member) => member.gaps);
  return {
    connector: first.connector,
    source: first.source,
    scope: first.discovered ? (parent?.scope ?? first.source) : first.scope,
    name: first.discovered ? foundName(members.length, first.source, parent) : first.name,
    asked: hull(members.map(({ asked }) => asked)),
    seen: members.reduce((sum, { seen }) => sum + seen, 0),
    state: stateOf(members, gaps.length > 0),
    gaps: folded(gaps),
    visibility: members.some(({ visibility }) => visibility === "private") ? "private" : "public",
  };
}

function foundName(count: number, source: string, parent: CollectedScope | undefined): string {
  return `${parent ? `${parent.name}, ` : ""}${source} (${count})`;
}

function stateOf(members: readonly CollectedScope[], hasGaps: boolean): CoverageLine["state"] {
  if (members.every(({ known }) => known === "nothing")) return "failed";
  return hasGaps || members.some(({ known }) => known !== "all") ? "partial" : "complete";
}

function planLine(gaps: readonly StoredGap[]): CoverageLine {
  const { connector, source, scope } = gaps[0]!;
  return {
    connector,
    source,
    scope,
    name: gaps[0]!.name ?? scope,
    asked: null,
    seen: 0,
    state: gaps.every(({ reason }) => reason === "not asked") ? "not asked" : "failed",
    gaps: folded(gaps),
    visibility: gaps.some(({ visibility }) => visibility === "private") ? "private" : "public",
  };
}

/** Gaps that say the same are one: their counts added, from the first to the last of their spans. */
function folded(gaps: readonly StoredGap[]): CoverageLine["gaps"] {
  const groups = groupBy(gaps, ({ reason, detail, hint }) => JSON.stringify([reason, detail, hint]));
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, same]) => {
      const counts = same.flatMap(({ count }) => (count === null ? [] : [count]));
      return {
        reason: same[0]!.reason,
        span: same.some(({ span }) => span === null) ? null : hull(same.flatMap(({ span }) => span ?? [])),
        count: counts.length === 0 ? null : counts.reduce((a, b) => a + b, 0),
        detail: same[0]!.detail,
        hint: same[0]!.hint,
      };
    });
}
