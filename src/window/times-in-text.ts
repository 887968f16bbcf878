import { UsageError } from "../kit/errors.js";
import { fromIso, MICROS_PER_DAY, toIso, type EpochMicros } from "../kit/instant.js";
import { readLocalTime } from "./local-time.js";

export interface TextContext {
  /** When the text was written: a time without a day is the last such time before it. */
  readonly near: EpochMicros;
  /** IANA name, for times without an offset; null: those are not read, since their zone would be a guess. */
  readonly timezone: string | null;
}

/** Longer texts are read up to here. */
const MOST_TEXT = 20_000;
/** A time that is named lies this long before at the most: older ones are about something else. */
const FARTHEST = MICROS_PER_DAY;
const TIME = /(?<![\d:.-])(?:(\d{4}-\d\d-\d\d)[T ]{1,2})?(\d{1,2}:\d\d)(:\d\d)? ?(Z\b|UTC\b|GMT\b|[+-]\d\d:\d\d\b)?(?![\d:])/g;

/** The earliest instant of the day before it was written that a text names, such as "since 11:24 UTC"; null: none. */
export function earliestTimeIn(text: string, context: TextContext): EpochMicros | null {
  const times = [...text.slice(0, MOST_TEXT).matchAll(TIME)].flatMap(([, day, minutes, seconds, offset]) => {
    const at = instantOf({ day, clock: `${minutes!.padStart(5, "0")}${seconds ?? ":00"}`, offset }, context);
    return at === null || at > context.near || at < context.near - FARTHEST ? [] : [at];
  });
  return times.length === 0 ? null : Math.min(...times);
}

interface Written {
  readonly day: string | undefined;
  readonly clock: string;
  readonly offset: string | undefined;
}

function instantOf({ day, clock, offset }: Written, context: TextContext): EpochMicros | null {
  if (day !== undefined) return onDay(day, clock, offset, context);
  const today = onDay(dayOf(context.near), clock, offset, context);
  return today !== null && today > context.near ? onDay(dayOf(context.near - MICROS_PER_DAY), clock, offset, context) : today;
}

function onDay(day: string, clock: string, offset: string | undefined, { timezone }: TextContext): EpochMicros | null {
  const zone = offset === undefined || /^[ZUG]/.test(offset) ? "Z" : offset;
  const at = fromIso(`${day}T${clock}${zone}`);
  if (at === null || offset !== undefined) return at;
  return timezone === null ? null : localOrNone(at, timezone);
}

/** A time that the clocks of the zone showed twice, or never, is no help. */
function localOrNone(at: EpochMicros, timezone: string): EpochMicros | null {
  try {
    return readLocalTime(at, "", timezone);
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

function dayOf(at: EpochMicros): string {
  return toIso(at).slice(0, 10);
}
