import type { AccountRef, Evidence, JsonObject, ObservedTime, Ref } from "../../src/contract/evidence.js";
import type { Reference } from "../../src/contract/page.js";
import type { RichText } from "../../src/contract/rich-text.js";
import { fromIso, fromUnixMillis, fromUnixSeconds, isoPrecisionMicros, MICROS_PER_SECOND } from "../../src/kit/instant.js";
import { plain } from "../../src/kit/rich-text.js";
import { compareText, oneLine, shorten } from "../../src/kit/text.js";
import { appBase, type DatadogConfig } from "./config.js";
import { kindOf, withoutMarks } from "./event-kind.js";
import { mentionsIn } from "./mentions.js";
import type { EventRecord } from "./records.js";

type Attributes = EventRecord["attributes"]["attributes"];

/** Tags that others name things by. */
const LINKING_TAGS = new Set(["service", "env", "version", "team"]);
const COMMIT_TAGS = new Set(["git.commit.sha", "git_commit", "git_sha", "commit", "commit_sha", "sha"]);
const LONGEST_VALUE = 500;

/** One event as evidence. null: no time in it can be read, so that it has no place. Pure. */
export function toEvidence(record: EventRecord, scope: string, config: Pick<DatadogConfig, "site">): Evidence | null {
  const { attributes, message } = record.attributes;
  const times = timesOf(record);
  if (times.every((time) => time.at === null)) return null;
  const { kind, signals } = kindOf(record);
  const title = titleOf(record, kind.startsWith("datadog.monitor."));
  return {
    id: `datadog-event:${record.id}`,
    connector: "datadog",
    source: "events",
    scope,
    kind,
    times,
    actor: actorOf(attributes),
    title,
    body: bodyOf(message ?? "", title),
    url: urlOf(attributes, config),
    refs: refsOf(record),
    visibility: "public",
    signals,
    payload: payloadOf(record),
  };
}

/** Who made a change, by handle: usually an e-mail address, which joins this account with those elsewhere. */
export function accountOf({ attributes }: EventRecord): Reference | null {
  const actor = actorOf(attributes.attributes);
  if (actor === null) return null;
  const kind = actor.kind;
  return { type: "account", id: actor.id, kind, handle: actor.id, names: [], emails: /^[^\s@]+@[^\s@]+$/.test(actor.id) ? [actor.id] : [] };
}

function timesOf({ attributes: { timestamp, attributes } }: EventRecord): ObservedTime[] {
  const times: ObservedTime[] = [];
  if (attributes.timestamp !== null && attributes.timestamp !== undefined)
    times.push({
      meaning: "happened",
      at: fromUnixMillis(attributes.timestamp),
      precisionMicros: 1000,
      sourceText: String(attributes.timestamp),
    });
  if (timestamp)
    times.push({ meaning: "received", at: fromIso(timestamp), precisionMicros: isoPrecisionMicros(timestamp), sourceText: timestamp });
  const evaluated = attributes.monitor?.result?.result_ts;
  if (evaluated !== null && evaluated !== undefined)
    times.push({ meaning: "evaluated", at: fromUnixSeconds(evaluated), precisionMicros: MICROS_PER_SECOND, sourceText: String(evaluated) });
  return times;
}

function titleOf({ id, attributes: { attributes, message } }: EventRecord, ofMonitor: boolean): string {
  const { title, evt, monitor } = attributes;
  const given = oneLine(title ?? evt?.name ?? "");
  if (!ofMonitor) return given !== "" ? given : shorten(oneLine(unfenced(message ?? "")), 120) || `Event ${id}`;
  const name = withoutMarks(given) || oneLine(monitor?.templated_name ?? monitor?.name ?? "") || `Monitor ${monitorId(attributes) ?? id}`;
  const groups = groupsOf(attributes).filter((group) => !name.includes(group.slice(group.indexOf(":") + 1)));
  return groups.length === 0 ? name : `${name} (${groups.join(", ")})`;
}

function groupsOf({ monitor, monitor_groups }: Attributes): string[] {
  const groups = monitor_groups && monitor_groups.length > 0 ? monitor_groups : (monitor?.groups ?? []);
  return groups.map(oneLine).filter((group) => group !== "" && group !== "*");
}

/** What a monitor's event may be asked for by: its id, its name, and its name with the groups filled in. */
export function monitorNames({ attributes: { attributes } }: EventRecord): string[] {
  const { title, monitor } = attributes;
  const names = [monitorId(attributes), monitor?.name, monitor?.templated_name, withoutMarks(oneLine(title ?? ""))];
  return names.flatMap((name) => (name === null || name === undefined || name === "" ? [] : [name]));
}

function monitorId({ monitor, monitor_id }: Attributes): string | null {
  return monitor_id ?? monitor?.id ?? null;
}

function bodyOf(message: string, title: string): RichText {
  const text = unfenced(message);
  return text === title ? [] : plain(text);
}

/** `%%%` marks Markdown in messages. The marks go; the text is shown as it is. */
function unfenced(message: string): string {
  let text = message.replaceAll("\r\n", "\n").trim();
  if (text.startsWith("%%%")) text = text.slice(3);
  if (text.endsWith("%%%")) text = text.slice(0, -3);
  return text.trim();
}

function actorOf({ author }: Attributes): AccountRef | null {
  const id = author?.name?.trim().toLowerCase() ?? "";
  if (id === "") return null;
  return { connector: "datadog", id, kind: author?.type === "user" ? "person" : author?.type == null ? "unknown" : "bot" };
}

function urlOf({ evt }: Attributes, config: Pick<DatadogConfig, "site">): string | null {
  const url = new URL("/event/event", appBase(config));
  if (evt?.id != null) url.searchParams.set("id", evt.id);
  else if (evt?.uid != null) url.searchParams.set("uid", evt.uid);
  else return null;
  return url.href;
}

function refsOf({ attributes: { tags, message, attributes } }: EventRecord): Ref[] {
  const refs: Ref[] = [];
  const monitor = monitorId(attributes);
  if (monitor !== null) refs.push({ type: "monitor", id: `datadog:${monitor}`, relation: "of" });
  for (const tag of tagsOf(tags, attributes)) {
    const key = tag.slice(0, Math.max(0, tag.indexOf(":"))).toLowerCase();
    const value = tag.slice(key.length + 1);
    if (value === "") continue;
    if (LINKING_TAGS.has(key)) refs.push({ type: "tag", id: `${key}:${value}`, relation: "of" });
    if (COMMIT_TAGS.has(key) && /^[0-9a-f]{7,40}$/i.test(value)) refs.push({ type: "sha", id: value.toLowerCase(), relation: "of" });
  }
  const named = mentionsIn(`${attributes.title ?? ""}\n${message ?? ""}`);
  return [...refs, ...named.filter((mention) => !refs.some((ref) => ref.type === mention.type && ref.id === mention.id))];
}

/** Each once and in one order: the service repeats them as they were sent. The service has no tag of its own everywhere. */
function tagsOf(tags: readonly string[] | null | undefined, { service }: Attributes): string[] {
  const own = service && service !== "undefined" ? [`service:${service}`] : [];
  return [...new Set([...(tags ?? []), ...own])].sort(compareText);
}

function payloadOf({ attributes: { tags, attributes } }: EventRecord): JsonObject {
  const { monitor, evt, changed_resource: resource } = attributes;
  const id = monitorId(attributes);
  return {
    eventId: evt?.id ?? undefined,
    status: attributes.status ?? undefined,
    priority: attributes.priority ?? undefined,
    origin: attributes.source_type_name ?? undefined,
    host: attributes.hostname ?? undefined,
    aggregationKey: attributes.aggregation_key ?? undefined,
    durationNanos: attributes.duration ?? undefined,
    tags: tagsOf(tags, attributes),
    monitor:
      id === null
        ? undefined
        : {
            id,
            name: monitor?.name ?? undefined,
            type: monitor?.type ?? undefined,
            query: monitor?.query ?? undefined,
            groups: groupsOf(attributes),
          },
    transition: monitor?.transition ? withoutNulls(monitor.transition) : undefined,
    changed: resource ? withoutNulls(resource) : undefined,
    impacted: attributes.impacted_resources?.map(withoutNulls),
    before: valueText(attributes.prev_value),
    after: valueText(attributes.new_value),
  };
}

function withoutNulls(fields: Readonly<Record<string, string | null | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (value == null ? [] : [[key, value]])));
}

/** Values of flags have any shape: kept as text. */
function valueText(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : shorten(JSON.stringify(value), LONGEST_VALUE);
}
