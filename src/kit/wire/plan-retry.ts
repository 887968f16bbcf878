import type { Verdict, WireErrorReason, WireLimits } from "./types.js";

/** What happens after a try that was not to be handed on. `limited`: it was the vendor who asked for patience. */
export type RetryPlan =
  | { readonly kind: "again"; readonly waitMs: number; readonly limited: boolean }
  /** `waitMs`: how long the vendor wanted, null when it is not about that. */
  | { readonly kind: "give up"; readonly reason: WireErrorReason; readonly waitMs: number | null };

export interface RetryState {
  /** Sent so far, this one included. */
  readonly tries: number;
  /** Waits of this request so far. */
  readonly waitedMs: number;
}

/**
 * Whether a request is sent again, and after how long. What the vendor says is the least wait, and a little is added;
 * where it says nothing, or is not satisfied by its own word, the back-off counts: exponential, full jitter.
 * Pure but for `random`.
 */
export function planRetry(
  verdict: Exclude<Verdict, { kind: "ok" }>,
  state: RetryState,
  limits: WireLimits,
  random: () => number,
): RetryPlan {
  const limited = verdict.kind === "wait";
  const reason = limited ? "rate limited" : "unavailable";
  const least = limited ? verdict.waitMs : null;
  if (least !== null && state.waitedMs + least > limits.maxWaitMs) return { kind: "give up", reason, waitMs: least };
  if (state.tries >= limits.maxTries) return { kind: "give up", reason, waitMs: least };
  const waitMs = least === null ? backOff(state.tries, limits, random) : patience(least, state.tries, limits, random);
  if (state.waitedMs + waitMs > limits.maxWaitMs) return { kind: "give up", reason, waitMs: least };
  return { kind: "again", waitMs, limited };
}

/** Up to 1 s, 4 s, 16 s, 60 s, 60 s: anywhere below, so that many requests do not come back together. */
function backOff(tries: number, limits: WireLimits, random: () => number): number {
  const ceiling = Math.min(limits.backOffMaxMs, limits.backOffFirstMs * 4 ** (tries - 1));
  return Math.ceil(random() * ceiling);
}

function patience(least: number, tries: number, limits: WireLimits, random: () => number): number {
  const jittered = least + Math.ceil(random() * Math.min(5000, least / 10));
  return tries === 1 ? jittered : Math.max(jittered, backOff(tries - 1, limits, random));
}
