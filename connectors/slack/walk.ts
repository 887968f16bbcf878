import type { SourceContext } from "../../src/contract/connector.js";
import type { Gap, Page } from "../../src/contract/page.js";
import { SourceError } from "../../src/kit/errors.js";
import { fromSlackTs, isWithin, toSlackTs, type EpochMicros, type Span } from "../../src/kit/instant.js";
import { call, type Answer, type Arguments } from "./client.js";
import type { SlackConfig } from "./config.js";
import { SlackRefusal } from "./errors.js";
import { listAt, nextCursor } from "./pages.js";
import { pageGaps, readMessages, type Reading } from "./read-messages.js";

/** Pages may be as short as 15 for some apps: never a sign of the end. Source: "Rate limits", docs.slack.dev. */
const PAGE_SIZE = 999;
/** So many pages that bring nothing new, and the walk leads nowhere. */
const MOST_IDLE_PAGES = 20;

export interface Walk {
  readonly source: string;
  readonly scope: string;
  readonly method: "conversations.history" | "conversations.replies";
  readonly args: Arguments;
  readonly span: Span;
  /** History goes back in time, a thread forward. */
  readonly newestFirst: boolean;
  readonly reading: Reading;
}

/** Where a walk stands. */
interface State {
  /** What is not known yet. */
  rest: Span;
  /** What the current row of cursors was begun with. */
  asked: Span;
  cursor: string | null;
  idle: number;
  /** False as soon as a page was out of order: then only the end of the walk says what is covered. */
  ordered: boolean;
  readonly cursors: Set<string>;
  readonly records: Set<string>;
}

/**
 * Reads the messages of a channel or thread inside a half-open span, and says with each page what is covered. Without
 * a cursor, or when it expired, it goes on by time.
 * @throws {SourceError} `truncated` when the pages lead nowhere
 */
export async function* walk(plan: Walk, context: SourceContext<SlackConfig>): AsyncGenerator<Page> {
  const state: State = {
    rest: plan.span,
    asked: plan.span,
    cursor: null,
    idle: 0,
    ordered: true,
    cursors: new Set(),
    records: new Set(),
  };
  while (state.rest.from < state.rest.until) {
    const answer = await ask(plan, state, context);
    if (answer === null) continue;
    const before = state.rest;
    const cursor = nextCursor(answer);
    const more = cursor !== null || answer.has_more === true;
    const page = take(answer, more, plan, state);
    const stuck = more && isStuck(cursor, before, state);
    yield page;
    if (stuck) throw endless();
    if (!more) return;
    state.cursor = cursor;
    if (cursor === null) state.asked = state.rest;
    else state.cursors.add(cursor);
  }
}

/** Slack's bounds are inclusive at both ends when asked so: the last microsecond before `until` is the last one in. */
async function ask(plan: Walk, state: State, context: SourceContext<SlackConfig>): Promise<Answer | null> {
  const { from, until } = state.asked;
  const bounds = { oldest: toSlackTs(from), latest: toSlackTs(until - 1), inclusive: true, limit: PAGE_SIZE };
  try {
    return await call(plan.method, { ...plan.args, ...bounds, cursor: state.cursor ?? undefined }, context);
  } catch (error) {
    const expired = error instanceof SlackRefusal && error.code === "invalid_cursor" && state.cursor !== null;
    if (!expired || !state.ordered || isSame(state.asked, state.rest)) throw error;
    state.cursor = null;
    state.asked = state.rest;
    return null;
  }
}

function take(answer: Answer, more: boolean, plan: Walk, state: State): Page {
  const fresh = unseen(listAt(answer, "messages"), plan.span, state);
  state.idle = fresh.length === 0 ? state.idle + 1 : 0;
  const read = readMessages(fresh, plan.reading);
  state.ordered &&= isOrdered(read.instants, plan.newestFirst, state.rest);
  const limited = answer.is_limited === true && !more;
  const known = knownAfter(read.instants, more || (limited && plan.newestFirst), plan, state);
  const gaps = pageGaps(read, plan.source, plan.scope, known ?? plan.span);
  if (known) state.rest = without(state.rest, known, plan.newestFirst);
  const hidden = limited ? (plan.newestFirst ? state.rest : plan.span) : null;
  if (hidden && hidden.from < hidden.until) gaps.push(expired(plan, hidden));
  return { ...read.page, gaps, covered: known ? [{ source: plan.source, scope: plan.scope, span: known }] : [] };
}

/** Without what was seen (a page may begin with the end of the last, a thread's with its parent) or lies outside. */
function unseen(records: readonly unknown[], span: Span, state: State): unknown[] {
  return records.filter((record) => {
    const ts = typeof record === "object" && record !== null && "ts" in record && typeof record.ts === "string" ? record.ts : null;
    const at = ts === null ? null : fromSlackTs(ts);
    const key = at === null ? JSON.stringify(record) : `${at}`;
    if (state.records.has(key) || (at !== null && !isWithin(at, span))) return false;
    state.records.add(key);
    return true;
  });
}

function isOrdered(instants: readonly EpochMicros[], newestFirst: boolean, rest: Span): boolean {
  return instants.every(
    (at, index) => isWithin(at, rest) && (index === 0 || (newestFirst ? at < instants[index - 1]! : at > instants[index - 1]!)),
  );
}

/** What is known now and was not before; null when a page tells nothing of that. */
function knownAfter(instants: readonly EpochMicros[], more: boolean, plan: Walk, state: State): Span | null {
  if (!more) return state.ordered ? state.rest : plan.span;
  const last = instants.at(-1);
  if (!state.ordered || last === undefined) return null;
  return plan.newestFirst ? { from: last, until: state.rest.until } : { from: state.rest.from, until: last + 1 };
}

function without(rest: Span, known: Span, newestFirst: boolean): Span {
  return newestFirst ? { from: rest.from, until: known.from } : { from: known.until, until: rest.until };
}

/** A cursor for the second time, page after page with nothing new, or no cursor and no progress to go on from. */
function isStuck(cursor: string | null, before: Span, state: State): boolean {
  if (state.idle >= MOST_IDLE_PAGES) return true;
  return cursor === null ? !state.ordered || isSame(before, state.rest) : state.cursors.has(cursor);
}

function isSame(a: Span, b: Span): boolean {
  return a.from === b.from && a.until === b.until;
}

/** Thrown, so that nobody takes what was not reached for what is gone. */
function endless(): SourceError {
  return new SourceError("Slack says that there are more messages and does not give them", {
    connector: "slack",
    action: "skip",
    reason: "truncated",
    hint: "Build again later: what was read is kept.",
  });
}

function expired(plan: Walk, span: Span): Gap {
  const detail = "the workspace's plan hides older messages";
  const hint = "Messages come back when the workspace is on a plan that keeps them.";
  return { source: plan.source, scope: plan.scope, span, reason: "expired", count: null, detail, hint };
}
