import type { Clock } from "../clock.js";
import { serverNowMs } from "./judge-answer.js";
import type { WireRecord } from "./types.js";

/** Enough for a median, and bounded. */
const MAX_SAMPLES = 99;

/** Counts what goes over the wire for one connector. Holds numbers only. */
export interface Recorder {
  /** A request is sent; call what is returned with the headers of its answer. */
  sent(isRetry: boolean): (headers: Headers) => void;
  waited(ms: number): void;
  record(): WireRecord;
}

export function createRecorder(connector: string, clock: Clock): Recorder {
  let calls = 0;
  let retries = 0;
  let waitedMs = 0;
  const offsets: number[] = [];
  return {
    sent: (isRetry) => {
      calls += 1;
      if (isRetry) retries += 1;
      const sentAt = clock.now();
      return (headers) => {
        const ourMs = (sentAt + clock.now()) / 2000;
        const theirMs = serverNowMs(headers, ourMs);
        // A Date has whole seconds, cut: on average it is half a second behind.
        if (theirMs !== null && offsets.length < MAX_SAMPLES) offsets.push(theirMs + 500 - ourMs);
      };
    },
    waited: (ms) => {
      waitedMs += ms;
    },
    record: () => ({ connector, calls, retries, waitedMs: Math.round(waitedMs), clockOffsetMs: median(offsets) }),
  };
}

function median(samples: readonly number[]): number | null {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return middle === undefined ? null : Math.round(middle);
}
