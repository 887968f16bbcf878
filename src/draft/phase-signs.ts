import type { MilestoneName } from "../contract/draft.js";
import { type EpochMicros, MICROS_PER_MINUTE } from "../kit/instant.js";
import type { Candidate } from "./candidate.js";
import type { Milestones } from "./milestones.js";
import { isResponder, type Scene } from "./scene.js";
import { type Act, actsOf, isQuestion } from "./speech.js";

/** The phases between the impact start and the end of the incident: what is done in them takes turns. */
export const AT_WORK = ["detection", "diagnosis", "mitigation", "recovery"] as const;
/** To each of `AT_WORK` its log odds, up to a constant. */
export type PhasePoints = readonly [detection: number, diagnosis: number, mitigation: number, recovery: number];

/** An entry as it stands in the course of the incident. */
interface Step {
  readonly candidate: Candidate;
  readonly acts: ReadonlySet<Act>;
  readonly isMessage: boolean;
  readonly isInChannel: boolean;
  readonly isByResponder: boolean;
  readonly marks: Marks;
}

/** The instants that a step is seen against. */
interface Marks {
  readonly recovered: EpochMicros;
  readonly resolved: EpochMicros;
  /** When the signs of the beginning were over, one after the other. */
  readonly ends: readonly EpochMicros[];
  /** When responders spoke in the incident's channel, from its beginning to its end. */
  readonly spoken: readonly EpochMicros[];
}

interface PhaseSign {
  readonly points: PhasePoints;
  /** Whether it holds, or how much. */
  readonly holds: (step: Step) => boolean | number;
}

/** Fitted as the signs of highlights are; what is the same for all phases is left out. */
const PHASE_SIGNS: readonly PhaseSign[] = [
  { points: [-5, -3.3, 3.1, 5.2], holds: spokenBefore },
  { points: [-0.1, 1.6, -2.2, 0.7], holds: ({ candidate, marks }) => share(candidate.entry.at, marks.recovered, marks.resolved) },
  { points: [-1.4, 0, -1.4, 2.8], holds: hasJustRecovered },
  { points: [2.6, -1.6, -0.9, -0.2], holds: ({ candidate }) => isTransition(candidate, ["triggered", "warned"]) },
  { points: [-0.4, -0.9, -1.2, 2.5], holds: ({ candidate }) => isTransition(candidate, ["recovered"]) },
  { points: [-0.6, -0.8, 2.6, -1.3], holds: ({ candidate }) => candidate.entry.category === "change" },
  { points: [-0.1, 0.9, 0.3, -1.1], holds: ({ isByResponder }) => isByResponder },
  { points: [-1.4, 2.6, -1.1, -0.1], holds: ({ isMessage, candidate }) => isMessage && isQuestion(candidate.plain) },
  { points: [-2.9, 0.6, 0.1, 2.1], holds: ({ candidate }) => Math.min(1, Math.log2(1 + (candidate.item?.signals.reactions ?? 0)) / 3) },
  { points: [-1.1, 0.8, 2.4, -2.1], holds: ({ acts }) => acts.has("action") },
  { points: [-1, 0.9, 1.4, -1.3], holds: ({ acts }) => acts.has("decision") },
  { points: [-0.3, 4.1, -2, -1.8], holds: ({ acts }) => acts.has("finding") },
  { points: [-1.7, 2.2, 0.6, -1.1], holds: ({ acts }) => acts.has("status") },
  { points: [-1.1, -1.9, 1.8, 1.2], holds: ({ acts }) => acts.has("recovery") },
];
const BASE: PhasePoints = [1.3, 1.3, -0.1, -2.5];

/** What each entry's own signs say of its phase, between the impact start and the end. */
export function phasePointsIn(scene: Scene, milestones: Milestones): (candidate: Candidate) => PhasePoints {
  const marks = marksOf(scene, milestones);
  return (candidate) => pointsOf(stepOf(candidate, scene, marks));
}

function stepOf(candidate: Candidate, scene: Scene, marks: Marks): Step {
  const isMessage = candidate.entry.category === "conversation";
  return {
    candidate,
    acts: isMessage ? actsOf(candidate.plain) : new Set(),
    isMessage,
    isInChannel: candidate.item?.signals.incidentChannel === true,
    isByResponder: isMessage && isResponder(scene, candidate.item?.person ?? null),
    marks,
  };
}

function pointsOf(step: Step): PhasePoints {
  const sum: [number, number, number, number] = [...BASE];
  for (const { points, holds } of PHASE_SIGNS) {
    const much = Number(holds(step));
    if (much !== 0) points.forEach((each, index) => (sum[index]! += each * much));
  }
  return sum;
}

function marksOf(scene: Scene, { named, ends }: Milestones): Marks {
  const foundAt = (name: MilestoneName): EpochMicros | null => (named[name].state === "found" ? named[name].at : null);
  const declared = foundAt("declared") ?? foundAt("acknowledged") ?? foundAt("impactStart") ?? scene.start;
  const resolved = foundAt("resolved") ?? scene.end;
  const spoken = scene.channel
    .filter(({ item, entry }) => isResponder(scene, item?.person ?? null) && entry.at >= declared && entry.at <= resolved)
    .map(({ entry }) => entry.at);
  return { recovered: foundAt("recovered") ?? scene.end, resolved, ends, spoken };
}

/** How much of what responders said came before it: work takes as long as it takes, and what is said follows it. */
function spokenBefore({ candidate, marks: { spoken } }: Step): number {
  return spoken.filter((at) => at < candidate.entry.at).length / Math.max(1, spoken.length);
}

function share(at: EpochMicros, from: EpochMicros, until: EpochMicros): number {
  return Math.max(0, Math.min(1, (at - from) / Math.max(MICROS_PER_MINUTE, until - from)));
}

function hasJustRecovered({ candidate: { entry }, isMessage, isInChannel, marks }: Step): boolean {
  return isMessage && isInChannel && marks.ends.some((end) => end <= entry.at && end > entry.at - 5 * MICROS_PER_MINUTE);
}

function isTransition({ item }: Candidate, wanted: readonly string[]): boolean {
  return item?.signals.transition !== undefined && wanted.includes(item.signals.transition);
}
