import type { Item } from "../contract/item.js";
import { type EpochMicros, MICROS_PER_HOUR, MICROS_PER_MINUTE } from "../kit/instant.js";
import { type Candidate, isBetween } from "./candidate.js";
import { isElsewhere } from "./speech.js";
import type { WordUse } from "./word-use.js";

/** One monitor's changes of state, in order. */
export interface Monitor {
  readonly triggered: readonly Candidate[];
  readonly recovered: readonly Candidate[];
  /** To each recovery what fired last before it. */
  readonly firedBefore: ReadonlyMap<Candidate, Candidate>;
  /** It speaks of an environment that customers do not use. */
  readonly isElsewhere: boolean;
}

/** The incident as the rules look at it: what is said to have been its time, and who and what took part. */
export interface Scene {
  readonly start: EpochMicros;
  /** The reported end; of an open incident the end of the window. */
  readonly end: EpochMicros;
  readonly candidates: readonly Candidate[];
  /** Conversation in the incident's own channel, without housekeeping. */
  readonly channel: readonly Candidate[];
  /** How often each person spoke in the incident's channel, against those who spoke most: 0 to 1. */
  readonly standing: ReadonlyMap<string, number>;
  readonly monitors: ReadonlyMap<string, Monitor>;
  /** Which words the evidence uses, and how often. */
  readonly words: WordUse;
  /** How much an entry speaks of what this incident is about, 0 to 1. */
  readonly topicOf: (candidate: Candidate) => number;
  /** Messages in much the same words as others. */
  readonly formulas: ReadonlySet<Candidate>;
}

/** A scene whose topic is still to be found: what finding it looks at. */
export type Setting = Omit<Scene, "words" | "topicOf" | "formulas">;

/** `candidates` in total order. */
export function settingOf(candidates: readonly Candidate[], start: EpochMicros, end: EpochMicros): Setting {
  const channel = candidates.filter(
    ({ item, entry }) => item?.signals.incidentChannel === true && entry.category === "conversation" && isSaid(item),
  );
  return { start, end, candidates, channel, standing: standingOf(channel), monitors: monitorsOf(candidates) };
}

/** Measured by the second busiest, since one may outtalk everybody. */
function standingOf(channel: readonly Candidate[]): Map<string, number> {
  const spoke = new Map<string, number>();
  for (const { item } of channel) if (item?.person) spoke.set(item.person, (spoke.get(item.person) ?? 0) + 1);
  const [first = 1, second = first] = [...spoke.values()].sort((a, b) => b - a);
  // Who said one word and left was not at work, however quiet the channel.
  return new Map([...spoke].map(([person, count]) => [person, count < 2 ? 0 : Math.min(1, count / second)]));
}

/** Not housekeeping and still there. */
export function isSaid(item: Item): boolean {
  return item.signals.routine !== true && !item.deleted;
}

/** Bystanders say a word or two; those at work say at least a quarter of what the busiest do. */
const AT_WORK = 0.25;

export function isResponder({ standing }: Pick<Scene, "standing">, person: string | null): boolean {
  return person !== null && (standing.get(person) ?? 0) >= AT_WORK;
}

export function monitorKey(candidate: Candidate): string {
  const ref = candidate.item?.refs.find((each) => each.type === "monitor");
  return ref?.id ?? candidate.plain.slice(0, 200);
}

/** Long enough that nobody calls it the same occurrence. */
const QUIET_BEFORE = 2 * MICROS_PER_HOUR;

/**
 * Alerts that belong to the beginning: of monitors that were quiet before it, in surroundings that customers use.
 * A monitor that flaps all day says little about this hour.
 */
export function alertsAround(scene: Setting, from: EpochMicros, until: EpochMicros): Candidate[] {
  const found: Candidate[] = [];
  for (const monitor of scene.monitors.values()) {
    const first = monitor.triggered.find((each) => isBetween(each, from, until));
    if (first === undefined || monitor.isElsewhere) continue;
    const flapped = monitor.triggered.some((each) => isBetween(each, first.entry.at - QUIET_BEFORE, from - 1));
    if (!flapped) found.push(first);
  }
  return found.sort((a, b) => a.entry.at - b.entry.at);
}

/** An alert that soon before is one of the outbreak itself. */
const OUTBREAK = 10 * MICROS_PER_MINUTE;

/** It began to fire before, and went on. One that had fired already and was over is somebody else's, or flaps. */
export function isOpenAt(impact: EpochMicros, { triggered: [first], recovered }: Monitor): boolean {
  if (first === undefined || first.entry.at >= impact - OUTBREAK) return false;
  const over = recovered.find((each) => each.entry.at > first.entry.at);
  return over === undefined || over.entry.at > impact;
}

export function anomaliesAround(scene: Setting, from: EpochMicros, until: EpochMicros, minScore: number): Candidate[] {
  return scene.candidates.filter((each) => each.anomaly !== null && each.anomaly.score >= minScore && isBetween(each, from, until));
}

export const NEAR_START = { before: 30 * MICROS_PER_MINUTE, after: 30 * MICROS_PER_MINUTE };

interface GrowingMonitor extends Monitor {
  readonly triggered: Candidate[];
  readonly recovered: Candidate[];
  readonly firedBefore: Map<Candidate, Candidate>;
}

function monitorsOf(candidates: readonly Candidate[]): Map<string, Monitor> {
  const monitors = new Map<string, GrowingMonitor>();
  for (const candidate of candidates) {
    const transition = candidate.item?.signals.transition;
    if (candidate.entry.category !== "alert" || transition === undefined || candidate.item?.deleted === true) continue;
    const key = monitorKey(candidate);
    let monitor = monitors.get(key);
    if (monitor === undefined) {
      monitor = { triggered: [], recovered: [], firedBefore: new Map(), isElsewhere: isElsewhere(candidate.plain) };
      monitors.set(key, monitor);
    }
    record(monitor, candidate, transition);
  }
  return monitors;
}

function record(monitor: GrowingMonitor, candidate: Candidate, transition: string): void {
  if (transition === "triggered" || transition === "warned" || transition === "no data") monitor.triggered.push(candidate);
  if (transition !== "recovered") return;
  monitor.recovered.push(candidate);
  const fired = monitor.triggered.at(-1);
  if (fired !== undefined) monitor.firedBefore.set(candidate, fired);
}
