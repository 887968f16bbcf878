import PQueue from "p-queue";
import type { ScopePlan, Source, SourcePlan, WantedSpan } from "../contract/connector.js";
import type { Gap } from "../contract/page.js";
import { compareText } from "../kit/text.js";
import { storedGap, withUrgency, type ConnectorState } from "./connector-state.js";
import { endsBuild, gapOfError, stopsConnector } from "./failure.js";
import { preparePage } from "./prepare-page.js";
import { factsOf } from "./scope-facts.js";
import { collectScope, missingMicros } from "./collect-scope.js";
import { createTally } from "./tally.js";
import { urgencyOf } from "./urgency.js";
import type { Failed } from "./walk-span.js";

/** Plans a source and reads its scopes, several at once. A failure stays with its scope, unless it stops the connector. */
export async function collectSource(state: ConnectorState, source: Source<never>): Promise<void> {
  const { options, owner } = state;
  options.signal.throwIfAborted();
  const plan = await planOf(state, source);
  if (plan === null) return;
  const planGaps = (await commitPlan(state, source, plan)).map((gap) => storedGap(gap, owner, options));
  const items = await collectScopes(state, source, plan.scopes);
  const own = new Set(plan.scopes.map(({ scope }) => scope));
  const facts = await factsOf(state, source, plan, planGaps);
  state.scopes.push(...facts.sort((a, b) => compareText(a.scope, b.scope)));
  const unread = planGaps.filter((gap) => gap.source !== source.id || !own.has(gap.scope));
  state.planGaps.push(...unread);
  const gaps = facts.reduce((sum, { gaps }) => sum + gaps.length, unread.length);
  options.progress({ type: "source done", connector: owner.connector, source: source.id, scopes: plan.scopes.length, items, gaps });
}

/**
 * What is wanted for the window first, of all scopes; then what is context or usual: neither holds up what somebody
 * waits for. @returns how many records and series chunks were read.
 */
async function collectScopes(state: ConnectorState, source: Source<never>, plans: readonly ScopePlan[]): Promise<number> {
  const missing = await Promise.all(plans.map((plan) => missingMicros(state, source, plan)));
  const tally = createTally(missing.reduce((sum, each) => sum + each, 0));
  const failures = new Map<string, Failed>();
  let items = 0;
  for (const isNow of [isForWindow, (wanted: WantedSpan) => !isForWindow(wanted)]) {
    const queue = new PQueue({ concurrency: state.options.concurrency ?? 6 });
    const work = plans.map((plan) =>
      queue.add(async () => {
        const wanted = plan.wanted.filter(isNow);
        const read = await collectScope(state, source, { plan, wanted, tally, failed: failures.get(plan.scope) ?? null });
        items += read.items;
        if (read.failed) failures.set(plan.scope, read.failed);
      }),
    );
    for (const result of await Promise.allSettled(work)) if (result.status === "rejected") throw result.reason;
  }
  return items;
}

function isForWindow({ purpose }: WantedSpan): boolean {
  return purpose === "window";
}

/** null: it could not be planned, which is a gap of the whole source. */
async function planOf(state: ConnectorState, source: Source<never>): Promise<SourcePlan | null> {
  const { options, owner } = state;
  try {
    if (state.stopped) throw state.stopped.error;
    const plan = await source.plan(withUrgency(state, urgencyOf(source, "window")));
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
  if (page.references?.length) state.names.grown();
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
