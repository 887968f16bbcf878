import { canonicalJson } from "../../kit/hash.js";
import { isPlaceable, type Span } from "../../kit/instant.js";
import type { Connector } from "../connector.js";
import type { Evidence } from "../evidence.js";
import type { CollectedScenario } from "./collect-scenario.js";

/** Where a piece of evidence breaks the contract, in words. */
export function problemsOfEvidence(evidence: Evidence, connector: Connector<never>): string[] {
  const problems: string[] = [];
  const rule = connector.kinds[evidence.kind];
  if (!rule) return [`kind ${evidence.kind} is not declared`];
  if (evidence.connector !== connector.id) problems.push(`connector is ${evidence.connector}`);
  if (!evidence.kind.startsWith(`${connector.id}.`)) problems.push(`kind ${evidence.kind} does not begin with the connector`);
  if (!connector.sources.some((source) => source.id === evidence.source)) problems.push(`no source ${evidence.source}`);
  if (!evidence.times.some((time) => rule.placedBy.includes(time.meaning))) problems.push(`no time of ${rule.placedBy.join(", ")}`);
  if (evidence.times.some((time) => time.at !== null && !isPlaceable(time.at))) problems.push("a time that cannot be placed is not null");
  if (evidence.title.includes("\n")) problems.push("the title has several lines");
  if (evidence.url !== null && !/^https?:\/\//.test(evidence.url)) problems.push("the url is no http(s)");
  for (const ref of evidence.refs) {
    if (["sha", "pull", "run", "deployment"].includes(ref.type) && ref.id !== ref.id.toLowerCase())
      problems.push(`ref ${ref.id} is not lower case`);
    if (ref.type === "sha" && !/^[0-9a-f]{7,64}$/.test(ref.id)) problems.push(`ref ${ref.id} is no sha`);
  }
  return problems;
}

/** Ids read twice (two pages, two sources) that say two things: a rebuild would make versions of nothing. */
export function contradictionsIn(run: CollectedScenario): string[] {
  const seen = new Map<string, string>();
  return run.evidence.flatMap((evidence) => {
    const { source: _source, scope: _scope, ...content } = evidence;
    const text = canonicalJson(content);
    const before = seen.get(evidence.id) ?? text;
    seen.set(evidence.id, before);
    return before === text ? [] : [evidence.id];
  });
}

/** Scopes that were walked to their end without a gap, and of which not all is covered. */
export function spansLeftOpen({ walks, covered, gaps }: CollectedScenario): string[] {
  const isSame = (one: { source: string; scope: string }, other: { source: string; scope: string }) =>
    one.source === other.source && one.scope === other.scope;
  return walks
    .filter((walk) => !gaps.some((gap) => isSame(gap, walk) && (gap.reason !== "malformed" || gap.count === null)))
    .filter((walk) => {
      const spans = covered.filter((each) => isSame(each, walk)).map(({ span }) => span);
      return !coversWhole(spans, walk.span);
    })
    .map(({ source, scope }) => `${source} ${scope}`);
}

/** Whether spans reach over the whole of `whole` with nothing between them. */
function coversWhole(spans: readonly Span[], whole: Span): boolean {
  let reached = whole.from;
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    if (span.from > reached) break;
    reached = Math.max(reached, span.until);
  }
  return reached >= whole.until;
}
