import type { Signals } from "../../src/contract/evidence.js";
import type { Kind } from "./kinds.js";
import type { EventRecord } from "./records.js";

type Transition = NonNullable<Signals["transition"]>;
type Attributes = EventRecord["attributes"]["attributes"];

const KIND_OF: Record<Transition, Kind> = {
  triggered: "datadog.monitor.alerted",
  warned: "datadog.monitor.warned",
  recovered: "datadog.monitor.recovered",
  "no data": "datadog.monitor.no-data",
  renotified: "datadog.monitor.renotified",
};

/** The first word that is found decides. "Re-triggered" holds "triggered", "alert recovery" holds "alert". */
const TRANSITION_WORDS: readonly (readonly [word: string, transition: Transition])[] = [
  ["re-", "renotified"],
  ["renotif", "renotified"],
  ["recover", "recovered"],
  ["no data", "no data"],
  ["warn", "warned"],
  ["trigger", "triggered"],
  ["alert", "triggered"],
];
const TRANSITION_OF_STATUS = new Map<string, Transition>([
  ["error", "triggered"],
  ["warn", "warned"],
  ["warning", "warned"],
  ["ok", "recovered"],
  ["success", "recovered"],
]);
const SEVERITY_OF_STATUS = new Map<string, NonNullable<Signals["severity"]>>([
  ["error", "critical"],
  ["warn", "warning"],
  ["warning", "warning"],
  ["ok", "ok"],
  ["success", "ok"],
  ["info", "info"],
]);

/** Tags and titles by which the usual tools say that something was put into use, or set otherwise. */
const DEPLOY_TAGS = new Set(["deploy", "deployment", "release", "rollback", "rollout"]);
const DEPLOY_TITLE = /^(?:deploy(?:ed|ing|ment)?|redeployed|released|rolled out|rolling out|rollout|rolled back|rollback)\b/i;
const CHANGE_TAGS = new Set(["change", "config", "configuration", "feature_flag", "feature-flag", "flag", "migration"]);
const CHANGE_TITLE = /^(?:feature flag|flag|configuration|config)\b/i;

/** What an event tells of. Pure. */
export function kindOf(record: EventRecord): { readonly kind: Kind; readonly signals: Signals } {
  const { attributes } = record.attributes;
  const transition = isMonitorEvent(attributes) ? transitionOf(attributes) : null;
  if (transition !== null)
    return { kind: KIND_OF[transition], signals: { transition, ...severityOf(transition, attributes), automated: true } };
  const automated: Signals = attributes.author === null ? { automated: true } : {};
  const signals = { ...severityOfStatus(attributes), ...automated };
  if (isChangeByItself(attributes)) return { kind: "datadog.change.reported", signals };
  if (isDeployment(record))
    return { kind: "datadog.deployment.reported", signals: { ...signals, deploys: true, ...outcomeOf(attributes) } };
  return { kind: isChange(record) ? "datadog.change.reported" : "datadog.event.posted", signals };
}

/** A title without the marks that a monitor puts before it: "[P2] [Re-Triggered on {host:web-1}] CPU is high". */
export function withoutMarks(title: string): string {
  let rest = title.trim();
  for (let marks = markOf(rest); marks !== null; marks = markOf(rest)) rest = rest.slice(marks.length + 2).trim();
  return rest;
}

function isMonitorEvent({ monitor, monitor_id, evt }: Attributes): boolean {
  return monitor !== null || monitor_id !== null || evt?.type === "monitor";
}

/** The API, the web hook's form and the title say it in words of their own; the status is left for old events. */
function transitionOf({ monitor, title, status }: Attributes): Transition | null {
  const { trans_name, transition_type, trans_type, source_state, destination_state } = monitor?.transition ?? {};
  const said = [trans_name, transition_type, trans_type, firstTransitionMark(title ?? "")];
  for (const words of said) {
    const found = transitionIn(words ?? "");
    if (found !== null) return found !== "recovered" && sameState(source_state, destination_state) ? "renotified" : found;
  }
  return TRANSITION_OF_STATUS.get(status?.toLowerCase() ?? "") ?? null;
}

function transitionIn(words: string): Transition | null {
  const lower = words.toLowerCase();
  return TRANSITION_WORDS.find(([word]) => (word === "re-" ? lower.startsWith(word) : lower.includes(word)))?.[1] ?? null;
}

function sameState(source: string | null | undefined, destination: string | null | undefined): boolean {
  return source != null && destination != null && source.toLowerCase() === destination.toLowerCase();
}

function firstTransitionMark(title: string): string {
  for (let rest = title.trim(), mark = markOf(rest); mark !== null; rest = rest.slice(mark.length + 2).trim(), mark = markOf(rest))
    if (!/^P[1-5]$/.test(mark)) return mark;
  return "";
}

/** The text between brackets at the start, when it is a monitor's and not part of its name. */
function markOf(title: string): string | null {
  if (!title.startsWith("[")) return null;
  const close = title.indexOf("]");
  const mark = title.slice(1, close);
  const first = (mark.split(" on ")[0] ?? "").toLowerCase();
  return close > 0 && /^(?:p[1-5]|(?:re-)?(?:triggered|warn|warning|no data|recovered|alert|renotify))$/.test(first) ? mark : null;
}

function severityOf(transition: Transition, attributes: Attributes): Pick<Signals, "severity"> {
  if (transition === "recovered") return { severity: "ok" };
  if (transition === "renotified") return severityOfStatus(attributes);
  return { severity: transition === "triggered" ? "critical" : "warning" };
}

function severityOfStatus({ status }: Attributes): Pick<Signals, "severity"> {
  const severity = SEVERITY_OF_STATUS.get(status?.toLowerCase() ?? "");
  return severity === undefined ? {} : { severity };
}

function isDeployment({ attributes: { tags, attributes } }: EventRecord): boolean {
  return isTagged(tags, DEPLOY_TAGS) || DEPLOY_TITLE.test(attributes.title ?? "");
}

/** Source: "Change events", docs.datadoghq.com/events: a feature flag or a configuration. */
function isChangeByItself({ evt, changed_resource }: Attributes): boolean {
  return evt?.category === "change" || changed_resource !== null;
}

function isChange({ attributes: { tags, attributes } }: EventRecord): boolean {
  return isTagged(tags, CHANGE_TAGS) || CHANGE_TITLE.test(attributes.title ?? "");
}

function isTagged(tags: readonly string[] | null, values: ReadonlySet<string>): boolean {
  return (tags ?? []).some((tag) => {
    const [key, value] = tag.toLowerCase().split(":");
    return value === undefined ? values.has(key!) : (key === "event_type" || key === "source") && values.has(value);
  });
}

function outcomeOf({ status, title }: Attributes): Pick<Signals, "outcome"> {
  if (status === "error" || /\b(?:failed|failure)\b/i.test(title ?? "")) return { outcome: "failure" };
  return status === "ok" || status === "success" || /^(?:deployed|released|rolled out)\b/i.test(title ?? "") ? { outcome: "success" } : {};
}
