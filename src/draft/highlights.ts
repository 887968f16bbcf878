import type { MilestoneName } from "../contract/draft.js";
import { MILESTONES } from "../contract/draft.js";
import type { Change } from "../contract/item.js";
import { type EpochMicros, MICROS_PER_HOUR } from "../kit/instant.js";
import { compareText } from "../kit/text.js";
import type { Candidate } from "./candidate.js";
import { type ChangeFacts, changeFacts } from "./changes.js";
import type { Milestones } from "./milestones.js";
import type { Scene } from "./scene.js";
import { type ChangeScore, scoreAct, scoreChange } from "./score-change.js";
import { scoreAlert, scoreAnomaly } from "./score-alert.js";
import { scoreMessage } from "./score-conversation.js";
import { Tally } from "./tally.js";

export interface Judged {
  readonly candidate: Candidate;
  readonly score: number;
  readonly because: readonly string[];
  readonly highlighted: boolean;
  readonly milestone: MilestoneName | null;
}

export interface Judgement {
  /** In the order of the candidates. */
  readonly entries: readonly Judged[];
  readonly changes: readonly { readonly facts: ChangeFacts; readonly score: number }[];
}

export interface HighlightOptions {
  /** How many entries to put forward at the most; what marks a milestone comes on top. */
  readonly most?: number;
}

/** Below this an entry is not put forward, however few there are. */
const THRESHOLD = 0.39;
/** Of one moment a few witnesses are enough. */
const MOST_UNLINKED = 1;
const MOST_OF = { metric: 5, alert: 7, change: 8 } as const;

/** Scores every entry and puts forward the few that tell the story, each with its reasons in words. */
export function judge(scene: Scene, milestones: Milestones, changes: readonly Change[], options: HighlightOptions): Judgement {
  const impact = milestones.named.impactStart.at ?? scene.start;
  const facts = changeFacts(changes, scene, impact);
  const byChange = new Map(facts.map((each) => [each.change.id, { facts: each, scored: scoreChange(each, scene) }]));
  const declared = milestones.named.declared.at;
  const places = milestonePlaces(milestones);
  const scored = scene.candidates.map((candidate): Omit<Judged, "highlighted"> => {
    const tally = tallyOf(candidate, scene, impact, declared, byChange);
    const milestone = places.get(candidate.entry.id) ?? null;
    if (milestone !== null) tally.add(0.25, `taken as: ${inWords(milestone)}`);
    return { candidate, score: tally.score, because: tally.because, milestone };
  });
  const chosen = choose(scored, options.most ?? mostFor(scene.end - scene.start));
  return {
    entries: scored.map((each) => ({ ...each, highlighted: chosen.has(each.candidate.entry.id) })),
    changes: facts.map((each) => ({ facts: each, score: byChange.get(each.change.id)!.scored.whole.score })),
  };
}

function tallyOf(
  candidate: Candidate,
  scene: Scene,
  impact: EpochMicros,
  declared: EpochMicros | null,
  changes: ReadonlyMap<string, { readonly facts: ChangeFacts; readonly scored: ChangeScore }>,
): Tally {
  const { entry, anomaly, item } = candidate;
  if (item !== null && (item.deleted || item.signals.routine === true)) return new Tally();
  if (anomaly !== null) return scoreAnomaly(candidate, scene, impact);
  if (entry.category === "alert") return scoreAlert(candidate, scene, impact);
  if (entry.category === "conversation") return scoreMessage(candidate, scene, impact, declared);
  const change = entry.group === null ? undefined : changes.get(entry.group);
  if (change !== undefined) return scoreAct(candidate, change.scored, change.facts, scene, impact);
  return new Tally().add(item?.signals.outcome === "failure" ? 0.08 : 0.03);
}

/** An hour is told in about forty entries, a day in about fifty. */
export function mostFor(length: number): number {
  return Math.min(52, Math.round(38 + 2.5 * Math.sqrt(Math.max(0, length / MICROS_PER_HOUR))));
}

function choose(scored: readonly Omit<Judged, "highlighted">[], most: number): Set<string> {
  const chosen = new Set(scored.filter((each) => each.milestone !== null).map((each) => each.candidate.entry.id));
  const taken = new Map<string, number>();
  const ranked = scored
    .filter((each) => each.score >= THRESHOLD)
    .sort(
      (a, b) => b.score - a.score || a.candidate.entry.at - b.candidate.entry.at || compareText(a.candidate.entry.id, b.candidate.entry.id),
    );
  const unlinked = new Set<string>();
  for (const { candidate, because } of ranked) {
    const { category, id, group } = candidate.entry;
    const isLinked = because.some((why) => !why.endsWith("the impact start"));
    if (chosen.size >= most && !chosen.has(id)) break;
    const limit = category in MOST_OF ? MOST_OF[category as keyof typeof MOST_OF] : Infinity;
    const count = taken.get(category) ?? 0;
    if (count >= limit) continue;
    // What is only near in time is a guess: a few of these are enough.
    if (category === "change" && !isLinked && group !== null && unlinked.add(group).size > MOST_UNLINKED) continue;
    chosen.add(id);
    taken.set(category, count + 1);
  }
  return chosen;
}

/** Each entry marks one milestone at the most: the earliest in the order of the list. */
function milestonePlaces({ named }: Milestones): Map<string, MilestoneName> {
  const places = new Map<string, MilestoneName>();
  for (const name of MILESTONES) for (const entry of named[name].entries) if (!places.has(entry)) places.set(entry, name);
  return places;
}

function inWords(milestone: MilestoneName): string {
  return milestone.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
