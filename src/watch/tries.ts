import type { Tries } from "../contract/watch.js";
import { MICROS_PER_HOUR, MICROS_PER_MINUTE, type EpochMicros } from "../kit/instant.js";

export const NOT_TRIED: Tries = { doneAt: null, triedAt: null, failures: 0, error: null };

/** When it may be tried again: after a failure a minute, two, four, up to an hour. null: at any time. */
export function notBefore({ triedAt, failures }: Tries): EpochMicros | null {
  if (failures === 0 || triedAt === null) return null;
  return triedAt + Math.min(MICROS_PER_HOUR, MICROS_PER_MINUTE * 2 ** Math.min(failures - 1, 10));
}

/** @param began when this try began: what was due until then is done with it. */
export function succeeded(began: EpochMicros, ended: EpochMicros): Tries {
  return { doneAt: began, triedAt: ended, failures: 0, error: null };
}

export function failed(before: Tries, ended: EpochMicros, error: string): Tries {
  return { ...before, triedAt: ended, failures: before.failures + 1, error };
}
