import type { Anomaly } from "../../src/contract/detect.js";
import type { Draft } from "../../src/contract/draft.js";
import type { Normalized } from "../../src/contract/item.js";
import type { SeriesFacts } from "../../src/contract/detect.js";
import { draft, type DraftInput } from "../../src/draft/index.js";
import { toPlain } from "../../src/kit/rich-text.js";
import type { RichText } from "../../src/contract/rich-text.js";
import { fromIso, MICROS_PER_DAY, MICROS_PER_HOUR } from "../../src/kit/instant.js";
import { paragraph, plain } from "../../src/kit/rich-text.js";
import type { Item } from "../../src/contract/item.js";
import type { KindRule } from "../../src/contract/connector.js";
import type { Window } from "../../src/contract/window.js";

/** An instant of the day of the incident, from "12:30" or "12:30:15". */
export function at(time: string): number {
  return fromIso(`2031-05-06T${time.length === 5 ? `${time}:00` : time}Z`)!;
}

/** Reported from 12:00 to 14:00. */
export const WINDOW: Window = {
  incidentStart: at("12:00"),
  incidentEnd: at("14:00"),
  from: at("12:00") - MICROS_PER_DAY,
  until: at("16:00"),
  spans: {
    change: { from: at("12:00") - MICROS_PER_DAY, until: at("16:00") },
    alert: { from: at("10:00"), until: at("16:00") },
    conversation: { from: at("10:00"), until: at("16:00") },
    metric: { from: at("06:00"), until: at("16:00") },
  },
  baselines: [],
  changeLookBack: { from: at("12:00") - 8 * MICROS_PER_DAY, until: at("12:00") - MICROS_PER_DAY },
};

const RULES = {
  message: { placedBy: ["posted"], category: "conversation", says: "{actor}: {body}" },
  pull: { placedBy: ["merged"], category: "change", says: "{actor} merged: {title}" },
  deploy: { placedBy: ["finished"], category: "change", says: "{title} {outcome} in {scope}" },
  alert: { placedBy: ["happened"], category: "alert", says: "{title}: {outcome}" },
} as const satisfies Record<string, KindRule>;

type Fields = Partial<Omit<Item, "title" | "body" | "at">> & { readonly title?: string; readonly body?: string | RichText };

/** One item; its id is `<sort>:<name>`. */
export function item(sort: keyof typeof RULES, name: string, time: string | number, fields: Fields = {}): Item {
  const { title = "", body = "", ...rest } = fields;
  const id = `${sort}:${name}`;
  const instant = typeof time === "number" ? time : at(time);
  const times = [{ meaning: "said", at: instant, precisionMicros: 1, sourceText: String(instant) }];
  return {
    id,
    at: instant,
    atMeans: RULES[sort].placedBy[0],
    precisionMicros: 1,
    sourceText: String(instant),
    endedAt: null,
    kind: `test.${sort}.seen`,
    rule: RULES[sort],
    evidence: [
      {
        evidence: {
          id,
          connector: "test",
          source: "s",
          scope: "scope",
          kind: `test.${sort}.seen`,
          times,
          actor: null,
          title: "raw title",
          body: plain("raw body"),
          url: `https://source.example/${name}`,
          refs: [],
          visibility: "public",
          signals: {},
          payload: {},
        },
        hash: `hash of ${id}`,
        version: 1,
        deletedAt: null,
      },
    ],
    person: null,
    program: null,
    title: title === "" ? [] : [paragraph([{ type: "text", text: title }])],
    body: typeof body === "string" ? plain(body) : body,
    scopeName: "scope",
    refs: [],
    change: null,
    mentions: [],
    thread: null,
    visibility: "public",
    signals: {},
    deleted: false,
    placement: "window",
    ...rest,
  };
}

/** Something said by a person in the incident's own channel. */
export function said(name: string, time: string, body: string, fields: Fields = {}): Item {
  return item("message", name, time, {
    body,
    person: "chat:u1",
    scopeName: "#inc",
    ...fields,
    signals: { incidentChannel: true, ...fields.signals },
  });
}

export function fired(monitor: string, time: string, fields: Fields = {}): Item {
  return monitorItem(monitor, time, { transition: "triggered", severity: "critical" }, fields);
}

export function over(monitor: string, time: string): Item {
  return monitorItem(monitor, time, { transition: "recovered", severity: "ok" }, {});
}

function monitorItem(monitor: string, time: string, signals: Item["signals"], fields: Fields): Item {
  const refs: Item["refs"] = [{ type: "monitor", id: monitor, relation: "of" }];
  return item("alert", `${monitor} ${time}`, time, { title: monitor, refs, signals, ...fields });
}

export function anomaly(series: string, onset: string, fields: Partial<Anomaly> = {}): Anomaly {
  return {
    series,
    kind: "spike",
    onset: at(onset),
    end: null,
    precisionMicros: 20_000_000,
    direction: "up",
    usual: 0.4,
    extreme: 38,
    factor: 95,
    score: 0.9,
    ...fields,
  };
}

export function series(name: string, fields: Partial<SeriesFacts> = {}): SeriesFacts {
  return {
    connector: "watch",
    series: name,
    unit: null,
    stepSeconds: 20,
    points: 900,
    visibility: "public",
    url: "https://watch.example/g",
    ...fields,
  };
}

export function normalizedOf(items: readonly Item[], fields: Partial<Normalized> = {}): Normalized {
  return { items: items.toSorted((a, b) => a.at - b.at), changes: [], people: [], unplaced: [], suspectedSkew: [], ...fields };
}

export function draftOf(
  items: readonly Item[],
  fields: Partial<Omit<DraftInput, "normalized">> & { readonly normalized?: Partial<Normalized> } = {},
): Draft {
  const { normalized, ...rest } = fields;
  return draft({
    incident: { id: "inc", title: "Checkout errors", start: WINDOW.incidentStart, end: WINDOW.incidentEnd },
    window: WINDOW,
    normalized: normalizedOf(items, normalized),
    anomalies: [],
    series: [],
    coverage: [],
    roles: { plain: (text) => text, url: (url) => url },
    ...rest,
  });
}

export function textOf(text: RichText): string {
  return toPlain(text, (inline) => (inline.type === "role" ? `<${inline.person}>` : "?"));
}

/** An entry by the id of its evidence. */
export function entryOf(result: Draft, evidence: string): Draft["entries"][number] {
  return result.entries.find((each) => each.evidence.includes(evidence))!;
}

export const HOUR = MICROS_PER_HOUR;
