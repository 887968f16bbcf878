import type { LookRecord, WatchedIncident } from "../contract/watch.js";
import type { DurationMicros } from "../kit/duration.js";
import type { EpochMicros } from "../kit/instant.js";
import { nextWork } from "./next-work.js";
import { dueAt, type Schedule } from "./schedule.js";

/** How it goes, from what the store keeps alone: the same before and after a restart. */
export interface Standing {
  readonly open: number;
  /** Not done with, over or not. */
  readonly atWork: number;
  /** How long the oldest due work has been waiting; 0: nothing is due. */
  readonly oldestDueMicros: DurationMicros;
  /** Ids of incidents for which a build has been due without success for longer than configured. */
  readonly late: readonly string[];
  /** Connectors whose last look failed. */
  readonly blind: readonly string[];
  readonly attachFailing: number;
}

export interface StandingRules {
  readonly schedule: Schedule;
  readonly alertAfter: DurationMicros;
}

export function standingOf(
  incidents: Iterable<WatchedIncident>,
  looks: Iterable<LookRecord>,
  now: EpochMicros,
  { schedule, alertAfter }: StandingRules,
): Standing {
  const atWork = [...incidents].filter(({ isDone }) => !isDone);
  const [oldest] = nextWork(atWork, schedule);
  return {
    open: atWork.filter(({ overSince }) => overSince === null).length,
    atWork: atWork.length,
    oldestDueMicros: oldest === undefined ? 0 : Math.max(0, now - oldest.dueAt),
    late: atWork.filter((incident) => (dueAt(incident, schedule) ?? Infinity) + alertAfter < now).map(({ id }) => id),
    blind: [...looks].filter(({ error }) => error !== null).map(({ connector }) => connector),
    attachFailing: atWork.filter(({ attach }) => attach.failures > 0).length,
  };
}
