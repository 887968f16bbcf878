import type { ScopePlan, Source, WantedSpan } from "../contract/connector.js";
import type { ScopeKey } from "../contract/store.js";
import type { Span } from "../kit/instant.js";
import type { ConnectorState } from "./connector-state.js";
import { gapOfError } from "./failure.js";
import { missingSpans } from "./missing-spans.js";
import type { Tally } from "./tally.js";
import { beginWalk, commitGap, walkSpan, type Failed } from "./walk-span.js";

/** What one scope is asked for in one go, and how the source it belongs to comes on. */
export interface ScopeTask {
  readonly plan: ScopePlan;
  readonly wanted: readonly WantedSpan[];
  /** Of all scopes of the source together. */
  readonly tally: Tally;
  /** What an earlier go at this scope failed with. */
  readonly failed: Failed | null;
}

/**
 * Asks for what is missing of a scope, part by part. After a failure the rest of the scope is not asked, and is a gap
 * for the same reason. @returns how many records and series chunks were read, and what it failed with.
 */
export async function collectScope(
  state: ConnectorState,
  source: Source<never>,
  { plan, wanted: all, tally, failed: before }: ScopeTask,
): Promise<{ readonly items: number; readonly failed: Failed | null }> {
  const key: ScopeKey = { ...state.owner, source: source.id, scope: plan.scope };
  let failed = before ?? state.stopped;
  let items = 0;
  for (const wanted of all) {
    for (const span of await missingParts(state, key, wanted)) {
      if (failed) {
        await commitGap({ state, plan, key }, gapOfError(failed.error, source.id, plan.scope, span));
        continue;
      }
      const walk = await beginWalk(state, source, { plan, key, wanted, span, tally });
      failed = await walkSpan(walk);
      tally.done(key.scope, span);
      items += walk.items;
    }
  }
  return { items, failed };
}

/** How much has to be asked of some spans, in microseconds. */
export async function missingMicros(state: ConnectorState, source: Source<never>, { scope, wanted }: ScopePlan): Promise<number> {
  const key: ScopeKey = { ...state.owner, source: source.id, scope };
  const parts = await Promise.all(wanted.map((each) => missingParts(state, key, each)));
  return parts.flat().reduce((sum, { from, until }) => sum + until - from, 0);
}

async function missingParts({ options }: ConnectorState, key: ScopeKey, wanted: WantedSpan): Promise<readonly Span[]> {
  const rules = {
    now: options.now,
    windowUntil: options.window.until,
    recheckFor: options.recheckFor,
    refresh: options.refresh,
    runStartedAt: options.run.startedAt,
  };
  const purged = await options.store.purged([key]);
  return missingSpans(
    wanted,
    await options.store.covered(key),
    rules,
    purged.map(({ span }) => span),
  );
}
