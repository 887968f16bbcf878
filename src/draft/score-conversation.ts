import { type EpochMicros, MICROS_PER_MINUTE } from "../kit/instant.js";
import type { Candidate } from "./candidate.js";
import { isResponder, isSaid, type Scene } from "./scene.js";
import { type Act, actsOf, isDigression, isElsewhere, isQuestion } from "./speech.js";
import { Tally } from "./tally.js";

const ACTS: Readonly<Record<Act, readonly [points: number, why: string]>> = {
  action: [0.16, "says what was done"],
  decision: [0.16, "decides what to do"],
  finding: [0.14, "says what was found"],
  suspicion: [0.1, "says what was suspected"],
  status: [0.14, "tells where things stand"],
  closing: [0.2, "says that it is over"],
  recovery: [0.18, "says that it works again"],
  help: [0.06, "calls for help"],
  taking: [0.05, "takes it up"],
};

/** What is said tells by where, by whom, what it does, and by what readers marked. */
export function scoreMessage(candidate: Candidate, scene: Scene, impact: EpochMicros, declared: EpochMicros | null): Tally {
  const tally = new Tally();
  const { item, entry, plain } = candidate;
  if (item === null || !isSaid(item)) return tally;
  if (item.signals.incidentChannel === true) tally.add(0.12, "in the incident channel");
  else if (!isEarlyWord(candidate, scene, impact, declared)) return scoreElsewhere(tally, candidate, scene);
  else tally.add(0.24, "by somebody who then took part in the incident channel, before it was declared");
  scoreCompany(tally, candidate, scene);
  const place = scene.channel.slice(0, 2).indexOf(candidate);
  if (item.signals.automated === true) return tally.add(place === 0 ? 0.5 : 0, "first in the incident channel");
  if (place >= 0) tally.add(place === 0 ? 0.3 : 0.1, "among the first in the incident channel");
  scoreMarks(tally, item.signals.pinned === true, item.signals.reactions ?? 0);
  scoreActs(tally, plain, scene.topicOf(candidate));
  scoreWeight(tally, candidate, scene);
  if (item.mentions.length > 0) tally.add(0.15, "names a change");
  if (isElsewhere(plain)) tally.add(-0.15);
  return entry.at > scene.end + 60 * MICROS_PER_MINUTE ? tally.add(-0.1) : tally;
}

/** Who says it and what becomes of it; nothing here reads a word for its meaning. */
function scoreWeight(tally: Tally, candidate: Candidate, scene: Scene): void {
  const { item, plain } = candidate;
  const first = scene.firstNamed.get(candidate) ?? 0;
  tally.add(0.2 * first, first > 0.4 ? "first to name what others then spoke of" : undefined);
  if (scene.formulas.has(candidate)) tally.add(-0.25);
  if (!isResponder(scene, item?.person ?? null)) tally.add(-0.12);
  if (/\d/.test(plain)) tally.add(0.04);
  if (plain.includes("[]")) tally.add(0.04, "addresses somebody");
}

function scoreCompany(tally: Tally, candidate: Candidate, scene: Scene): void {
  const company = scene.company.get(candidate) ?? 0;
  if (company >= 2) tally.add(company >= 3 ? 0.26 : 0.2, `${company} who took part in the incident channel talk here`);
}

function scoreMarks(tally: Tally, pinned: boolean, reactions: number): void {
  if (pinned) tally.add(0.4, "pinned");
  if (reactions > 0) tally.add(Math.min(0.24, 0.07 * Math.log2(1 + reactions)), `marked by ${reactions}`);
}

function scoreActs(tally: Tally, plain: string, about: number): void {
  const acts = [...actsOf(plain)].map((act) => ACTS[act]).sort((a, b) => b[0] - a[0]);
  // The second and third act of one message add less: most long messages do many things a little.
  acts.forEach(([points, why], index) => tally.add(points / (index + 1), why));
  tally.add(0.3 * about, about > 0.6 ? "speaks of what the incident is about" : undefined);
  if (isDigression(plain)) tally.add(-0.2);
  if (isQuestion(plain)) tally.add(-0.12);
  if (plain.length < 18) tally.add(-0.15);
  if (plain.length > 60) tally.add(0.05);
}

/** Between the impact and the incident's own channel, those who will be in it talk where they always do. */
function isEarlyWord({ item, entry }: Candidate, scene: Scene, impact: EpochMicros, declared: EpochMicros | null): boolean {
  const until = (declared ?? scene.end) + 5 * MICROS_PER_MINUTE;
  const isEarly = entry.at >= impact - 5 * MICROS_PER_MINUTE && entry.at <= until;
  return isEarly && item !== null && isResponder(scene, item.person);
}

function scoreElsewhere(tally: Tally, candidate: Candidate, scene: Scene): Tally {
  const { item, plain } = candidate;
  const about = scene.topicOf(candidate);
  if (item === null || item.signals.automated === true) return tally.add(0.02);
  tally.add(0.25 * about, about > 0.6 ? "speaks of what the incident is about" : undefined);
  if (item.signals.pinned === true) tally.add(0.15, "pinned");
  scoreCompany(tally, candidate, scene);
  const isHome = scene.homes.has(candidate.entry.scopeName) && isResponder(scene, item.person);
  if (isHome) tally.add(0.14, "by a responder, where responders talked when it began");
  if (scene.formulas.has(candidate)) tally.add(-0.2);
  return tally.add(actsOf(plain).size > 0 && about > 0.5 ? 0.1 : 0);
}
