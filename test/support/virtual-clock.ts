import type { Clock } from "../../src/kit/clock.js";
import type { EpochMicros } from "../../src/kit/instant.js";

/** A clock that jumps: an hour of back-off takes no time. `slept` has every wait in milliseconds. */
export function virtualClock(start: EpochMicros): Clock & { readonly slept: number[]; advance(ms: number): void } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    advance: (ms) => {
      now += ms * 1000;
    },
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms * 1000;
      await Promise.resolve();
    },
  };
}
