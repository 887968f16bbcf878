import type { Stage } from "../contract/destination.js";
import type { WatchedIncident } from "../contract/watch.js";
import type { DurationMicros } from "../kit/duration.js";
import type { EpochMicros } from "../kit/instant.js";

/** When an incident is built. Durations are microseconds; each list is ascending. */
export interface Schedule {
  /** After it was noticed: at once, and after a quarter of an hour. */
  readonly afterNotice: readonly DurationMicros[];
  /** Again and again while it is open, counted from when it was noticed. */
  readonly whileOpen: DurationMicros;
  /** After we heard that it is over: at once, and a day later. */
  readonly afterEnd: readonly DurationMicros[];
  /** One that is open for longer is taken to be forgotten: it is built no more until its place says something. */
  readonly openAtMost: DurationMicros;
}

type Times = Pick<WatchedIncident, "noticedAt" | "changedAt" | "overSince" | "build">;

/**
 * The first instant that asks for a build and that no build has covered yet: one that succeeded covers all before it began.
 * null: none, and none will come unless a place says something new.
 */
export function dueAt(incident: Times, schedule: Schedule): EpochMicros | null {
  const covered = incident.build.doneAt ?? -Infinity;
  const ahead = instantsOf(incident, schedule, covered).filter((at) => at > covered);
  return ahead.length === 0 ? null : Math.min(...ahead);
}

/** How far an incident is at an instant; `final` from its last build on. */
export function stageAt({ overSince }: Pick<Times, "overSince">, at: EpochMicros, { afterEnd }: Schedule): Stage {
  if (overSince === null || at < overSince) return "open";
  const last = afterEnd.at(-1) ?? 0;
  return last > 0 && at >= overSince + last ? "final" : "resolved";
}

function instantsOf(incident: Times, schedule: Schedule, covered: number): EpochMicros[] {
  const { noticedAt, changedAt, overSince } = incident;
  const { afterNotice, afterEnd } = schedule;
  return [
    ...afterNotice.map((after) => noticedAt + after).filter((at) => overSince === null || at <= overSince),
    ...repeated(incident, schedule, covered),
    changedAt,
    ...(overSince === null ? [] : afterEnd.map((after) => overSince + after)),
  ];
}

/** The next of the regular ones, if it is still open then. */
function repeated({ noticedAt, overSince }: Times, { whileOpen, openAtMost }: Schedule, covered: number): EpochMicros[] {
  const done = Math.max(0, Math.floor((covered - noticedAt) / whileOpen));
  const next = noticedAt + (done + 1) * whileOpen;
  return next <= Math.min(overSince ?? Infinity, noticedAt + openAtMost) ? [next] : [];
}
