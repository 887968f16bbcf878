import { setTimeout as delay } from "node:timers/promises";
import type { EpochMicros } from "./instant.js";

/** The only way to the time and to waiting. Tests hand in one that jumps. */
export interface Clock {
  now(): EpochMicros;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now() * 1000,
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {}).catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : error;
    });
  },
};
