import { MICROS_PER_MINUTE, type EpochMicros } from "../instant.js";

/** Keeps a bucket under a number of requests in any minute, so that the vendor need not say stop. */
export interface Pace {
  /** Milliseconds until the next request may start; 0: now. */
  waitMs(now: EpochMicros): number;
  started(now: EpochMicros): void;
}

export function createPace(perMinute: number | null): Pace {
  /** When the latest requests started, oldest first, never more than a minute's worth. */
  const starts: EpochMicros[] = [];
  return {
    waitMs: (now) => {
      if (perMinute === null || starts.length < perMinute) return 0;
      // Never more than a minute, whatever our clock does meanwhile.
      return Math.min(Math.max(0, starts[0]! + MICROS_PER_MINUTE - now), MICROS_PER_MINUTE) / 1000;
    },
    started: (now) => {
      if (perMinute === null) return;
      starts.push(now);
      if (starts.length > perMinute) starts.shift();
    },
  };
}
