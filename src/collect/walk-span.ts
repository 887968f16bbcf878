import type { ScopePlan, Source, WantedSpan } from "../contract/connector.js";
import type { Gap, Page } from "../contract/page.js";
import type { ScopeKey } from "../contract/store.js";
import type { Span } from "../kit/instant.js";
import { announced } from "./announce.js";
import { withUrgency, type ConnectorState } from "./connector-state.js";
import { endsBuild, gapOfError, stopsConnector } from "./failure.js";
import { prepareGap, preparePage } from "./prepare-page.js";
import { hull, subtract } from "./spans.js";
import type { Tally } from "./tally.js";
import { urgencyOf } from "./urgency.js";
import { vanished } from "./vanished.js";

export interface Failed {
  readonly error: unknown;
}

/** One walk over a part that is missing. */
interface Walk {
  readonly state: ConnectorState;
  readonly source: Source<never>;
  readonly plan: ScopePlan;
  readonly key: ScopeKey;
  readonly span: Span;
  readonly urgency: number;
  readonly tally: Tally;
  /** Ids that were seen; null where nobody will ask for them. */
  readonly seen: Set<string> | null;
  items: number;
  gaps: number;
}

/** Only a span that was known whole can show that something vanished; what a lookback shows is context. */
export async function beginWalk(
  state: ConnectorState,
  source: Source<never>,
  { wanted, ...where }: Pick<Walk, "plan" | "key" | "span" | "tally"> & { readonly wanted: WantedSpan },
): Promise<Walk> {
  const { key, span } = where;
  const covered = await state.options.store.covered(key);
  const wasWhole =
    subtract(
      span,
      covered.map((part) => part.span),
    ).length === 0;
  const anew = covered.length === 0;
  await state.options.store.forgetGaps(state.options.run, key, anew ? null : span);
  const seen = wasWhole && wanted.purpose !== "lookback" ? new Set<string>() : null;
  return { state, source, ...where, urgency: urgencyOf(source, wanted.purpose), seen, items: 0, gaps: 0 };
}

/** @returns what the connector failed with, else null. */
export async function walkSpan(walk: Walk): Promise<Failed | null> {
  const { state, source, plan, span } = walk;
  const { signal } = state.options;
  const pages = pagesOf(walk);
  try {
    for (;;) {
      signal.throwIfAborted();
      if (state.stopped) throw state.stopped.error;
      const page = await pages.next();
      if (page.done === true) break;
      await commit(walk, page.value).catch((error: unknown) => {
        throw new CommitError(error);
      });
    }
  } catch (error) {
    if (error instanceof CommitError) throw error.cause;
    if (endsBuild(error, signal)) throw error;
    if (stopsConnector(error)) state.stopped ??= { error };
    await commitGap(walk, gapOfError(error, source.id, plan.scope, await unreadPart(walk)));
    return { error };
  } finally {
    await pages.return?.()?.catch(() => undefined);
  }
  if (walk.seen && walk.gaps === 0) await markVanished(walk, walk.seen, span);
  return null;
}

/** Keeps what the store throws apart from what the connector throws. */
class CommitError extends Error {
  constructor(override readonly cause: unknown) {
    super("a page could not be committed");
  }
}

function pagesOf({ state, source, plan, span, urgency }: Walk): AsyncIterator<Page> {
  return source.collect(plan, span, withUrgency(state, urgency))[Symbol.asyncIterator]();
}

async function commit(walk: Walk, page: Page): Promise<void> {
  const { state, source, plan, span, key } = walk;
  const { options, owner, input } = state;
  const prepared = preparePage(page, { source: source.id, scope: plan.scope, span, kinds: input.connector.kinds, now: options.now });
  await options.store.commitPage(options.run, {
    ...prepared,
    owner,
    at: options.run.startedAt,
    readIn: { source: key.source, scope: key.scope },
  });
  for (const { evidence } of prepared.evidence) walk.seen?.add(evidence.id);
  const items = prepared.evidence.length + (prepared.series?.length ?? 0);
  walk.items += items;
  walk.gaps += prepared.gaps?.length ?? 0;
  if (prepared.references?.length) state.names.grown();
  await tell(walk, prepared, items);
}

/** How it comes on, and which changes and alerts were in the page. */
async function tell(walk: Walk, prepared: ReturnType<typeof preparePage>, items: number): Promise<void> {
  const { plan, source, key, state } = walk;
  const { options, owner, input } = state;
  const about = { connector: owner.connector, source: source.id };
  for (const each of prepared.covered ?? [])
    if (each.scope === key.scope && each.source === key.source) walk.tally.done(key.scope, each.span);
  options.progress({ type: "source", ...about, scope: plan.name, items, share: walk.tally.share() });
  const from = { ...about, scope: plan.name, kinds: input.connector.kinds, window: options.window };
  const found = announced(prepared.evidence, from);
  if (found.length > 0) {
    const hide = await state.names.hide(prepared.evidence.map(({ evidence }) => evidence));
    for (const event of found) options.progress({ ...event, text: hide(event.text) });
  }
  for (const gap of prepared.gaps ?? [])
    options.progress({ type: "gap", ...about, scope: plan.name, reason: gap.reason, detail: gap.detail });
}

export async function commitGap({ state, plan, key }: Pick<Walk, "state" | "plan" | "key">, raw: Gap): Promise<void> {
  const { options, owner } = state;
  const gap = prepareGap(raw);
  const readIn = { source: key.source, scope: key.scope };
  await options.store.commitPage(options.run, { owner, at: options.run.startedAt, readIn, evidence: [], gaps: [gap] });
  options.progress({
    type: "gap",
    connector: owner.connector,
    source: key.source,
    scope: plan.name,
    reason: gap.reason,
    detail: gap.detail,
  });
}

/** What the walk did not reach: pages that were committed before it broke are known. */
async function unreadPart({ state, key, span }: Walk): Promise<Span> {
  const covered = await state.options.store.covered(key);
  const read = covered.filter(({ checkedAt }) => checkedAt >= state.options.run.startedAt).map((part) => part.span);
  return hull(subtract(span, read)) ?? span;
}

async function markVanished(walk: Walk, seen: ReadonlySet<string>, span: Span): Promise<void> {
  const { options, owner } = walk.state;
  const known = await options.store.evidenceIds(walk.key, span);
  const { deleted, expired } = vanished(known, seen);
  if (deleted.length > 0) await options.store.markDeleted(options.run, owner, deleted, options.run.startedAt);
  if (expired.length === 0) return;
  const last = Math.max(...expired.slice(-1).map(({ at }) => at));
  await commitGap(walk, {
    source: walk.key.source,
    scope: walk.key.scope,
    span: { from: span.from, until: last + 1 },
    reason: "expired",
    count: expired.length,
    detail: "The source no longer shows records that it showed before; they are kept as they were",
    hint: "It may no longer keep them, or the access has changed. Compare with the source before relying on their absence.",
  });
}
