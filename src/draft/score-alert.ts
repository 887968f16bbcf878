import { formatDuration } from "../kit/duration.js";
import { type EpochMicros, MICROS_PER_HOUR, MICROS_PER_MINUTE } from "../kit/instant.js";
import { type Candidate, isBetween } from "./candidate.js";
import { monitorKey, type Scene } from "./scene.js";
import { isElsewhere } from "./speech.js";
import { Tally } from "./tally.js";

/** The first time that a quiet monitor fires near the beginning, and when it is over, tell most. */
export function scoreAlert(candidate: Candidate, scene: Scene, impact: EpochMicros): Tally {
  const tally = new Tally();
  const { item, entry, plain } = candidate;
  const about = scene.topicOf(candidate);
  tally.add(0.15 * about, about > 0.5 ? "speaks of what the incident channel speaks of" : undefined);
  if (isElsewhere(plain)) return tally.add(-0.1);
  const transition = item?.signals.transition;
  const monitor = scene.monitors.get(monitorKey(candidate));
  if (transition === undefined || monitor === undefined) return tally.add(isDuring(entry.at, scene, impact) ? 0.15 : 0.05);
  const restless = firstFrom(monitor.triggered, impact - 10 * MICROS_PER_MINUTE);
  if (transition === "recovered") return scoreRecovery(tally, candidate, monitor.firedBefore.get(candidate), impact, restless);
  const isFirst = monitor.triggered[restless] === candidate;
  const distance = entry.at - impact;
  const near = isFirst && isBetween(candidate, impact - 10 * MICROS_PER_MINUTE, impact + 30 * MICROS_PER_MINUTE);
  if (near && restless === 0) tally.add(0.26 + 0.3 * Math.min(1, 2 * about), `first alert of its monitor, ${fromImpact(distance)}`);
  else if (isFirst && isDuring(entry.at, scene, impact)) tally.add(0.25 / (1 + restless), "first alert of its monitor in the incident");
  else tally.add(0.05);
  if (item?.signals.severity === "critical") tally.add(0.05, "critical");
  return tally;
}

function scoreRecovery(tally: Tally, candidate: Candidate, fired: Candidate | undefined, impact: EpochMicros, restless: number): Tally {
  const { at } = candidate.entry;
  if (fired === undefined || restless > 0) return tally.add(0.05);
  const nearImpact = isBetween(fired, impact - 10 * MICROS_PER_MINUTE, impact + 30 * MICROS_PER_MINUTE);
  const lasted = at - fired.entry.at;
  if (nearImpact && lasted >= 5 * MICROS_PER_MINUTE) return tally.add(0.42, `back to usual after ${formatDuration(lasted)}`);
  return tally.add(lasted >= MICROS_PER_HOUR && at > impact ? 0.3 : 0.08);
}

/** How many lie before the instant: the place of the first that does not. In order, so halving finds it. */
function firstFrom(candidates: readonly Candidate[], at: EpochMicros): number {
  let low = 0;
  let high = candidates.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (candidates[middle]!.entry.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function fromImpact(distance: number): string {
  if (distance === 0) return "at the impact start";
  return `${formatDuration(distance)} ${distance < 0 ? "before" : "after"} the impact start`;
}

function isDuring(at: EpochMicros, scene: Scene, impact: EpochMicros): boolean {
  return at >= impact - 10 * MICROS_PER_MINUTE && at <= scene.end + 10 * MICROS_PER_MINUTE;
}

/** An unusual metric: how unusual, how near to the beginning. */
export function scoreAnomaly(candidate: Candidate, scene: Scene, impact: EpochMicros): Tally {
  const tally = new Tally();
  const { entry, anomaly } = candidate;
  if (anomaly === null) return tally;
  const distance = entry.at - impact;
  const about = scene.topicOf(candidate);
  tally.add(0.15 * about, about > 0.5 ? "a metric that the incident channel speaks of" : undefined);
  if (isBetween(candidate, impact - 10 * MICROS_PER_MINUTE, impact + 15 * MICROS_PER_MINUTE)) {
    return tally.add(0.3 + 0.35 * anomaly.score, `left its usual values ${fromImpact(distance)}`);
  }
  if (isDuring(entry.at, scene, impact)) return tally.add(0.05 + 0.2 * anomaly.score, "left its usual values during the incident");
  return tally.add(0.1 * anomaly.score);
}
