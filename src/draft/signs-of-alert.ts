import { formatDuration } from "../kit/duration.js";
import { type EpochMicros, MICROS_PER_MINUTE } from "../kit/instant.js";
import { type Candidate, isBetween } from "./candidate.js";
import { isOpenAt, type Monitor, monitorKey, type Scene } from "./scene.js";
import { type Sign, weigh, type Weighed } from "./signs.js";
import { isElsewhere } from "./speech.js";

/** When the impact began, and when most of its signs were over. */
export interface Course {
  readonly impact: EpochMicros;
  readonly recovered: EpochMicros;
}

interface Alert {
  readonly candidate: Candidate;
  readonly scene: Scene;
  readonly monitor: Monitor;
  readonly course: Course;
  /** What it tells of: itself, or what a recovery ends. */
  readonly fired: Candidate;
  readonly isNearImpact: boolean;
  /** How much of the impact it lasted: 0 to 1. */
  readonly lasted: number;
  readonly overAt: EpochMicros | null;
}

const SIGNS_OF_ALERT: readonly Sign<Alert>[] = [
  {
    weight: 1,
    holds: ({ isNearImpact }) => isNearImpact,
    why: ({ fired, course }) => `fired ${fromImpact(fired.entry.at - course.impact)}`,
  },
  { weight: 1.2, holds: ({ lasted }) => lasted, why: "lasted about as long as the impact" },
  { weight: 1.3, holds: ({ isNearImpact, lasted }) => (isNearImpact ? lasted : 0) },
  { weight: 1, holds: ({ candidate, scene }) => scene.topicOf(candidate), why: "speaks of what the incident is about" },
  { weight: 1.6, holds: hasOwnWords, why: "an alert like no other" },
  { weight: 2, holds: wasOpen, why: "was still firing when the impact began" },
  { weight: 1, holds: wasQuiet, why: "its monitor was quiet before" },
  { weight: 0.5, holds: ({ overAt, course }) => overAt !== null && Math.abs(overAt - course.recovered) < 20 * MICROS_PER_MINUTE },
  { weight: 0.3, holds: ({ candidate }) => candidate.item?.signals.severity === "critical" },
  { weight: -0.4, holds: ({ candidate }) => candidate.item?.signals.transition === "warned" },
  { weight: -0.5, holds: ({ monitor }) => monitor.isElsewhere },
];
const ALERT = -5.8;

/** What is no change of a monitor's state: somebody or something posted it. */
const SIGNS_OF_POST: readonly Sign<Omit<Alert, "monitor" | "fired" | "lasted" | "overAt" | "isNearImpact">>[] = [
  { weight: 0.7, holds: ({ candidate, scene }) => scene.topicOf(candidate), why: "speaks of what the incident is about" },
  {
    weight: 0.9,
    holds: ({ candidate, course }) => isBetween(candidate, course.impact - 15 * MICROS_PER_MINUTE, course.impact),
    why: ({ candidate, course }) => fromImpact(candidate.entry.at - course.impact),
  },
  { weight: 0.7, holds: ({ candidate, scene }) => Math.min(1, scene.words.rare(candidate) / 2), why: "an event like no other" },
  { weight: -0.1, holds: ({ candidate }) => isElsewhere(candidate.plain) },
];
const POST = -3.6;

/** How likely an alert, its end, or a posted event belongs to the story. */
export function scoreAlert(candidate: Candidate, scene: Scene, course: Course): Weighed {
  const monitor = scene.monitors.get(monitorKey(candidate));
  const transition = candidate.item?.signals.transition;
  if (transition === undefined || monitor === undefined) return weigh({ candidate, scene, course }, POST, SIGNS_OF_POST);
  return weigh(describe(candidate, scene, course, monitor), ALERT, SIGNS_OF_ALERT);
}

function describe(candidate: Candidate, scene: Scene, course: Course, monitor: Monitor): Alert {
  const isEnd = candidate.item?.signals.transition === "recovered";
  const fired = isEnd ? (monitor.firedBefore.get(candidate) ?? candidate) : candidate;
  const over = isEnd ? candidate : monitor.recovered.find((each) => each.entry.at > candidate.entry.at);
  const overAt = over?.entry.at ?? null;
  const isNearImpact = isBetween(fired, course.impact - 10 * MICROS_PER_MINUTE, course.impact + 40 * MICROS_PER_MINUTE);
  return { candidate, scene, monitor, course, fired, isNearImpact, overAt, lasted: lastedOf(fired.entry.at, overAt, course) };
}

/** 1: most of the impact, at least ten minutes. Of one that nobody saw end, half. */
export function lastedOf(from: EpochMicros, until: EpochMicros | null, { impact, recovered }: Course): number {
  if (until === null) return 0.5;
  return Math.min(1, Math.max(0, (until - from) / Math.max(10 * MICROS_PER_MINUTE, 0.6 * (recovered - impact))));
}

/** A word that only alerts of this monitor use: one of a long row of look-alikes has none. */
function hasOwnWords({ candidate, scene, monitor }: Alert): boolean {
  return scene.words.rare(candidate, 2 * (monitor.triggered.length + monitor.recovered.length)) > 0;
}

function wasOpen({ candidate, fired, monitor, course }: Alert): boolean {
  return candidate.item?.signals.transition !== "recovered" && isOpenAt(course.impact, monitor) && fired === monitor.triggered[0];
}

function wasQuiet({ monitor, course }: Alert): boolean {
  const first = monitor.triggered[0];
  return first === undefined || first.entry.at >= course.impact - 10 * MICROS_PER_MINUTE;
}

export function fromImpact(distance: number): string {
  if (distance === 0) return "at the impact start";
  return `${formatDuration(Math.abs(distance))} ${distance < 0 ? "before" : "after"} the impact start`;
}
