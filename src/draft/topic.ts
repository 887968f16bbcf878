import type { Candidate } from "./candidate.js";
import { NEAR_START, alertsAround, anomaliesAround, type Scene, type Setting } from "./scene.js";

const STOP = new Set(
  "the and for that this with from are was were has have had not but you your our out all can will just what when who how why its then than them they there here now get got one two new use used some any into over only also been being does did done more most very well".split(
    " ",
  ),
);
const MOST_WORDS = 400;

/**
 * Finds what the incident is about: words that its channel, its title and its first alerts and metrics use more often
 * than the rest of the evidence does. Counted per text, so that one long paste does not decide.
 */
export function withTopic(setting: Setting, title: string): Scene {
  const weights = weightsOf(setting, title);
  const known = new Map<Candidate, number>();
  const topicOf = (candidate: Candidate): number => {
    let about = known.get(candidate);
    if (about === undefined) known.set(candidate, (about = share(candidate.plain, weights)));
    return about;
  };
  return { ...setting, topicOf };
}

function share(plain: string, weights: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const word of termsOf(plain)) sum += weights.get(word) ?? 0;
  return 1 - Math.exp(-sum);
}

function weightsOf(setting: Setting, title: string): Map<string, number> {
  const about = aboutIncident(setting, title);
  const inside = countTexts(about);
  const outside = countTexts(setting.candidates.map((each) => each.plain));
  const texts = setting.candidates.length + about.length;
  const weights = new Map<string, number>();
  for (const [word, count] of inside) {
    if (count < 2) continue;
    const lift = Math.log2(count / about.length / (((outside.get(word) ?? 0) + 1) / texts));
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

function termsOf(plain: string): Set<string> {
  const words = plain.slice(0, 4000).match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.slice(0, MOST_WORDS).filter((word) => word.length >= 3 && !STOP.has(word) && !/^\d+$/.test(word)));
}
