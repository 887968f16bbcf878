import { IANAZone } from "luxon";
import { MICROS_PER_MINUTE, MICROS_PER_SECOND, toIso, type EpochMicros, type Span } from "../kit/instant.js";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** ISO 8601 UTC with as many digits as the instant needs: for borders and other instants without a precision. */
export function isoShort(at: EpochMicros): string {
  return toIso(at, at % MICROS_PER_SECOND === 0 ? MICROS_PER_SECOND : at % 1000 === 0 ? 1000 : 1);
}

/** `2026-03-04`, in UTC. */
export function dayOf(at: EpochMicros): string {
  return toIso(at).slice(0, 10);
}

export function weekdayOf(at: EpochMicros): string {
  return WEEKDAYS[new Date(Math.floor(at / 1000)).getUTCDay()]!;
}

/** `2026-03-04 11:20:05`, in UTC, to the second. */
export function dayAndTime(at: EpochMicros): string {
  return `${dayOf(at)} ${toIso(at, MICROS_PER_SECOND).slice(11, 19)}`;
}

/** `2026-03-04 11:20:05 to 13:05:00`: the day once where it is the same. */
export function spanText({ from, until }: Span): string {
  return `${dayAndTime(from)} to ${dayOf(from) === dayOf(until) ? dayAndTime(until).slice(11) : dayAndTime(until)}`;
}

/**
 * `11:20:05` in UTC. Seconds are left out where the source did not give them, fractions where `fine` is not asked for.
 */
export function timeOf(at: EpochMicros, precisionMicros: number, fine = false): string {
  const text = toIso(at, fine ? precisionMicros : MICROS_PER_SECOND).slice(11, -1);
  return precisionMicros >= MICROS_PER_MINUTE && at % MICROS_PER_MINUTE === 0 ? text.slice(0, 5) : text;
}

/** The same moment on local clocks: `12:20:05 +01:00`, with the day where it is another one; null for UTC itself. */
export function localTimeOf(at: EpochMicros, timezone: string): string | null {
  const zone = IANAZone.create(timezone);
  if (!zone.isValid || timezone === "UTC" || timezone === "Etc/UTC") return null;
  const minutes = zone.offset(Math.floor(at / 1000));
  const local = at + minutes * MICROS_PER_MINUTE;
  const time = toIso(local, MICROS_PER_SECOND).slice(11, 19);
  return `${dayOf(local) === dayOf(at) ? "" : `${dayOf(local)} `}${time} ${zone.formatOffset(Math.floor(at / 1000), "short")}`;
}
