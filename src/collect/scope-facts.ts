import type { ScopePlan, Source, SourcePlan } from "../contract/connector.js";
import type { Visibility } from "../contract/evidence.js";
import type { ScopeKey, StoredCovered, StoredGap } from "../contract/store.js";
import { overlaps, type EpochMicros, type Span } from "../kit/instant.js";
import type { ConnectorState } from "./connector-state.js";
import { groupBy } from "../kit/group-by.js";
import { hull, subtract } from "./spans.js";
import type { CollectedScope } from "./types.js";

/** What is known of each planned scope after reading: the same facts whether it was asked now or in an earlier build. */
export async function factsOf(
  state: ConnectorState,
  source: Source<never>,
  plan: SourcePlan,
  planGaps: readonly StoredGap[],
): Promise<CollectedScope[]> {
  const { options, owner } = state;
  const keyOf = ({ scope }: { scope: string }): ScopeKey => ({ ...owner, source: source.id, scope });
  const gaps = groupBy(await options.store.gaps(plan.scopes.map(keyOf)), ({ scope }) => scope);
  const visibilities = await visibilitiesOf(state, source, plan);
  const facts: CollectedScope[] = [];
  for (const scope of plan.scopes) {
    const key = keyOf(scope);
    const spans = askedSpans(scope, options.now);
    const asked = hull(spans) ?? { from: options.now, until: options.now };
    const covered = await options.store.covered(key);
    facts.push({
      ...key,
      name: scope.name,
      wanted: scope.wanted,
      lastDeployment: scope.lastDeployment === true,
      asked,
      seen: await options.store.seen(key, asked),
      known: knownOf(spans, covered),
      discovered: visibilities.discovered.has(scope.scope),
      visibility: scope.visibility ?? visibilities.discovered.get(scope.scope) ?? visibilities.named.get(scope.scope) ?? "public",
      checkedSince: checkedSince(spans, covered, options.run.startedAt),
      gaps: [
        ...planGaps.filter((gap) => gap.source === source.id && gap.scope === scope.scope),
        ...touching(gaps.get(scope.scope) ?? [], scope),
      ],
    });
  }
  return facts;
}

/** What is wanted for the window itself, cut to now; a scope that is wanted as context only is measured by that. */
function askedSpans(plan: ScopePlan, now: EpochMicros): readonly Span[] {
  const own = plan.wanted.filter(({ purpose }) => purpose === "window");
  return (own.length > 0 ? own : plan.wanted)
    .map(({ from, until }) => ({ from, until: Math.min(until, now) }))
    .filter(({ from, until }) => from < until);
}

function knownOf(spans: readonly Span[], covered: readonly StoredCovered[]): CollectedScope["known"] {
  const cuts = covered.map((part) => part.span);
  if (spans.every((span) => subtract(span, cuts).length === 0)) return "all";
  return spans.some((span) => cuts.some((cut) => overlaps(span, cut))) ? "part" : "nothing";
}

function checkedSince(spans: readonly Span[], covered: readonly StoredCovered[], startedAt: EpochMicros): EpochMicros | null {
  const times = covered.filter((part) => spans.some((span) => overlaps(span, part.span))).map((part) => part.checkedAt);
  const earlier = times.filter((at) => at < startedAt);
  return earlier.length === 0 ? null : earlier.reduce((a, b) => Math.min(a, b));
}

function touching(gaps: readonly StoredGap[], plan: ScopePlan): readonly StoredGap[] {
  return gaps.filter(({ span }) => span === null || plan.wanted.some((wanted) => overlaps(span, wanted)));
}

async function visibilitiesOf({ options, owner }: ConnectorState, source: Source<never>, plan: SourcePlan) {
  const references = await options.store.references(owner);
  const named = new Map(
    references.flatMap((each): [string, Visibility][] => (each.type === "account" ? [] : [[each.id, each.visibility]])),
  );
  const wanted = hull(plan.scopes.flatMap((scope) => scope.wanted));
  const found = wanted ? await options.store.discovered(owner, source.id, wanted) : [];
  return { named, discovered: new Map(found.map((each) => [each.scope, each.visibility])) };
}
