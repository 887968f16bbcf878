import type { Draft } from "../contract/draft.js";
import type { Change, Item } from "../contract/item.js";
import { type EpochMicros, MICROS_PER_MINUTE } from "../kit/instant.js";
import type { Candidate } from "./candidate.js";
import { isResponder, type Scene } from "./scene.js";

/** A change as the rules look at it: what of it is on the timeline, and who spoke of it. */
export interface ChangeFacts {
  readonly change: Change;
  readonly members: readonly Candidate[];
  /** Its last act at or before the impact start: put into use, else merged. null: it came after. */
  readonly lastActBefore: Candidate | null;
  readonly beforeImpactMicros: number | null;
  /** How often it is named in conversation; by those at work in the incident channel it counts in full, by others half. */
  readonly named: number;
  /** How much it speaks of what the incident is about, 0 to 1: the act of it that does most. */
  readonly topic: number;
  readonly isReverted: boolean;
}

/** Changes with something on the timeline, in order of their first entry. */
export function changeFacts(changes: readonly Change[], scene: Scene, impact: EpochMicros): ChangeFacts[] {
  const members = new Map<string, Candidate[]>(changes.map((change) => [change.id, []]));
  for (const candidate of scene.candidates) if (candidate.entry.group !== null) members.get(candidate.entry.group)?.push(candidate);
  const named = namedIn(scene);
  return changes
    .map((change) => describe(change, members.get(change.id)!, named.get(change.id) ?? 0, scene, impact))
    .filter((facts) => facts.members.length > 0);
}

/** A change for the list: neutral, with its distance. */
export function toDraftChange({ change, members, beforeImpactMicros }: ChangeFacts, score: number): Draft["changes"][number] {
  return { ...change, entries: members.map((each) => each.entry.id), score, beforeImpactMicros };
}

function describe(change: Change, members: readonly Candidate[], named: number, scene: Scene, impact: EpochMicros): ChangeFacts {
  const late = lateRun(members);
  const acts = members.filter((each) => each.item !== null && (isAct(each.item) || each === late));
  const before = acts.filter((each) => each.entry.at <= impact && !isRevert(each.item));
  const lastActBefore = before.findLast((each) => each.item?.signals.deploys === true) ?? before.at(-1) ?? null;
  const first = acts[0] ?? members[0];
  const nearest = lastActBefore ?? first;
  return {
    change,
    members,
    lastActBefore,
    beforeImpactMicros: nearest === undefined ? null : impact - actedAt(nearest, impact),
    named,
    topic: members.reduce((most, each) => Math.max(most, scene.topicOf(each)), 0),
    isReverted: change.revertedBy.length > 0,
  };
}

/** A deployment that lasts acts at its end, if that still lies before the impact. */
function actedAt({ entry }: Candidate, impact: EpochMicros): EpochMicros {
  return entry.endedAt !== null && entry.endedAt <= impact ? entry.endedAt : entry.at;
}

const AT_ONCE = 15 * MICROS_PER_MINUTE;

/** Checks run when something is merged. What somebody starts later, and not as a repetition, may put it into use. */
function lateRun(members: readonly Candidate[]): Candidate | undefined {
  const merged = members.find((each) => each.item !== null && isAct(each.item))?.entry.at;
  if (merged === undefined) return undefined;
  const seen = new Set<string>();
  return members.find(({ entry, item }) => {
    const run = item?.refs.find((ref) => ref.type === "run" && ref.relation === "is")?.id;
    if (run === undefined || seen.has(run)) return false;
    seen.add(run);
    return entry.at - merged > AT_ONCE && item?.signals.automated !== true && item?.signals.outcome === "success";
  });
}

function isAct(item: Item): boolean {
  return item.signals.deploys === true || !item.refs.some((ref) => ref.type === "run" && ref.relation === "is");
}

export function isRevert(item: Item | null): boolean {
  return item?.refs.some((ref) => ref.relation === "reverts") ?? false;
}

function namedIn(scene: Scene): Map<string, number> {
  const named = new Map<string, number>();
  for (const { item, entry } of scene.candidates) {
    if (entry.category !== "conversation" || item === null || item.person === null || item.signals.automated === true) continue;
    const counts = isResponder(scene, item.person) ? 1 : 0.5;
    for (const change of item.mentions) named.set(change, (named.get(change) ?? 0) + counts);
  }
  return named;
}
