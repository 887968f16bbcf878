import type { ScopePlan, Source, SourceContext } from "../../src/contract/connector.js";
import type { Evidence } from "../../src/contract/evidence.js";
import type { Gap, Page, Reference } from "../../src/contract/page.js";
import type { EpochMicros, Span } from "../../src/kit/instant.js";
import { fitsAny } from "../../src/kit/glob.js";
import { compareText } from "../../src/kit/text.js";
import { searchEvents, type EventSearch } from "./client.js";
import type { DatadogConfig } from "./config.js";
import { EventRecord } from "./records.js";
import { accountOf, monitorNames, toEvidence } from "./to-evidence.js";

type Context = SourceContext<DatadogConfig>;

/** The most that a page may hold. Source: "Search events", POST /api/v2/events/search. */
const PAGE = 1000;
/** What is asked for again after the service gave up halfway. */
const SMALL_PAGE = 200;
const PAGES_WITHOUT_NEWS = 20;

/** Monitor alerts, deployments, changes and whatever else is posted. */
export const events: Source<DatadogConfig> = {
  id: "events",
  calls: "POST /api/v2/events/search",
  categories: ["change", "alert"],
  async plan({ config, window }) {
    if (config.events === null) return { scopes: [] };
    const spans = events.categories.map((category) => window.spans[category]);
    const wanted = { from: Math.min(...spans.map((span) => span.from)), until: Math.max(...spans.map((span) => span.until)) };
    const { query } = config.events;
    const name = query === "*" ? "all events" : query;
    return { scopes: [{ scope: scopeOf(config.events), name, wanted: [{ ...wanted, purpose: "window" }] }] };
  },
  async *collect(scope, span, context) {
    const walk = newWalk(span);
    while (!walk.ended) yield* nextPage(scope, span, walk, context);
  },
};

/** Everything that changes what comes back. */
function scopeOf({ query, monitors }: NonNullable<DatadogConfig["events"]>): string {
  return monitors === null ? query : `${query}|monitors:${[...monitors].sort(compareText).join(",")}`;
}

/** How far one walk has come. */
interface Walk {
  /** Everything before it is covered or a gap. */
  known: EpochMicros;
  cursor: string | null;
  readonly cursors: Set<string>;
  readonly ids: Set<string>;
  pagesWithoutNews: number;
  ended: boolean;
}

function newWalk(span: Span): Walk {
  return { known: span.from, cursor: null, cursors: new Set(), ids: new Set(), pagesWithoutNews: 0, ended: false };
}

async function* nextPage(scope: ScopePlan, span: Span, walk: Walk, context: Context): AsyncGenerator<Page> {
  context.signal.throwIfAborted();
  const answer = await search(scope, span, walk.cursor, context);
  const records = readRecords(answer.data, scope, context.config);
  const news = records.evidence.filter(({ id }) => !walk.ids.has(id) && walk.ids.add(id));
  const more = advance(walk, answer.meta?.page?.after ?? null, answer.data.length, news.length);
  const until = more === "yes" ? borderOf(news, walk.known, span) : span.until;
  const part: Span = { from: walk.known, until };
  const cut = isPartial(answer) || more === "loop";
  walk.known = until;
  yield {
    evidence: news.filter(({ id }) => !records.unwanted.has(id)),
    references: records.references,
    gaps: [
      ...(records.malformed > 0 ? [malformed(scope, part, records.malformed)] : []),
      ...(cut ? [truncated(scope, part, news.length)] : []),
    ],
    covered: cut || part.from === part.until ? [] : [{ source: events.id, scope: scope.scope, span: part }],
  };
}

/** Status 200 may hold a part: then once more, and less at a time. */
async function search(scope: ScopePlan, span: Span, cursor: string | null, context: Context) {
  const wanted: EventSearch = {
    query: context.config.events?.query ?? scope.scope,
    fromMs: Math.floor(span.from / 1000),
    untilMs: Math.ceil(span.until / 1000),
    limit: PAGE,
    cursor,
  };
  const answer = await searchEvents(context, wanted);
  return isPartial(answer) ? searchEvents(context, { ...wanted, limit: SMALL_PAGE }) : answer;
}

function isPartial({ meta }: Awaited<ReturnType<typeof searchEvents>>): boolean {
  return meta?.status === "timeout" || (meta?.warnings?.length ?? 0) > 0;
}

/**
 * Moves the walk to the next page. The list ends without a cursor, or with an empty page: a full list names a cursor to
 * its end. A cursor that comes again, or page after page with nothing new, is a loop.
 */
function advance(walk: Walk, after: string | null, records: number, news: number): "yes" | "no" | "loop" {
  walk.pagesWithoutNews = news > 0 ? 0 : walk.pagesWithoutNews + 1;
  walk.ended = true;
  if (after === null || records === 0) return "no";
  if (walk.cursors.has(after) || walk.pagesWithoutNews >= PAGES_WITHOUT_NEWS) return "loop";
  walk.cursors.add(after);
  walk.cursor = after;
  walk.ended = false;
  return "yes";
}

/** Oldest first: all before the last event of a page is known, and at its own millisecond there may be more. */
function borderOf(evidence: readonly Evidence[], known: EpochMicros, span: Span): EpochMicros {
  const last = evidence.at(-1)?.times.find((time) => time.at !== null)?.at ?? known;
  return Math.min(Math.max(known, last), span.until);
}

interface ReadRecords {
  readonly evidence: readonly Evidence[];
  /** Ids of those that come from other monitors than those that were named. */
  readonly unwanted: ReadonlySet<string>;
  readonly references: readonly Reference[];
  readonly malformed: number;
}

/** One bad record costs one record. The same event says the same, whatever the monitors are narrowed to. */
function readRecords(data: readonly unknown[], scope: ScopePlan, config: DatadogConfig): ReadRecords {
  const evidence: Evidence[] = [];
  const references = new Map<string, Reference>();
  const unwanted = new Set<string>();
  for (const raw of data) {
    const record = EventRecord.safeParse(raw);
    const read = record.success ? toEvidence(record.data, config.events?.query ?? scope.scope, config) : null;
    if (!record.success || read === null) continue;
    evidence.push(read);
    if (!isWanted(read, record.data, config.events?.monitors ?? null)) unwanted.add(read.id);
    const account = accountOf(record.data);
    if (account !== null) references.set(account.id, account);
  }
  return { evidence, unwanted, references: [...references.values()], malformed: data.length - evidence.length };
}

/** Other events than those of monitors always are. */
function isWanted({ kind }: Evidence, record: EventRecord, monitors: readonly string[] | null): boolean {
  if (monitors === null || !kind.startsWith("datadog.monitor.")) return true;
  return monitorNames(record).some((name) => fitsAny(monitors, name));
}

function malformed(scope: ScopePlan, span: Span, count: number): Gap {
  return {
    source: events.id,
    scope: scope.scope,
    span,
    reason: "malformed",
    count,
    detail: "Events of another shape than documented, or without a readable time",
    hint: null,
  };
}

function truncated(scope: ScopePlan, span: Span, count: number): Gap {
  return {
    source: events.id,
    scope: scope.scope,
    span,
    reason: "truncated",
    count,
    detail: "Datadog gave a part of the events; the count is of those it gave",
    hint: "Build again later, or narrow the event query.",
  };
}
