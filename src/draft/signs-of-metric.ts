import type { Anomaly } from "../contract/detect.js";
import { MICROS_PER_MINUTE } from "../kit/instant.js";
import { type Candidate, isBetween } from "./candidate.js";
import type { Scene } from "./scene.js";
import { type Sign, weigh, type Weighed } from "./signs.js";
import { type Course, fromImpact, lastedOf } from "./signs-of-alert.js";

interface Metric {
  readonly candidate: Candidate;
  readonly anomaly: Anomaly;
  readonly scene: Scene;
  readonly course: Course;
  readonly isNearImpact: boolean;
  readonly lasted: number;
}

const SIGNS_OF_METRIC: readonly Sign<Metric>[] = [
  {
    weight: 1.3,
    holds: ({ isNearImpact }) => isNearImpact,
    why: ({ candidate, course }) => `left its usual values ${fromImpact(candidate.entry.at - course.impact)}`,
  },
  { weight: 1.1, holds: ({ lasted }) => lasted, why: "lasted about as long as the impact" },
  { weight: 1.4, holds: ({ isNearImpact, lasted }) => (isNearImpact ? lasted : 0) },
  { weight: 1.4, holds: timesUsual, why: ({ anomaly }) => `${Math.round(anomaly.factor ?? 0)} times its usual value` },
  { weight: 0.2, holds: ({ candidate, scene }) => scene.topicOf(candidate), why: "a metric that the incident speaks of" },
];
const METRIC = -3;

/** How likely an unusual metric belongs to the story: when it began, how long, how far. */
export function scoreMetric(candidate: Candidate, anomaly: Anomaly, scene: Scene, course: Course): Weighed {
  const isNearImpact = isBetween(candidate, course.impact - 10 * MICROS_PER_MINUTE, course.impact + 20 * MICROS_PER_MINUTE);
  const until = candidate.entry.endedAt ?? Infinity;
  const lasted = lastedOf(candidate.entry.at, until, course);
  return weigh({ candidate, anomaly, scene, course, isNearImpact, lasted }, METRIC, SIGNS_OF_METRIC);
}

/** 32 times is as good as more. */
function timesUsual({ anomaly }: Metric): number {
  return Math.min(1, Math.log2(Math.max(1, anomaly.factor ?? 1)) / 5);
}
