import { PHASES, type Draft, type Entry } from "../contract/draft.js";
import { nearestKey } from "../kit/nearest-key.js";
import { UsageError } from "../kit/errors.js";
import { MICROS_PER_DAY, MICROS_PER_MINUTE, toIso, type EpochMicros } from "../kit/instant.js";
import { toPlain, type NameOf } from "../kit/rich-text.js";
import { oneLine, shorten } from "../kit/text.js";
import { parseTime } from "../window/index.js";

export interface Selection {
  readonly all?: boolean;
  readonly phase?: string;
  readonly kind?: string;
  readonly source?: string;
  readonly text?: string;
  readonly around?: string;
  readonly before?: string;
}

const AROUND = 15 * MICROS_PER_MINUTE;

/**
 * The entries that are asked for, in total order; those before an entry, nearest first. Whoever names a kind, a text or
 * a time looks for something: then every entry counts, not only those put forward. Pure.
 * @throws {UsageError} for a phase, time or entry that there is not.
 */
export function selectEntries(draft: Draft, selection: Selection, nameOf: NameOf, now: EpochMicros): readonly Entry[] {
  const { all, phase, kind, source, text, around, before } = selection;
  const tests: ((entry: Entry) => boolean)[] = [];
  const anchor = before === undefined ? null : findEntry(draft, before);
  if (phase !== undefined) tests.push(isInPhase(phase));
  if (kind !== undefined) tests.push(isOfKind(kind, draft));
  if (source !== undefined) tests.push(isFrom(source, draft));
  if (text !== undefined) tests.push((entry) => oneLine(toPlain(entry.text, nameOf)).toLowerCase().includes(text.toLowerCase()));
  if (around !== undefined) tests.push(isAround(around, draft, now));
  if (anchor !== null) tests.push((entry) => entry.category === "change" && entry.at < anchor.at && entry.id !== anchor.id);
  const looksFor = [kind, source, text, around, before].some((each) => each !== undefined);
  if (all !== true && !looksFor) tests.push((entry) => entry.highlighted);
  const chosen = draft.entries.filter((entry) => tests.every((test) => test(entry)));
  return anchor === null ? chosen : chosen.reverse();
}

/** By its id, an id it had before, or its evidence. @throws {UsageError} when there is none. */
export function findEntry(draft: Draft, id: string): Entry {
  const found =
    draft.entries.find((entry) => entry.id === id) ??
    draft.entries.find((entry) => entry.aliases.includes(id) || entry.evidence.includes(id));
  if (found) return found;
  throw new UsageError(`There is no entry "${shorten(oneLine(id), 80)}" in ${draft.incident.id}.`, {
    id: "ENTRY_UNKNOWN",
    hint: "`timeline show --all` prints the id of each entry in brackets.",
  });
}

function isInPhase(name: string): (entry: Entry) => boolean {
  if ((PHASES as readonly string[]).includes(name)) return (entry) => entry.phase === name;
  const near = nearestKey(name, PHASES);
  throw new UsageError(`--phase: there is no "${shorten(oneLine(name), 40)}".`, {
    id: "FLAG_INVALID",
    hint: near === null ? `Choose from ${PHASES.join(", ")}.` : `Did you mean ${near}?`,
  });
}

/** @throws {UsageError} when no entry is of this kind, and one that is written alike is there. */
function isOfKind(kind: string, { entries }: Draft): (entry: Entry) => boolean {
  const test = (entry: Entry) => entry.category === kind || entry.kind === kind || entry.kind.startsWith(`${kind}.`);
  if (!entries.some(test)) suggest("--kind", kind, [...new Set(entries.flatMap((entry) => [entry.category, entry.kind]))]);
  return test;
}

function isFrom(source: string, { entries, coverage }: Draft): (entry: Entry) => boolean {
  const test = (entry: Entry) => isOf(entry, source.toLowerCase());
  if (!entries.some(test)) suggest("--source", source, [...new Set(coverage.flatMap(({ connector, name }) => [connector, name]))]);
  return test;
}

/** Nothing that is looked for may be there; something that is written alike was probably meant. */
function suggest(flag: string, written: string, known: readonly string[]): void {
  const near = nearestKey(written, known);
  if (near === null || known.includes(written)) return;
  throw new UsageError(`${flag}: nothing here is called "${shorten(oneLine(written), 60)}".`, {
    id: "FLAG_INVALID",
    hint: `Did you mean ${near}?`,
  });
}

/** Evidence ids begin with the connector: `slack:`, `github-pr:`, `datadog-metric:`. */
function isOf(entry: Entry, source: string): boolean {
  return (
    entry.evidence.some((id) => id.startsWith(`${source}:`) || id.startsWith(`${source}-`)) ||
    entry.scopeName.toLowerCase().includes(source)
  );
}

function isAround(text: string, draft: Draft, now: EpochMicros): (entry: Entry) => boolean {
  const instants = /^\d\d?:\d\d(?::\d\d)?$/.test(text) ? onEachDay(text, draft) : [parseTime(text, { now, timezone: null })];
  return (entry) => instants.some((at) => Math.abs(entry.at - at) <= AROUND);
}

/** A time of day in UTC, on the day of the incident; where that reaches over several days, on each of them. */
function onEachDay(text: string, { incident, window }: Draft): EpochMicros[] {
  const time = text.length < 5 || text[1] === ":" ? `0${text}` : text;
  const first = Math.floor(incident.start / MICROS_PER_DAY);
  const last = Math.max(first, Math.floor(((incident.end ?? window.until) - 1) / MICROS_PER_DAY));
  const days = Array.from({ length: last - first + 1 }, (_, index) => toIso((first + index) * MICROS_PER_DAY).slice(0, 10));
  return days.map((day) => parseTime(`${day}T${time}Z`, { now: incident.start, timezone: null }));
}
