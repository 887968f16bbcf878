import PQueue from "p-queue";
import type { ScopePlan, Source, SourcePlan } from "../contract/connector.js";
import type { Gap } from "../contract/page.js";
import { compareText } from "../kit/text.js";
import { storedGap, type ConnectorState } from "./connector-state.js";
import { endsBuild, gapOfError, stopsConnector } from "./failure.js";
import { preparePage } from "./prepare-page.js";
import { factsOf } from "./scope-facts.js";
import { collectScope } from "./collect-scope.js";

/** Plans a source and reads its scopes, several at once. A failure stays with its scope, unless it stops the connector. */
export async function collectSource(state: ConnectorState, source: Source<never>): Promise<void> {
  const { options, owner } = state;
  options.signal.throwIfAborted();
  const plan = await planOf(state, source);
  if (plan === null) return;
  const planGaps = (await commitPlan(state, source, plan)).map((gap) => storedGap(gap, owner, options));
  let items = 0;
  const queue = new PQueue({ concurrency: options.concurrency ?? 6 });
  const work = plan.scopes.map((scope) =>
    queue.add(async () => {
      items += await collectScope(state, source, scope);
    }),
  );
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === "rejected") throw result.reason;
  const own = new Set(plan.scopes.map(({ scope }) => scope));
  const facts = await factsOf(state, source, plan, planGaps);
  state.scopes.push(...facts.sort((a, b) => compareText(a.scope, b.scope)));
  const unread = planGaps.filter((gap) => gap.source !== source.id || !own.has(gap.scope));
  state.planGaps.push(...unread);
  const gaps = facts.reduce((sum, { gaps }) => sum + gaps.length, unread.length);
  options.progress({ type: "source done", connector: owner.connector, source: source.id, scopes: plan.scopes.length, items, gaps });
}

/** null: it could not be planned, which is a gap of the whole source. */
async function planOf(state: ConnectorState, source: Source<never>): Promise<SourcePlan | null> {
  const { options, owner } = state;
  try {
    if (state.stopped) throw state.stopped.error;
    const plan = await source.plan(state.context);
    return { ...plan, scopes: distinctScopes(plan.scopes) };
  } catch (error) {
    if (endsBuild(error, options.signal)) throw error;
    if (stopsConnector(error)) state.stopped ??= { error };
    const gap = gapOfError(error, source.id, source.id, null);
    state.planGaps.push(storedGap(gap, owner, options));
    tellGap(state, gap);
    return null;
  }
}

/**
 * What planning found is stored too; when it is as before, that writes nothing. Gaps of a scope that is read all the
 * same are not: its walk would forget them, and each build would write them anew.
 */
async function commitPlan(state: ConnectorState, source: Source<never>, plan: SourcePlan): Promise<readonly Gap[]> {
  const { options, owner } = state;
  const { gaps, references, discovered } = plan;
  const from = { source: source.id, scope: source.id, span: null, kinds: {}, now: options.now };
  const page = preparePage({ gaps: gaps ?? [], references: references ?? [], discovered: discovered ?? [] }, from);
  const found = page.gaps ?? [];
  const read = new Set(plan.scopes.map(({ scope }) => scope));
  const kept = found.filter((gap) => gap.source !== source.id || !read.has(gap.scope));
  await options.store.commitPage(options.run, { ...page, gaps: kept, owner, at: options.run.startedAt });
  for (const gap of found) tellGap(state, gap);
  return found;
}

function tellGap({ options, owner }: ConnectorState, { source, scope, reason, detail }: Gap): void {
  options.progress({ type: "gap", connector: owner.connector, source, scope, reason, detail });
}

/** A scope that is planned twice is one with the spans of both. */
function distinctScopes(scopes: readonly ScopePlan[]): readonly ScopePlan[] {
  const plans = new Map<string, ScopePlan>();
  for (const plan of scopes) {
    const known = plans.get(plan.scope);
    plans.set(plan.scope, known ? { ...known, wanted: [...known.wanted, ...plan.wanted] } : plan);
  }
  return [...plans.values()];
}
