import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE, MICROS_PER_SECOND } from "./instant.js";

/** A length of time in microseconds. */
export type DurationMicros = number;

const ISO = /^P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/;
const SHORT = /^(\d{1,8})(s|m|h|d|w)$/;
const UNITS = { s: MICROS_PER_SECOND, m: MICROS_PER_MINUTE, h: MICROS_PER_HOUR, d: MICROS_PER_DAY, w: 7 * MICROS_PER_DAY };

/**
 * `PT24H`, `P1D`, `P7D`, `PT1H30M`, `P1W`, or short: `90m`, `24h`, `7d`. A day is 24 hours: windows are cut in UTC.
 * Months and years have no length and give null, as does everything else.
 */
export function parseDuration(text: string): DurationMicros | null {
  const micros = readShort(text) ?? readIso(text);
  return micros !== null && Number.isSafeInteger(micros) ? micros : null;
}

function readShort(text: string): DurationMicros | null {
  const match = SHORT.exec(text);
  return match && Number(match[1]) * UNITS[match[2] as keyof typeof UNITS];
}

function readIso(text: string): DurationMicros | null {
  const match = ISO.exec(text);
  if (!match || text === "P" || text.endsWith("T")) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return (weeks * 7 + days) * MICROS_PER_DAY + hours * MICROS_PER_HOUR + minutes * MICROS_PER_MINUTE + seconds * MICROS_PER_SECOND;
}

/** For people: `4 min 10 s`, `2 h 5 min`, `3 d 4 h`, `850 ms`. Two units at the most. */
export function formatDuration(micros: DurationMicros): string {
  const total = Math.abs(micros);
  const millis = Math.round(total / 1000);
  if (millis < 1000) return `${millis} ms`;
  const seconds = Math.round(total / MICROS_PER_SECOND);
  const parts: string[] = [];
  for (const [size, name] of [
    [86_400, "d"],
    [3_600, "h"],
    [60, "min"],
    [1, "s"],
  ] as const) {
    const count = Math.floor(seconds / size) % (name === "d" ? Infinity : name === "h" ? 24 : 60);
    if (count > 0 && parts.length < 2) parts.push(`${count} ${name}`);
    else if (parts.length > 0) break;
  }
  return parts.join(" ");
}
