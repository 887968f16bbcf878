import type { ProgressEvent } from "../contract/progress.js";
import type { Clock } from "../kit/clock.js";
import { formatDuration } from "../kit/duration.js";
import { MICROS_PER_MINUTE, MICROS_PER_SECOND, type EpochMicros } from "../kit/instant.js";
import { oneLine } from "../kit/text.js";

export type WaitingEvent = Extract<ProgressEvent, { type: "waiting" }>;

/** How one source of a build stands. */
export interface SourceState {
  readonly connector: string;
  readonly source: string;
  readonly begunAt: EpochMicros;
  items: number;
  /** 0 to 1. */
  share: number;
  gaps: number;
  wait: { readonly event: WaitingEvent; readonly until: EpochMicros } | null;
  done: boolean;
}

export interface ProgressState {
  apply(event: ProgressEvent): void;
  /** In the order in which they were first heard of. */
  sources(): readonly SourceState[];
}

/** Guesses from less than this would jump about. */
const LEAST_SHARE = 0.02;
const LEAST_ELAPSED = 3 * MICROS_PER_SECOND;

export function createProgressState(clock: Clock): ProgressState {
  const states = new Map<string, SourceState>();
  const stateOf = ({ connector, source }: { readonly connector: string; readonly source: string }): SourceState => {
    const key = `${connector} ${source}`;
    const known = states.get(key);
    if (known) return known;
    const fresh: SourceState = { connector, source, begunAt: clock.now(), items: 0, share: 0, gaps: 0, wait: null, done: false };
    states.set(key, fresh);
    return fresh;
  };
  return {
    sources: () => [...states.values()],
    apply: (event) => {
      if (event.type === "waiting") {
        const wait = { event, until: clock.now() + event.ms * 1000 };
        for (const state of states.values()) if (state.connector === event.connector && !state.done) state.wait = wait;
      } else if (event.type === "source") {
        const state = stateOf(event);
        Object.assign(state, { items: state.items + event.items, share: event.share, wait: null });
      } else if (event.type === "gap") stateOf(event).gaps += 1;
      else if (event.type === "source done")
        Object.assign(stateOf(event), { items: event.items, gaps: event.gaps, wait: null, done: true });
    },
  };
}

/** How long a source will take at the pace it had so far, its wait included; null: too early to tell. */
export function microsLeft(state: SourceState, now: EpochMicros): number | null {
  if (state.done) return null;
  const waiting = Math.max(0, (state.wait?.until ?? now) - now);
  const elapsed = now - state.begunAt;
  if (state.share < LEAST_SHARE || elapsed + waiting < LEAST_ELAPSED) return waiting === 0 ? null : waiting;
  return Math.max(waiting, ((elapsed + waiting) * (1 - state.share)) / state.share);
}

/** `about 3 min left`: no more exact than it is known. */
export function leftText(micros: number): string {
  const unit = micros < 90 * MICROS_PER_SECOND ? 10 * MICROS_PER_SECOND : MICROS_PER_MINUTE;
  return `about ${formatDuration(Math.max(1, Math.round(micros / unit)) * unit)} left`;
}

/** `slack waits 30 s for conversations.history: Slack asks to wait (Slack allows 50 pages a minute)`. */
export function waitText({ connector, bucket, ms, why, allows }: WaitingEvent): string {
  const text = `${connector} waits ${formatDuration(ms * 1000)} for ${bucket}: ${oneLine(why)}`;
  return allows === null ? text : `${text} (${allows})`;
}
