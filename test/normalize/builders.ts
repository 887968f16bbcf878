import type { KindRule } from "../../src/contract/connector.js";
import type { AccountRef, Evidence, Ref, Signals } from "../../src/contract/evidence.js";
import type { StoredEvidence } from "../../src/contract/store.js";
import type { Window } from "../../src/contract/window.js";
import { fromIso, MICROS_PER_DAY, MICROS_PER_HOUR } from "../../src/kit/instant.js";
import { plain } from "../../src/kit/rich-text.js";
import { normalize, type KnownReference, type NormalizeInput, type NormalizeResult } from "../../src/normalize/index.js";

const KINDS: Readonly<Record<string, KindRule>> = {
  "chat.message.posted": { placedBy: ["posted"], category: "conversation", says: "{actor}: {body}" },
  "code.pull.merged": { placedBy: ["merged"], category: "change", says: "{actor} merged {title} into {scope}" },
  "code.run.completed": { placedBy: ["finished", "started"], endedBy: "finished", category: "change", says: "{title} {outcome}" },
  "watch.monitor.alerted": { placedBy: ["happened"], category: "alert", says: "{title} {outcome}" },
};

/** An instant of the day of the incident, from "12:30" or "12:30:15". */
export function at(time: string): number {
  return fromIso(`2031-05-06T${time.length === 5 ? `${time}:00` : time}Z`)!;
}

export const WINDOW: Window = windowOf("12:00", "14:00");

function windowOf(start: string, end: string): Window {
  const [incidentStart, incidentEnd] = [at(start), at(end)];
  const until = incidentEnd + 2 * MICROS_PER_HOUR;
  const span = (hours: number) => ({ from: incidentStart - hours * MICROS_PER_HOUR, until });
  return {
    incidentStart,
    incidentEnd,
    from: incidentStart - MICROS_PER_DAY,
    until,
    spans: { change: span(24), alert: span(2), conversation: span(2), metric: span(6) },
    baselines: [],
    changeLookBack: { from: incidentStart - 8 * MICROS_PER_DAY, until: incidentStart - MICROS_PER_DAY },
  };
}

interface Fields extends Partial<Omit<Evidence, "body" | "actor" | "times">> {
  readonly body?: Evidence["body"] | string;
  readonly actor?: AccountRef | string | null;
  readonly times?: Readonly<Record<string, number | null>>;
  readonly version?: number;
  readonly deletedAt?: number | null;
}

/** One stored record; `actor` as "connector:id" is a person. */
export function stored(fields: Fields): StoredEvidence {
  const { version = 1, deletedAt = null, body = [], actor = null, times = {}, ...rest } = fields;
  const evidence: Evidence = {
    id: "chat:C1:1",
    connector: "chat",
    source: "messages",
    scope: "C1",
    kind: "chat.message.posted",
    title: "",
    url: null,
    refs: [],
    visibility: "public",
    signals: {},
    payload: {},
    ...rest,
    actor: typeof actor === "string" ? person(actor) : actor,
    body: typeof body === "string" ? plain(body) : body,
    times: Object.entries(times).map(([meaning, instant]) => ({
      meaning,
      at: instant,
      precisionMicros: 1,
      sourceText: instant === null ? "never" : String(instant),
    })),
  };
  return { evidence, hash: `${evidence.id} ${version}`, version, deletedAt };
}

export function message(id: string, time: string, body: string, fields: Fields = {}): StoredEvidence {
  return stored({ id: `chat:C1:${id}`, body, times: { posted: at(time) }, actor: "chat:u1", ...fields });
}

export function pull(number: number, merged: number, fields: Fields = {}): StoredEvidence {
  const { refs = [], ...rest } = fields;
  return stored({
    id: `code-pr:acme/shop#${number}`,
    connector: "code",
    source: "pulls",
    scope: "acme/shop",
    kind: "code.pull.merged",
    title: `Change ${number}`,
    actor: "code:author",
    times: { merged },
    refs: [ref("pull", `acme/shop#${number}`, "is"), ...refs],
    ...rest,
  });
}

export function run(id: number, started: number, finished: number | null, fields: Fields = {}): StoredEvidence {
  const { refs = [], ...rest } = fields;
  return stored({
    id: `code-run:acme/shop/${id}/1`,
    connector: "code",
    source: "runs",
    scope: "acme/shop",
    kind: "code.run.completed",
    title: `Run ${id}`,
    times: { started, finished },
    refs: [ref("run", `acme/shop/${id}`, "is"), ...refs],
    ...rest,
  });
}

export function alert(id: string, time: string, title: string, signals: Signals, fields: Fields = {}): StoredEvidence {
  return stored({
    id: `watch-event:${id}`,
    connector: "watch",
    source: "events",
    scope: "events",
    kind: "watch.monitor.alerted",
    title,
    times: { happened: at(time) },
    signals: { automated: true, ...signals },
    ...fields,
  });
}

export function ref(type: Ref["type"], id: string, relation: Ref["relation"]): Ref {
  return { type, id, relation };
}

function person(key: string): AccountRef {
  const [connector, id] = key.split(":") as [string, string];
  return { connector, id, kind: "person" };
}

type Account = Extract<KnownReference, { type: "account" }>;

export function account(key: string, names: readonly string[], fields: Partial<Account> = {}): KnownReference {
  const [connector, id] = key.split(":") as [string, string];
  return { connector, type: "account", id, kind: "person", handle: null, names, emails: [], ...fields };
}

export function normalized(evidence: readonly StoredEvidence[], fields: Partial<NormalizeInput> = {}): NormalizeResult {
  return normalize({ evidence, references: [], kinds: KINDS, scopeNames: new Map(), window: WINDOW, ...fields });
}
