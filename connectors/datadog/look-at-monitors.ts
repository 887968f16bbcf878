import type { Look, LookContext, NoticeProblem, NoticeReport } from "../../src/contract/notice.js";
import { fitsAny } from "../../src/kit/glob.js";
import { sha256 } from "../../src/kit/hash.js";
import { fromIso, fromUnixMillis, MICROS_PER_DAY, type EpochMicros } from "../../src/kit/instant.js";
import { oneLine, shorten } from "../../src/kit/text.js";
import { searchEvents } from "./client.js";
import type { DatadogConfig } from "./config.js";
import { kindOf } from "./event-kind.js";
import { EventRecord } from "./records.js";

type Context = LookContext<DatadogConfig>;
type Wanted = NonNullable<DatadogConfig["notice"]["monitors"]>;

const LONGEST_TITLE = 200;
/** An alert that lasts longer than this before `since` is lost sight of. */
const LOOK_BACK = 7 * MICROS_PER_DAY;
const PAGE = 1000;
const MOST_PAGES = 10;

/** Each alert of a monitor's group, from the trigger to the recovery: events say both. */
export async function lookAtMonitors(wanted: Wanted, context: Context): Promise<Look> {
  const problems: NoticeProblem[] = [];
  const open = new Map<string, NoticeReport>();
  const over: NoticeReport[] = [];
  for (const raw of await eventsOf(wanted.query, context, problems)) {
    const event = EventRecord.safeParse(raw);
    const at = event.success ? timeOf(event.data) : null;
    const monitor = event.success ? monitorOf(event.data, wanted) : null;
    if (!event.success || at === null || monitor === null) continue;
    const { transition } = kindOf(event.data).signals;
    const report = open.get(monitor.group);
    if (transition === "triggered" && report === undefined) open.set(monitor.group, reportOf(monitor, at));
    if (transition !== "recovered" || report === undefined) continue;
    open.delete(monitor.group);
    if (at >= context.since) over.push({ ...report, end: at });
  }
  return { reports: [...over, ...open.values()], problems };
}

/** Oldest first. */
async function eventsOf(query: string, context: Context, problems: NoticeProblem[]): Promise<unknown[]> {
  const span = { fromMs: Math.floor((context.since - LOOK_BACK) / 1000), untilMs: Math.ceil(context.now / 1000) };
  const all: unknown[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await searchEvents(context, { query: `source:alert (${query})`, ...span, limit: PAGE, cursor });
    all.push(...answer.data);
    cursor = answer.meta?.page?.after ?? null;
    if (cursor === null || answer.data.length === 0) return all;
  }
  problems.push({ place: "monitors", text: `there are more than ${MOST_PAGES * PAGE} events: narrow datadog.notice.monitors.query` });
  return all;
}

function timeOf({ attributes }: EventRecord): EpochMicros | null {
  const millis = attributes.attributes.timestamp;
  return (millis === null ? null : fromUnixMillis(millis)) ?? fromIso(attributes.timestamp ?? "");
}

interface Monitor {
  readonly id: string;
  readonly name: string;
  /** Monitor and group: what alerts and recovers by itself. */
  readonly group: string;
  readonly services: readonly string[];
}

function monitorOf({ attributes: { tags, attributes } }: EventRecord, { names }: Wanted): Monitor | null {
  const id = attributes.monitor?.id ?? attributes.monitor_id;
  if (id === null || !/^\d{1,20}$/.test(id)) return null;
  const name = oneLine(attributes.monitor?.name ?? attributes.title ?? "");
  if (names.length > 0 && !fitsAny(names, name) && !names.includes(id)) return null;
  const groups = attributes.monitor?.groups ?? attributes.monitor_groups ?? [];
  const services = (tags ?? []).filter((tag) => tag.startsWith("service:")).map((tag) => tag.slice("service:".length));
  return {
    id,
    name,
    group: groups.length === 0 ? id : `${id}-${sha256([...groups].sort().join(",")).slice(0, 8)}`,
    services: [...new Set(services)],
  };
}

function reportOf({ id, name, group, services }: Monitor, start: EpochMicros): NoticeReport {
  const key = `datadog:monitor/${group}/${Math.floor(start / 1000)}`;
  return {
    key,
    title: shorten(name || `Monitor ${id}`, LONGEST_TITLE),
    name: `datadog-monitor-${group}`,
    start,
    end: null,
    severity: null,
    // A monitor's page is the same for all of its alerts.
    url: null,
    visibility: "public",
    also: {},
    wishes: { services, only: {}, destinations: null },
    marks: [key],
  };
}
