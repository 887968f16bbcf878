import { at, type Sentence } from "../sentences.js";
import type { Hit } from "../finding.js";
import { NEGATIONS } from "./lexicon.js";

/** Finds fixed runs of words; `|` inside a run of words offers a choice: "it was|is obvious". */
export function phrases(lines: string): (sentence: Sentence) => Hit[] {
  const byFirst = new Map<string, string[][][]>();
  for (const line of lines.split("\n").map((each) => each.trim())) {
    if (line === "") continue;
    const pattern = line.split(" ").map((word) => word.split("|"));
    for (const first of pattern[0]!) byFirst.set(first, [...(byFirst.get(first) ?? []), pattern]);
  }
  return (sentence) =>
    sentence.words.flatMap(({ text }, first) => {
      const fitting = byFirst.get(text)?.filter((pattern) => pattern.every((words, step) => words.includes(at(sentence, first + step))));
      const longest = fitting === undefined ? 0 : Math.max(0, ...fitting.map((pattern) => pattern.length));
      return longest === 0 ? [] : [{ first, last: first + longest - 1 }];
    });
}

/** Whether one of the `reach` words before `index` denies what follows. */
export function isDenied(sentence: Sentence, index: number, reach = 3): boolean {
  for (let back = index - 1; back >= Math.max(0, index - reach); back -= 1) {
    const word = at(sentence, back);
    if (/^[,;.:]$/.test(word)) return false;
    if (NEGATIONS.has(word) || word.endsWith("n't")) return true;
  }
  return false;
}

/** Whether one of the `reach` words from `index` on, within the clause, is one of `words`. */
export function someWithin(sentence: Sentence, index: number, reach: number, words: ReadonlySet<string>): boolean {
  for (let step = index; step < index + reach; step += 1) {
    if (/^[;.:]$/.test(at(sentence, step))) return false;
    if (words.has(at(sentence, step))) return true;
  }
  return false;
}
