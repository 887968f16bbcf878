import type { Milestone } from "../contract/draft.js";
import { type EpochMicros, MICROS_PER_HOUR, MICROS_PER_MINUTE } from "../kit/instant.js";
import type { Candidate } from "./candidate.js";
import { alertsAround, anomaliesAround, isOpenAt, NEAR_START, type Scene } from "./scene.js";

/** Signs within this time tell of one thing. */
const TOGETHER = 5 * MICROS_PER_MINUTE;
/** A beginning is nearly as strong as the strongest five minutes. */
const NEARLY = 0.6;
/** The first sign of it must say something by itself. */
const WEAKEST_FIRST = 0.3;

interface Sign {
  readonly candidate: Candidate;
  readonly strength: number;
}

/**
 * The first sign of the strongest burst near the reported start: metrics that left their usual values and monitors that
 * fired, weighed by how unusual they are and how much they speak of the incident. A lone blip elsewhere does not count.
 */
export function findImpact(scene: Scene): Milestone {
  const from = scene.start - NEAR_START.before;
  const until = Math.min(scene.end, scene.start + NEAR_START.after);
  const found = [...anomaliesAround(scene, from, until, 0.3), ...alertsAround(scene, from, until)];
  const signs = found
    .map((candidate): Sign => ({ candidate, strength: strengthOf(candidate, scene) }))
    .sort((a, b) => a.candidate.entry.at - b.candidate.entry.at || b.strength - a.strength);
  const bursts = burstsFrom(signs);
  const strongest = bursts.reduce((most, each) => Math.max(most, each), 0);
  const first = signs.find((sign, index) => bursts[index]! >= NEARLY * strongest && sign.strength >= WEAKEST_FIRST);
  if (first === undefined) {
    return { state: "found", at: scene.start, entries: [], because: "the reported start: no alert or unusual metric was found near it" };
  }
  const { entry, anomaly } = first.candidate;
  const what = anomaly === null ? "first alert" : "first metric that left its usual values";
  return { state: "found", at: entry.at, entries: [entry.id], because: `${what} of the strongest burst of signs near the reported start` };
}

/** What fired so long before it is another day's. */
const LONGEST_BEFORE = 3 * MICROS_PER_HOUR;

/** When the first critical alert fired that was still firing when it broke out; else the impact itself. */
export function firstSignOf(scene: Scene, impact: EpochMicros): EpochMicros {
  const open = [...scene.monitors.values()]
    .filter((monitor) => !monitor.isElsewhere && isOpenAt(impact, monitor))
    .map(({ triggered }) => triggered[0]!)
    .filter(({ entry, item }) => item?.signals.severity === "critical" && entry.at >= impact - LONGEST_BEFORE);
  return Math.min(impact, ...open.map(({ entry }) => entry.at));
}

function strengthOf(candidate: Candidate, scene: Scene): number {
  const { anomaly, item } = candidate;
  const own = anomaly !== null ? anomaly.score : item?.signals.severity === "critical" ? 0.8 : 0.4;
  return own * (0.2 + 0.8 * scene.topicOf(candidate));
}

/** To each sign the strength of all in the time that begins with it. */
function burstsFrom(signs: readonly Sign[]): number[] {
  const bursts: number[] = [];
  let sum = 0;
  let last = 0;
  signs.forEach((sign, index) => {
    if (index > 0) sum -= signs[index - 1]!.strength;
    for (; last < signs.length && signs[last]!.candidate.entry.at <= sign.candidate.entry.at + TOGETHER; last++)
      sum += signs[last]!.strength;
    bursts.push(sum);
  });
  return bursts;
}
