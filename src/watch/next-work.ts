import type { WatchedIncident } from "../contract/watch.js";
import { MICROS_PER_DAY, type EpochMicros } from "../kit/instant.js";
import { compareText } from "../kit/text.js";
import { dueAt, type Schedule } from "./schedule.js";
import { notBefore } from "./tries.js";

/** One piece of work on one incident. A build goes before the attaching of what an earlier one has made. */
export interface Work {
  readonly kind: "build" | "attach";
  readonly incident: WatchedIncident;
  /** When it was to be done. */
  readonly dueAt: EpochMicros;
  /** When it may be done: later than due after a failure. */
  readonly at: EpochMicros;
}

/** The next work of each incident, the most overdue first; those without are left out. */
export function nextWork(incidents: Iterable<WatchedIncident>, schedule: Schedule): Work[] {
  const works = [...incidents].filter(({ isDone }) => !isDone).flatMap((incident) => workOn(incident, schedule) ?? []);
  return works.sort((a, b) => a.dueAt - b.dueAt || compareText(a.incident.id, b.incident.id));
}

/** Whether nothing is due and nothing will be. */
export function isDone(incident: WatchedIncident, schedule: Schedule): boolean {
  return workOn(incident, schedule) === null;
}

function workOn(incident: WatchedIncident, schedule: Schedule): Work | null {
  const works = [buildOf(incident, schedule), attachOf(incident)].filter((work) => work !== null);
  return works.sort((a, b) => a.at - b.at || (a.kind === "build" ? -1 : 1))[0] ?? null;
}

function buildOf(incident: WatchedIncident, schedule: Schedule): Work | null {
  const due = dueAt(incident, schedule);
  return due === null ? null : { kind: "build", incident, dueAt: due, at: Math.max(due, notBefore(incident.build) ?? due) };
}

/** A place that cannot be written for so long will not be: the next build tries again. */
const ATTACH_WITHIN = 3 * MICROS_PER_DAY;

/** What the last build made is attached once, however many places there are: a place that has it already is left alone. */
function attachOf(incident: WatchedIncident): Work | null {
  const { build, attach } = incident;
  if (build.doneAt === null || (attach.doneAt ?? -Infinity) >= build.doneAt) return null;
  if (attach.failures > 0 && attach.triedAt !== null && attach.triedAt - build.doneAt > ATTACH_WITHIN) return null;
  return { kind: "attach", incident, dueAt: build.doneAt, at: Math.max(build.doneAt, notBefore(attach) ?? build.doneAt) };
}
