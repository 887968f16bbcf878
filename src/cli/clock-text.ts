import { MICROS_PER_SECOND, toIso, type EpochMicros } from "../kit/instant.js";

/** `2026-03-04 11:20:05Z`: a moment that is no entry's, for people. */
export function clockText(at: EpochMicros): string {
  return toIso(at, MICROS_PER_SECOND).replace("T", " ");
}

/** `1 gap`, `2 gaps`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
