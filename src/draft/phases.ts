import { phaseAt, type Phase, type PhaseBorders } from "../contract/draft.js";
import type { EpochMicros } from "../kit/instant.js";
import type { Candidate } from "./candidate.js";
import type { Milestones } from "./milestones.js";
import { AT_WORK, type PhasePoints, phasePointsIn } from "./phase-signs.js";
import type { Scene } from "./scene.js";

export interface Phases {
  readonly borders: PhaseBorders;
  readonly phaseOf: (at: EpochMicros) => Phase;
  /** Borders that were not found, and what stands for them. */
  readonly notes: readonly string[];
}

/** Another phase must be worth so much more than staying: steps that take turns every minute read badly and are mostly mistaken. */
const MOVES_ON = 1;
const FALLS_BACK = 2;

/**
 * before < impact start <= detection < acknowledged <= diagnosis, mitigation and recovery, taking turns <= resolved < after.
 * What leads to which of these is told by the entries of the `story`, in total order: the course is taken that agrees best with
 * what each of them is, and that changes seldom. A story that falls back into an earlier phase is told so.
 */
export function phasesOf(scene: Scene, milestones: Milestones, story: readonly Candidate[]): Phases {
  const { from, acknowledged, until, notes } = bordersOf(scene, milestones);
  const steps = story.filter(({ entry }) => entry.at >= acknowledged && entry.at < until);
  const course = likeliestCourse(steps.map(phasePointsIn(scene, milestones)), "diagnosis");
  const borders: { phase: Phase; from: EpochMicros }[] = [{ phase: "detection", from }];
  steps.forEach(({ entry }, index) => {
    const phase = AT_WORK[course[index]!]!;
    // Instants that are shared have one phase: the first.
    if (borders.at(-1)!.phase !== phase && borders.at(-1)!.from < entry.at) borders.push({ phase, from: entry.at });
  });
  borders.push({ phase: "after", from: Math.max(until, borders.at(-1)!.from) });
  return { notes, borders, phaseOf: (at) => phaseAt(at, borders) };
}

/** The outer borders, and what stands for one that was not found. The message that ends it is the last of the incident. */
function bordersOf(scene: Scene, { named }: Milestones) {
  const notes: string[] = [];
  const instantOf = (name: "impactStart" | "acknowledged" | "resolved", words: string, instead: string): EpochMicros | null => {
    const { state, at } = named[name];
    if (state === "found" && at !== null) return at;
    notes.push(`The border "${words}" was not found in order; "${instead}" stands for it.`);
    return null;
  };
  const from = instantOf("impactStart", "impact start", "reported start") ?? scene.start;
  const acknowledged = instantOf("acknowledged", "acknowledged", "impact start") ?? from;
  const resolved = instantOf("resolved", "resolved", "reported end");
  const until = resolved === null ? scene.end : resolved + (named.resolved.entries.length > 0 ? 1 : 0);
  return { from, acknowledged, until: Math.max(from, until), notes };
}

/** Indexes of `AT_WORK`, one for each step: the row of phases whose points, less what the changes cost, are the most. */
function likeliestCourse(steps: readonly PhasePoints[], first: (typeof AT_WORK)[number]): number[] {
  const cameFrom: number[][] = [];
  let best: number[] = AT_WORK.map((phase) => (phase === first ? 0 : -Infinity));
  steps.forEach((points, step) => {
    const from = AT_WORK.map((_, phase) => (step === 0 ? phase : bestBefore(best, phase)));
    cameFrom.push(from);
    best = from.map((before, phase) => best[before]! - cost(before, phase) + points[phase]!);
  });
  let phase = best.indexOf(Math.max(...best));
  const course: number[] = [];
  for (const from of cameFrom.toReversed()) {
    course.unshift(phase);
    phase = from[phase]!;
  }
  return course;
}

function bestBefore(best: readonly number[], phase: number): number {
  const worth = best.map((sum, before) => sum - cost(before, phase));
  return worth.indexOf(Math.max(...worth));
}

function cost(before: number, phase: number): number {
  return phase === before ? 0 : phase > before ? MOVES_ON : FALLS_BACK;
}
