import { isWithinScope } from "../contract/audience.js";
import type { SeenScope } from "../contract/history.js";
import type { CoverageLine } from "../contract/draft.js";
import type { PurgedSpan } from "../contract/retention.js";
import { groupBy } from "../kit/group-by.js";
import { overlaps, toIso } from "../kit/instant.js";
import { compareText } from "../kit/text.js";
import { hull } from "./spans.js";

type Place = Pick<CoverageLine, "connector" | "source" | "scope">;
type Gap = CoverageLine["gaps"][number];

/**
 * The ledger with what was purged since, or before the build: a gap in the line of its scope, so that missing records are
 * never taken for none. Threads are told of in the line of their channel. Pure.
 */
export function withPurged(
  coverage: readonly CoverageLine[],
  scopes: readonly SeenScope[],
  purged: readonly PurgedSpan[],
): readonly CoverageLine[] {
  const seen = purged.filter((each) => scopes.some((scope) => isOf(each, scope) && scope.spans.some((span) => overlaps(span, each.span))));
  if (seen.length === 0) return coverage;
  return coverage.map((line) => {
    const gone = seen.filter((each) => lineOf(each, coverage) === line);
    if (gone.length === 0) return line;
    return { ...line, state: line.state === "complete" ? "partial" : line.state, gaps: [...line.gaps, ...gapsOf(gone)] };
  });
}

function isOf(a: Place & { readonly tenant: string }, b: Place & { readonly tenant: string }): boolean {
  return a.connector === b.connector && a.tenant === b.tenant && a.source === b.source && a.scope === b.scope;
}

/** Its own, else that of the scope that it was found in: the longest whose key its own begins with. */
function lineOf(place: Place, coverage: readonly CoverageLine[]): CoverageLine | undefined {
  const near = coverage.filter(({ connector, source }) => connector === place.connector && source === place.source);
  const around = near.filter(({ scope }) => isWithinScope(place.scope, scope)).sort((a, b) => b.scope.length - a.scope.length);
  return around[0] ?? near.find(({ scope }) => scope === place.source);
}

/** Those of one purge are one. */
function gapsOf(purged: readonly PurgedSpan[]): Gap[] {
  const groups = groupBy(purged, ({ purgedAt, words }) => `${toIso(purgedAt).slice(0, 10)}: what was ${words}`);
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([detail, same]) => ({
      reason: "purged" as const,
      span: hull(same.map(({ span }) => span)),
      count: same.some(({ count }) => count === null) ? null : same.reduce((sum, { count }) => sum + count!, 0),
      detail: `Purged on ${detail}`,
      hint: "Build with --refresh to ask the source for it again, if it still has it.",
    }));
}
