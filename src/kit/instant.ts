/** An instant: whole microseconds since 1970-01-01T00:00:00Z. Exact in a double until the year 2255. */
export type EpochMicros = number;

/** Half-open: `from` is in, `until` is out. */
export interface Span {
  readonly from: EpochMicros;
  readonly until: EpochMicros;
}

export const MICROS_PER_SECOND = 1_000_000;
export const MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
export const MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
export const MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

const MINUTES_PER_DAY = 24 * 60;

/** The instants that we place: years 1970 to 2199. Outside it a source has sent a wrong unit or a zero value. */
const LATEST: EpochMicros = Date.UTC(2200, 0, 1) * 1000;

export function isPlaceable(at: EpochMicros): boolean {
  return Number.isSafeInteger(at) && at > 0 && at < LATEST;
}

export function isWithin(at: EpochMicros, span: Span): boolean {
  return at >= span.from && at < span.until;
}

export function overlaps(a: Span, b: Span): boolean {
  return a.from < b.until && b.from < a.until;
}

/** Slack's `ts`: seconds, a dot, up to six digits. The fraction may be a counter, so it orders and does not measure. */
export function fromSlackTs(text: string): EpochMicros | null {
  const match = /^(\d{1,11})(?:\.(\d{1,6}))?$/.exec(text);
  if (!match) return null;
  return placeable(Number(match[1]) * MICROS_PER_SECOND + Number((match[2] ?? "").padEnd(6, "0")));
}

/** The `ts` Slack wants back for an instant. */
export function toSlackTs(at: EpochMicros): string {
  const seconds = Math.floor(at / MICROS_PER_SECOND);
  return `${seconds}.${String(at - seconds * MICROS_PER_SECOND).padStart(6, "0")}`;
}

/** Seconds since the epoch, fractions allowed. */
export function fromUnixSeconds(seconds: number): EpochMicros | null {
  return placeable(Math.round(seconds * MICROS_PER_SECOND));
}

/** Milliseconds since the epoch, fractions allowed. */
export function fromUnixMillis(millis: number): EpochMicros | null {
  return placeable(Math.round(millis * 1000));
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,18}))?(Z|z|[+-]\d\d:?\d\d)$/;

/**
 * ISO 8601 / RFC 3339 with seconds and an offset; microseconds are kept, finer digits cut.
 * A leap second `:60`, which only 23:59 UTC can have, is the instant after `:59`. Impossible dates, 24:00 and years
 * that are not placed anyway give null: nothing is rolled over.
 */
export function fromIso(text: string): EpochMicros | null {
  const match = ISO.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  // `Date.UTC` takes a year below 100 for one of the last century.
  if (year < 1969 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 60) return null;
  const offset = offsetMinutes(match[8]!);
  if (offset === null) return null;
  if (second === 60 && (hour * 60 + minute - offset + 2 * MINUTES_PER_DAY) % MINUTES_PER_DAY !== MINUTES_PER_DAY - 1) return null;
  const millis = Date.UTC(year, month - 1, day, hour, minute, 0) + second * 1000 - offset * 60_000;
  return placeable(millis * 1000 + Number((match[7] ?? "").slice(0, 6).padEnd(6, "0")));
}

/** How fine an ISO text is, in microseconds: 1,000,000 without a fraction, 1,000 with three digits. */
export function isoPrecisionMicros(text: string): number {
  const match = ISO.exec(text);
  return 10 ** (6 - Math.min(6, match?.[7]?.length ?? 0));
}

/** ISO 8601 UTC with the digits that the precision is worth: none for seconds and coarser, up to six. */
export function toIso(at: EpochMicros, precisionMicros = 1): string {
  const seconds = Math.floor(at / MICROS_PER_SECOND);
  const whole = new Date(seconds * 1000).toISOString().slice(0, 19);
  const digits = precisionMicros >= MICROS_PER_SECOND ? 0 : 6 - Math.floor(Math.log10(Math.max(1, precisionMicros)));
  if (digits === 0) return `${whole}Z`;
  return `${whole}.${String(at - seconds * MICROS_PER_SECOND)
    .padStart(6, "0")
    .slice(0, digits)}Z`;
}

function placeable(at: EpochMicros): EpochMicros | null {
  return isPlaceable(at) ? at : null;
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function offsetMinutes(text: string): number | null {
  if (text === "Z" || text === "z") return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(-2));
  if (hours > 23 || minutes > 59) return null;
  return (text[0] === "-" ? -1 : 1) * (hours * 60 + minutes);
}
