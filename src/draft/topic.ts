import type { Candidate } from "./candidate.js";
import { formulasIn } from "./formulas.js";
import { alertsAround, anomaliesAround, isResponder, NEAR_START, type Scene, type Setting } from "./scene.js";
import { WordUse } from "./word-use.js";

/** A word that is used so many times as often as elsewhere weighs in full, as a power of two. */
const FULL_LIFT = 8;
/** Little evidence may all be about the incident: so many texts of something else are taken for granted. */
const TAKEN_FOR_GRANTED = 200;
/** So many texts that use it make it weigh in full. */
const FULL_TEXTS = 4;

/**
 * Finds what the incident is about: words that responders, its title and its first alerts and metrics use more often than
 * the rest of the evidence does. Counted per text, so that one long paste does not decide; nothing speaks for itself.
 */
export function withTopic(setting: Setting, title: string): Scene {
  const words = new WordUse(setting.candidates);
  const texts = tellingTexts(setting);
  const inside = new Map<number, number>();
  const count = (word: number, times: number) => inside.set(word, (inside.get(word) ?? 0) + times);
  // The title counts twice, so that its words count even where nothing else uses them.
  for (const word of words.ofText(title.toLowerCase())) count(word, 2);
  for (const text of texts) for (const word of words.of(text)) count(word, 1);

  const topicOf = (candidate: Candidate): number => {
    const own = texts.has(candidate) ? 1 : 0;
    let sum = 0;
    for (const word of words.of(candidate)) sum += weightOf((inside.get(word) ?? 0) - own, own, words.uses(word));
    return 1 - Math.exp(-sum);
  };
  const weightOf = (told: number, own: number, uses: number): number => {
    if (told < 1 || told + own < 2) return 0;
    const lift = Math.log2(told / (texts.size + 2) / ((uses + 1) / (words.entries + TAKEN_FOR_GRANTED)));
    return lift > 1 ? Math.min(1, lift / FULL_LIFT) * Math.min(1, told / FULL_TEXTS) : 0;
  };
  return { ...setting, words, topicOf: remembered(topicOf), formulas: formulasIn(setting) };
}

function tellingTexts(setting: Setting): ReadonlySet<Candidate> {
  const from = setting.start - NEAR_START.before;
  const until = setting.start + NEAR_START.after;
  const said = setting.channel.filter(({ item }) => item?.signals.automated !== true && isResponder(setting, item?.person ?? null));
  return new Set([...alertsAround(setting, from, until), ...anomaliesAround(setting, from, until, 0.5), ...said]);
}

function remembered(topicOf: (candidate: Candidate) => number): (candidate: Candidate) => number {
  const known = new Map<Candidate, number>();
  return (candidate) => {
    const found = known.get(candidate) ?? topicOf(candidate);
    known.set(candidate, found);
    return found;
  };
}
