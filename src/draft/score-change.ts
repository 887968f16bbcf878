import { formatDuration } from "../kit/duration.js";
import { type EpochMicros, MICROS_PER_HOUR, MICROS_PER_MINUTE } from "../kit/instant.js";
import type { Candidate } from "./candidate.js";
import { type ChangeFacts, isRevert } from "./changes.js";
import { isElsewhere } from "./speech.js";
import type { Scene } from "./scene.js";
import { Tally } from "./tally.js";

export interface ChangeScore {
  /** Of the change as a whole, and of its acts before the impact. */
  readonly whole: Tally;
  /** Of its acts after the impact: nearness and a later revert say nothing of them. */
  readonly spokenOf: Tally;
}

/** How much attention a change suggests: near, put into use, spoken of, undone. It ranks and claims no cause. */
export function scoreChange(facts: ChangeFacts, scene: Scene): ChangeScore {
  const spokenOf = scoreSpokenOf(facts, scene);
  const tally = new Tally().include(spokenOf);
  const distance = facts.lastActBefore === null ? null : facts.beforeImpactMicros;
  if (distance !== null) {
    const isDeploy = isRunOrDeploy(facts.lastActBefore!);
    const near = isDeploy ? 0.5 * Math.exp(-distance / (30 * MICROS_PER_MINUTE)) : 0.25 * Math.exp(-distance / (3 * MICROS_PER_HOUR));
    const what = isDeploy ? "put into use" : "last act";
    const used = isDeploy && isElsewhere(facts.lastActBefore!.plain) ? near / 4 : near;
    tally.add(0.05 + used, used > 0.05 ? `${what} ${distanceBefore(distance)}` : undefined);
  }
  if (facts.isReverted) tally.add(0.35, "undone later");
  return { whole: tally, spokenOf };
}

function scoreSpokenOf(facts: ChangeFacts, scene: Scene): Tally {
  const tally = new Tally();
  if (facts.namedInChannel > 0) tally.add(0.3 + 0.05 * Math.min(3, facts.namedInChannel - 1), "named in the incident channel");
  const about = facts.members.reduce((most, each) => Math.max(most, scene.topicOf(each)), 0);
  tally.add(0.25 * about, about > 0.5 ? "speaks of what the incident channel speaks of" : undefined);
  if (facts.members.every((each) => isElsewhere(each.plain))) tally.add(-0.2);
  return tally;
}

function distanceBefore(distance: number): string {
  return distance === 0 ? "at the impact start" : `${formatDuration(distance)} before the impact start`;
}

function isRunOrDeploy({ item }: Candidate): boolean {
  return item?.signals.deploys === true || (item?.refs.some((ref) => ref.type === "run" && ref.relation === "is") ?? false);
}

/** One act of a change. Checks that passed say little, whatever their change. */
export function scoreAct(candidate: Candidate, change: ChangeScore, facts: ChangeFacts, scene: Scene, impact: EpochMicros): Tally {
  const { item, entry } = candidate;
  const tally = new Tally();
  const failed = item?.signals.outcome === "failure";
  if (item === null || !isMain(candidate, facts)) return tally.add(Math.min(0.2, change.whole.score * 0.2)).add(failed ? 0.1 : 0, "failed");
  tally.include(entry.at <= impact && !isRevert(item) ? change.whole : change.spokenOf);
  const during = entry.at > impact && entry.at <= scene.end + MICROS_PER_HOUR;
  if (isRevert(item)) tally.add(0.3, "undoes another change");
  if (during && item.signals.deploys === true) tally.add(0.05, "put into use during the incident");
  if (failed) tally.add(0.05, "failed");
  return tally;
}

/** What was merged and what put it into use, successfully or not; of several deployments the last before the impact. */
function isMain({ item, entry }: Candidate, facts: ChangeFacts): boolean {
  const isPull = item?.refs.some((ref) => ref.type === "pull" && ref.relation === "is") ?? false;
  return isPull || entry.id === facts.lastActBefore?.entry.id || item?.signals.deploys === true;
}
