import type { Candidate } from "./candidate.js";
import { companyOf, homesOf } from "./company.js";
import { formulasIn } from "./formulas.js";
import { NEAR_START, alertsAround, anomaliesAround, type Scene, type Setting } from "./scene.js";

const STOP = new Set(
  "the and for that this with from are was were has have had not but you your our out all can will just what when who how why its then than them they there here now get got one two new use used some any into over only also been being does did done more most very well".split(
    " ",
  ),
);
const MOST_CHARACTERS = 4000;

/**
 * Finds what the incident is about: words that its channel, its title and its first alerts and metrics use more often
 * than the rest of the evidence does. Counted per text, so that one long paste does not decide.
 */
export function withTopic(setting: Setting, title: string): Scene {
  const about = aboutIncident(setting, title);
  const inside = new Map([...countTexts(about)].filter(([, count]) => count >= 2));
  const used = new Map(setting.candidates.map((each) => [each, [...termsOf(each.plain, inside)]]));
  const weights = weightsOf(inside, about.length, used);
  const topicOf = (candidate: Candidate): number => {
    let sum = 0;
    for (const word of used.get(candidate) ?? []) sum += weights.get(word) ?? 0;
    return 1 - Math.exp(-sum);
  };
  const firstNamed = firstNamedIn(setting, used, weights, inside);
  const company = companyOf(setting);
  return { ...setting, topicOf, firstNamed, company, homes: homesOf(setting, company), formulas: formulasIn(setting) };
}

/** Who brings a word that at least two later texts take up moved the talk, in whatever language. */
function firstNamedIn(
  { channel }: Setting,
  used: ReadonlyMap<Candidate, readonly string[]>,
  weights: ReadonlyMap<string, number>,
  inside: ReadonlyMap<string, number>,
): Map<Candidate, number> {
  const named = new Set<string>();
  const first = new Map<Candidate, number>();
  for (const candidate of channel) {
    let sum = 0;
    for (const word of used.get(candidate) ?? []) {
      if (!named.has(word) && inside.get(word)! >= 3) sum += weights.get(word) ?? 0;
      named.add(word);
    }
    first.set(candidate, 1 - Math.exp(-sum));
  }
  return first;
}

/** A word weighs by how much more often the incident uses it, and by how often at all. */
function weightsOf(
  inside: ReadonlyMap<string, number>,
  texts: number,
  used: ReadonlyMap<Candidate, readonly string[]>,
): Map<string, number> {
  const outside = new Map<string, number>();
  for (const words of used.values()) for (const word of words) outside.set(word, (outside.get(word) ?? 0) + 1);
  const weights = new Map<string, number>();
  for (const [word, count] of inside) {
    const lift = Math.log2(count / texts / (((outside.get(word) ?? 0) + 1) / (used.size + texts)));
    if (lift > 1) weights.set(word, Math.min(1, lift / 8) * Math.min(1, count / 4));
  }
  return weights;
}

function aboutIncident(scene: Setting, title: string): string[] {
  const from = scene.start - NEAR_START.before;
  const until = scene.start + NEAR_START.after;
  const signs: Candidate[] = [...alertsAround(scene, from, until), ...anomaliesAround(scene, from, until, 0.5)];
  const said = scene.channel.filter((each) => each.item?.signals.automated !== true);
  // The title counts twice, so that its words count even where nothing else uses them.
  return [title.toLowerCase(), title.toLowerCase(), ...signs.map((each) => each.plain), ...said.map((each) => each.plain)];
}

function countTexts(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of termsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** The words of a text that mean something, each once; of those in `among` only, where it is given. */
function termsOf(plain: string, among?: ReadonlyMap<string, number>): Set<string> {
  const words = plain.slice(0, MOST_CHARACTERS).match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return new Set(words.filter((word) => (among === undefined || among.has(word)) && !STOP.has(word) && !/^\d+$/.test(word)));
}
