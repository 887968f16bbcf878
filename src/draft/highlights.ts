import type { MilestoneName } from "../contract/draft.js";
import { MILESTONES } from "../contract/draft.js";
import type { Change } from "../contract/item.js";
import { compareText } from "../kit/text.js";
import type { Candidate } from "./candidate.js";
import { type ChangeFacts, changeFacts } from "./changes.js";
import { firstSignOf } from "./impact.js";
import type { Milestones } from "./milestones.js";
import { isResponder, type Scene } from "./scene.js";
import type { Weighed } from "./signs.js";
import { type Course, scoreAlert } from "./signs-of-alert.js";
import { scoreAct } from "./signs-of-change.js";
import { type Outbreak, scoreMessage } from "./signs-of-message.js";
import { scoreMetric } from "./signs-of-metric.js";

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

/** Less likely ones are not put forward, however few there are. */
const THRESHOLD = 0.25;
/** What marks a milestone belongs to the story by that alone. */
const MILESTONE = 0.6;

/** Scores every entry and puts forward the few that tell the story, each with its reasons in words. */
export function judge(scene: Scene, milestones: Milestones, changes: readonly Change[], options: HighlightOptions): Judgement {
  const { impactStart, declared, recovered } = milestones.named;
  const course = { impact: impactStart.at ?? scene.start, recovered: recovered.at ?? scene.end };
  const outbreak = { firstSign: firstSignOf(scene, course.impact), impact: course.impact, declared: declared.at };
  const facts = changeFacts(changes, scene, course.impact);
  const byChange = new Map(facts.map((each) => [each.change.id, each]));
  const places = milestonePlaces(milestones);
  const scored = scene.candidates.map((candidate): Scored => {
    const weighed = weighedOf(candidate, scene, course, outbreak, byChange);
    const milestone = places.get(candidate.entry.id) ?? null;
    if (milestone === null) return { candidate, ...weighed, milestone };
    const because = [`taken as: ${inWords(milestone)}`, ...weighed.because];
    return { candidate, score: Math.max(MILESTONE, weighed.score), because, milestone };
  });
  const chosen = choose(scored, options.most ?? mostFor(scene));
  const scores = new Map(scored.map((each) => [each.candidate, each.score]));
  return {
    entries: scored.map((each) => ({ ...each, highlighted: chosen.has(each.candidate.entry.id) })),
    changes: facts.map((each) => ({ facts: each, score: Math.max(...each.members.map((member) => scores.get(member) ?? 0)) })),
  };
}

/** What is likely enough to be put forward, however many are asked for. */
export function storyOf({ entries }: Judgement): Candidate[] {
  return entries.filter(({ score }) => score >= THRESHOLD).map(({ candidate }) => candidate);
}

type Scored = Omit<Judged, "highlighted">;

function weighedOf(
  candidate: Candidate,
  scene: Scene,
  course: Course,
  outbreak: Outbreak,
  changes: ReadonlyMap<string, ChangeFacts>,
): Weighed {
  const { entry, anomaly, item } = candidate;
  if (item !== null && (item.deleted || item.signals.routine === true)) return { score: 0, because: [] };
  if (anomaly !== null) return scoreMetric(candidate, anomaly, scene, course);
  if (entry.category === "alert") return scoreAlert(candidate, scene, course);
  if (entry.category === "conversation") return scoreMessage(candidate, scene, outbreak);
  const change = entry.group === null ? undefined : changes.get(entry.group);
  if (change !== undefined) return scoreAct(candidate, change, scene, course.impact);
  return { score: item?.signals.outcome === "failure" ? 0.05 : 0.02, because: [] };
}

/** The more those at work say, the more there is to tell; past fifty entries nobody reads on. */
function mostFor(scene: Scene): number {
  const said = scene.channel.filter(({ item }) => isResponder(scene, item?.person ?? null)).length;
  return Math.min(48, Math.round(24 + 0.3 * said));
}

/** What marks a milestone, and of the rest the likeliest. */
function choose(scored: readonly Scored[], most: number): Set<string> {
  const chosen = new Set(scored.filter((each) => each.milestone !== null).map((each) => each.candidate.entry.id));
  const ranked = scored
    .filter((each) => each.score >= THRESHOLD)
    .sort(
      (a, b) => b.score - a.score || a.candidate.entry.at - b.candidate.entry.at || compareText(a.candidate.entry.id, b.candidate.entry.id),
    );
  for (const { candidate } of ranked) {
    if (chosen.size >= most) break;
    chosen.add(candidate.entry.id);
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
