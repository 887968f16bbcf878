import { IANAZone } from "luxon";
import { UsageError } from "../kit/errors.js";
import { MICROS_PER_MINUTE, toIso, type EpochMicros } from "../kit/instant.js";

const DAY_MS = 86_400_000;

/**
 * The instant at which clocks in `timezone` showed what `asUtc` shows when read as UTC.
 * @throws {UsageError} when they showed it twice, or never: with both readings, so that one can be copied.
 */
export function readLocalTime(asUtc: EpochMicros, written: string, timezone: string): EpochMicros {
  if (!IANAZone.isValidZone(timezone)) {
    throw new UsageError(`"${timezone}" is not a time zone.`, { hint: 'Give an IANA name such as "Europe/Berlin" or "America/New_York".' });
  }
  const zone = IANAZone.create(timezone);
  const offsetAt = (at: EpochMicros) => zone.offset(Math.floor(at / 1000));
  // Offsets reach from -12 to +14 hours: a day before and after, the clocks are on either side of any change near it.
  const before = zone.offset(Math.floor(asUtc / 1000) - DAY_MS);
  const after = zone.offset(Math.floor(asUtc / 1000) + DAY_MS);
  const readings = before === after ? [before] : [before, after];
  const valid = readings.filter((offset) => offsetAt(asUtc - offset * MICROS_PER_MINUTE) === offset);
  if (valid.length === 1) return asUtc - valid[0]! * MICROS_PER_MINUTE;
  throw unclear(asUtc, written, timezone, readings, valid.length);
}

function unclear(asUtc: EpochMicros, written: string, timezone: string, offsets: readonly number[], times: number): UsageError {
  const readings = offsets.map((offset) => {
    const local = toIso(asUtc, 1_000_000).slice(0, -1);
    return `${local}${offsetText(offset)} (${toIso(asUtc - offset * MICROS_PER_MINUTE, 1_000_000)})`;
  });
  const what = times === 0 ? "did not exist: the clocks went forward over it" : "happened twice: the clocks went back over it";
  return new UsageError(`${written} in ${timezone} ${what}.`, {
    hint: `Write the one that is meant: ${readings.join(" or ")}.`,
    problems: readings,
  });
}

function offsetText(minutes: number): string {
  const size = Math.abs(Math.round(minutes));
  const two = (value: number) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
