import PQueue from "p-queue";
import type { Clock } from "../clock.js";
import { formatDuration } from "../duration.js";
import type { EpochMicros } from "../instant.js";
import { createPace } from "./pace.js";
import { WireError } from "./types.js";

/** Requests that share a limit of the vendor. What one of them is told to wait, all of them wait. */
export interface Bucket {
  /**
   * Runs `task` when the bucket is open and it is the turn of `order`: lower first, so that a repeated request goes
   * before later ones. A task that gives null was told to wait: it stays in line.
   *
   * @throws {WireError} `rate limited`, without running it, while the vendor wants more patience than is allowed.
   */
  run<T>(order: number, signal: AbortSignal, task: () => Promise<T | null>): Promise<T>;
  /** The vendor asks for patience. Nothing of this bucket starts before it is over, and then one request at a time. */
  limit(ms: number, why: string): void;
  /** A request was answered without a word about limits. */
  calm(): void;
}

export interface BucketOptions {
  readonly clock: Clock;
  /** What an error calls it. */
  readonly name: string;
  readonly width: number;
  readonly perMinute: number | null;
  readonly maxWaitMs: number;
  /** The places that all buckets of a connector share. */
  readonly slots: PQueue;
  readonly onWait: (ms: number, why: string) => void;
}

/** Good answers in a row after which a bucket that was limited takes twice as many requests at once. */
const CALM_ANSWERS = 5;

export function createBucket({ clock, name, width, perMinute, maxWaitMs, slots, onWait }: BucketOptions): Bucket {
  const queue = new PQueue({ concurrency: width });
  const pace = createPace(perMinute);
  let held: { readonly until: EpochMicros; readonly closed: boolean } | null = null;
  let sleeper: AbortController | null = null;
  let waiting = 0;
  let calmAnswers = 0;
  /** Waits for the vendor since its last good answer. */
  let limitedMs = 0;

  /** Nothing starts for `ms`. Returns how much longer that is than what was known. */
  function hold(ms: number, why: string): number {
    const now = clock.now();
    const known = Math.max(now, held?.until ?? 0);
    const until = now + ms * 1000;
    if (until <= known) return 0;
    held = { until, closed: held?.closed ?? false };
    if (held.closed) return 0;
    queue.pause();
    // By then the request that was told to wait is in line again, as the oldest, or gone.
    setImmediate(beginSleep);
    const addedMs = (until - known) / 1000;
    onWait(addedMs, why);
    return addedMs;
  }

  /** Those who wait are refused, and all who come before it is over. */
  function close(ms: number): void {
    held = { until: Math.max(clock.now() + ms * 1000, held?.until ?? 0), closed: true };
    endSleep();
  }

  function beginSleep(): void {
    if (held === null || held.closed || sleeper !== null || waiting === 0) return;
    sleeper = new AbortController();
    queue.pause();
    void sleepOut(sleeper);
  }

  /** The queue goes on: whatever is in it looks at `held` for itself. */
  function endSleep(): void {
    sleeper?.abort(new Error("nobody waits any more"));
    sleeper = null;
    queue.start();
  }

  async function sleepOut(self: AbortController): Promise<void> {
    while (held !== null) {
      const until: EpochMicros = held.until;
      await clock.sleep(Math.max(0, until - clock.now()) / 1000, self.signal).catch(() => undefined);
      if (sleeper !== self) return;
      // Slept is waited, whatever the clock says: it may have been set back. A longer hold came in: once more.
      if (held?.until === until) held = null;
    }
    endSleep();
  }

  /** Whether a request may start now; it is taken as started then. */
  function mayStart(): boolean {
    const now = clock.now();
    if (held !== null) return false;
    const ms = pace.waitMs(now);
    if (ms > 0) hold(ms, `at most ${perMinute} requests a minute`);
    else pace.started(now);
    return ms <= 0;
  }

  function refuseWhileClosed(): void {
    if (held === null || !held.closed) return;
    const ms = (held.until - clock.now()) / 1000;
    if (ms > 0) throw new WireError(tooLong(name, ms, maxWaitMs), "rate limited");
    held = null;
    limitedMs = 0;
  }

  async function run<T>(order: number, signal: AbortSignal, task: () => Promise<T | null>): Promise<T> {
    const options = { priority: -order, signal };
    const attempt = async () => (mayStart() ? await task() : null);
    waiting += 1;
    try {
      for (;;) {
        refuseWhileClosed();
        const queued = queue.add(() => slots.add(attempt, options), options);
        beginSleep();
        const done = await queued;
        if (done !== null) return done;
      }
    } finally {
      waiting -= 1;
      if (waiting === 0) endSleep();
    }
  }

  return {
    run,
    limit: (ms, why) => {
      queue.concurrency = 1;
      calmAnswers = 0;
      if (ms > maxWaitMs) return close(ms);
      limitedMs += hold(ms, why);
      if (limitedMs > maxWaitMs) close(ms);
    },
    calm: () => {
      limitedMs = 0;
      calmAnswers += 1;
      if (calmAnswers % CALM_ANSWERS === 0) queue.concurrency = Math.min(width, queue.concurrency * 2);
    },
  };
}

/** Says that the vendor wants to be left alone for too long, once or again and again. */
export function tooLong(name: string, ms: number, maxWaitMs: number): string {
  const allowed = formatDuration(maxWaitMs * 1000);
  if (ms <= maxWaitMs) return `${name} asks to wait again and again, longer than the ${allowed} that are allowed`;
  return `${name} asks to wait ${formatDuration(ms * 1000)}, longer than the ${allowed} that are allowed`;
}
