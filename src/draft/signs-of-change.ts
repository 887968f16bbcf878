import type { Item } from "../contract/item.js";
import { formatDuration } from "../kit/duration.js";
import { type EpochMicros, MICROS_PER_HOUR, MICROS_PER_MINUTE } from "../kit/instant.js";
import type { Candidate } from "./candidate.js";
import { type ChangeFacts, isRevert } from "./changes.js";
import type { Scene } from "./scene.js";
import { rounded, type Sign, weigh, type Weighed } from "./signs.js";
import { isElsewhere } from "./speech.js";

interface Act {
  readonly candidate: Candidate;
  readonly item: Item;
  readonly facts: ChangeFacts;
  readonly isDuring: boolean;
  /** From it to the impact start; null: it came after. */
  readonly distance: number | null;
}

const SIGNS_OF_CHANGE: readonly Sign<Act>[] = [
  { weight: 2.3, holds: ({ facts }) => Math.min(1, facts.named), why: "named in the conversation" },
  { weight: 1, holds: ({ facts }) => facts.topic, why: "speaks of what the incident is about" },
  { weight: 0.7, holds: ({ facts, isDuring }) => (isDuring ? facts.topic : 0) },
  { weight: 0.6, holds: ({ distance }) => near(distance, 30), why: ({ distance }) => before(distance) },
  { weight: 0.5, holds: ({ distance, facts }) => (isDeploy(facts.lastActBefore) ? near(distance, 30) : 0), why: "put into use" },
  { weight: 0.2, holds: ({ distance }) => near(distance, 180) },
  { weight: 1.5, holds: ({ facts }) => facts.isReverted, why: "undone later" },
  { weight: 2, holds: ({ item, isDuring }) => isDuring && isRevert(item), why: "undoes another change" },
  { weight: -0.1, holds: ({ facts }) => facts.members.every((each) => isElsewhere(each.plain)) },
];
const CHANGE = -4.6;

/** How likely one act of a change belongs to the story. It ranks, and claims no cause. Checks say little, whatever their change. */
export function scoreAct(candidate: Candidate, facts: ChangeFacts, scene: Scene, impact: EpochMicros): Weighed {
  const { item, entry } = candidate;
  if (item === null) return { score: 0, because: [] };
  const isBefore = entry.at <= impact && !isRevert(item);
  const act: Act = {
    candidate,
    item,
    facts,
    isDuring: entry.at > impact && entry.at <= scene.end + MICROS_PER_HOUR,
    distance: isBefore ? facts.beforeImpactMicros : null,
  };
  const weighed = weigh(act, CHANGE, SIGNS_OF_CHANGE);
  return isMain(candidate, facts) ? weighed : { score: rounded(0.2 * weighed.score), because: [] };
}

/** What was merged and what put it into use, successfully or not; of several runs the last before the impact. */
function isMain({ item, entry }: Candidate, facts: ChangeFacts): boolean {
  const isRun = item?.refs.some((ref) => ref.type === "run" && ref.relation === "is") ?? false;
  return !isRun || entry.id === facts.lastActBefore?.entry.id || item?.signals.deploys === true;
}

function near(distance: number | null, minutes: number): number {
  return distance === null || distance < 0 ? 0 : Math.exp(-distance / (minutes * MICROS_PER_MINUTE));
}

function isDeploy(act: Candidate | null): boolean {
  return act?.item?.signals.deploys === true;
}

function before(distance: number | null): string {
  return distance === null || distance === 0 ? "at the impact start" : `${formatDuration(distance)} before the impact start`;
}
