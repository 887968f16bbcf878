import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "../../src/kit/clock.js";
import type { EpochMicros } from "../../src/kit/instant.js";

interface Sleeper {
  readonly until: EpochMicros;
  readonly wake: () => void;
}

/** So many turns of the event loop in a row without a new sleeper, and everybody is taken to wait. */
const IDLE_TURNS = 40;

/**
 * A clock for many who wait at once: it jumps to the next that is to be woken as soon as nobody has anything else to
 * do. `run` drives it until the work is done.
 */
export function eventClock(start: EpochMicros): Clock & { run<T>(work: Promise<T>): Promise<T> } {
  let now = start;
  let changes = 0;
  const sleepers = new Set<Sleeper>();
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      changes += 1;
      const sleeper: Sleeper = { until: now + ms * 1000, wake: resolve };
      sleepers.add(sleeper);
      signal?.addEventListener("abort", () => {
        sleepers.delete(sleeper);
        reject(signal.reason as Error);
      });
    });
  const wakeNext = (): void => {
    const next = [...sleepers].reduce((first, each) => (each.until < first.until ? each : first));
    sleepers.delete(next);
    now = Math.max(now, next.until);
    next.wake();
  };
  return {
    now: () => now,
    sleep,
    run: async (work) => {
      const state = { done: false };
      const finished = work.finally(() => (state.done = true));
      finished.catch(() => undefined);
      for (let idle = 0; !state.done;) {
        const before = changes;
        await turn();
        idle = changes === before ? idle + 1 : 0;
        if (idle < IDLE_TURNS || sleepers.size === 0) continue;
        wakeNext();
        idle = 0;
      }
      return finished;
    },
  };
}
