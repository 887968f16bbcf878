import type { IncidentRecord } from "../contract/store.js";
import { UsageError } from "../kit/errors.js";
import {
  isoPrecisionMicros,
  isWithin,
  MICROS_PER_DAY,
  MICROS_PER_HOUR,
  MICROS_PER_MINUTE,
  MICROS_PER_SECOND,
  toIso,
  type EpochMicros,
} from "../kit/instant.js";
import { parseTime } from "../window/index.js";
import type { TimeContext } from "../window/parse-time.js";

export interface NoteTime {
  readonly at: EpochMicros;
  readonly precisionMicros: number;
  /** As it was typed. */
  readonly sourceText: string;
}

/** How far from the incident a time of day is still taken for one of that day. */
const NEAR = 6 * MICROS_PER_HOUR;
const TIME_OF_DAY = /^(\d?\d):(\d\d)(:\d\d)?$/;

/**
 * When something happened that somebody notes, as fine as they typed it: "14:05" is a minute, on the day of the incident.
 * @throws {UsageError} for a time that cannot be read, lies ahead, or could be on several days.
 */
export function noteTime(typed: string | undefined, incident: IncidentRecord, context: TimeContext): NoteTime {
  if (typed === undefined) {
    const at = floor(context.now, MICROS_PER_SECOND);
    return { at, precisionMicros: MICROS_PER_SECOND, sourceText: toIso(at, MICROS_PER_SECOND) };
  }
  const text = typed.trim();
  const precisionMicros = precisionOf(text);
  const at = floor(TIME_OF_DAY.test(text) ? onDayOfIncident(text, incident, context) : parseTime(text, context), precisionMicros);
  if (at <= context.now) return { at, precisionMicros, sourceText: text };
  throw new UsageError(`--at: ${toIso(at, MICROS_PER_SECOND)} lies ahead: it is ${toIso(context.now, MICROS_PER_SECOND)} now.`, {
    id: "TIME_INVALID",
    hint: "Times without an offset are UTC; give --tz for those of another zone.",
  });
}

/** Relative times are remembered, not measured: a minute, unless they are told in seconds. */
function precisionOf(text: string): number {
  const seconds = /:\d\d:\d\d/.exec(text);
  if (seconds === null) return /^now$|\ds$/i.test(text) ? MICROS_PER_SECOND : MICROS_PER_MINUTE;
  return TIME_OF_DAY.test(text) ? MICROS_PER_SECOND : isoPrecisionMicros(text);
}

/** On the day of the incident: where the time lies inside it, else near it. */
function onDayOfIncident(text: string, { incidentStart, incidentEnd }: IncidentRecord, context: TimeContext): EpochMicros {
  const until = incidentEnd ?? context.now;
  const zoned = { ...context, timezone: context.timezone ?? "UTC" };
  const time = text.indexOf(":") === 1 ? `0${text}` : text;
  // A day more on either side: in another zone the incident may touch other dates than in UTC.
  const first = Math.floor(incidentStart / MICROS_PER_DAY) - 1;
  const last = Math.max(first + 2, Math.floor(until / MICROS_PER_DAY) + 1);
  const days = Array.from({ length: last - first + 1 }, (_, index) => toIso((first + index) * MICROS_PER_DAY).slice(0, 10));
  const readings = days.map((day) => parseTime(`${day}T${time}`, zoned));
  const inside = readings.filter((at) => isWithin(at, { from: floor(incidentStart, MICROS_PER_MINUTE), until: until + 1 }));
  if (inside.length === 1) return inside[0]!;
  const near = inside.length > 1 ? inside : readings.filter((at) => Math.abs(at - nearest(at, incidentStart, until)) <= NEAR);
  if (near.length === 1) return near[0]!;
  const what = near.length === 0 ? "is on no day within six hours of the incident" : "could be on several days";
  throw new UsageError(`--at: ${text} ${what}.`, {
    id: "TIME_INVALID",
    problems: near.slice(0, 8).map((at) => toIso(at, MICROS_PER_SECOND)),
    hint: `Write it with its day: ${toIso(incidentStart).slice(0, 10)}T${time}Z.`,
  });
}

function nearest(at: EpochMicros, from: EpochMicros, until: EpochMicros): EpochMicros {
  return Math.min(Math.max(at, from), until);
}

function floor(at: EpochMicros, unit: number): EpochMicros {
  return Math.floor(at / unit) * unit;
}
