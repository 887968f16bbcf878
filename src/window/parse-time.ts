import { UsageError } from "../kit/errors.js";
import { parseDuration } from "../kit/duration.js";
import { fromIso, type EpochMicros } from "../kit/instant.js";
import { oneLine, shorten } from "../kit/text.js";
import { readLocalTime } from "./local-time.js";

export interface TimeContext {
  /** Relative times count back from here. */
  readonly now: EpochMicros;
  /** IANA name for times that are written without an offset; null: such times are refused. */
  readonly timezone: string | null;
}

const EXPECTED = 'a time such as "2026-03-04T11:20:00Z", "2026-03-04T11:20+01:00", or "-3h" for three hours ago';
const DATE_AND_TIME = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d(?:[.,]\d{1,9})?)?(Z|z|[+-]\d\d:?\d\d)?$/;

/**
 * An instant as a person writes it: ISO 8601 with `Z` or an offset (seconds may be left out), `-3h` or `PT3H` for that
 * long ago, `now`, and a local time where a zone is given.
 *
 * @throws {UsageError} for everything else: nothing is guessed, rolled over or rounded. A local time that the clocks
 * showed twice, or never, is refused with both readings.
 */
export function parseTime(text: string, context: TimeContext): EpochMicros {
  const trimmed = text.trim();
  if (trimmed === "now") return context.now;
  const ago = parseDuration(trimmed.replace(/^-/, ""));
  if (ago !== null) return longAgo(ago, trimmed, context.now);
  const match = DATE_AND_TIME.exec(trimmed);
  if (!match) throw refused(trimmed, whatIsMissing(trimmed));
  const [, date, minutes, seconds, offset] = match;
  const written = `${date}T${minutes}${seconds ?? ":00"}`;
  const at = fromIso(`${written}${offset ?? "Z"}`);
  if (at === null) throw refused(trimmed, "There is no such date, time or offset in the years 1970 to 2199");
  if (offset !== undefined) return at;
  if (context.timezone === null) {
    throw refused(trimmed, "It has no offset, and no time zone was given", "Add Z or an offset such as +01:00, or give --tz.");
  }
  return readLocalTime(at, trimmed, context.timezone);
}

function longAgo(micros: number, text: string, now: EpochMicros): EpochMicros {
  if (micros >= now) throw refused(text, "It lies before 1970");
  return now - micros;
}

function whatIsMissing(text: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return "It is a day without a time";
  if (/^\d{1,2}:\d\d/.test(text)) return "It is a time without a day";
  if (/^\d{9,}$/.test(text)) return "It is a bare number, and its unit would be a guess";
  if (text.startsWith("+")) return "A time ahead of now cannot be looked at";
  return "It cannot be read as a time";
}

function refused(text: string, why: string, hint = `Write ${EXPECTED}.`): UsageError {
  return new UsageError(`"${shorten(oneLine(text), 60)}" is not a time that can be used. ${why}; expected ${EXPECTED}.`, {
    id: "TIME_INVALID",
    hint,
  });
}
