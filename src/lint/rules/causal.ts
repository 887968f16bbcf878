import type { Hit, SentenceRule } from "../finding.js";
import { at, type Sentence } from "../sentences.js";
import { ABOUT_CHANGES, CHANGES, PEOPLE, TROUBLE } from "./lexicon.js";
import { isDenied, phrases } from "./match.js";

/** One thing made the other: a verdict, unless it is marked as a guess. */
export const causal: SentenceRule = {
  id: "causal-claim",
  explanation: "It is a verdict on a cause; what the evidence shows is what came when, and how far apart.",
  rewrite: "State both with their distance (4 min 10 s before), or mark it as a hypothesis: may have contributed.",
  find: (sentence) => (sentence.tentative ? [] : sentence.words.flatMap((_, index) => hitAt(sentence, index))),
};

const findBecause = phrases(`
  because of
  because
  due to
  owing to
  thanks to
  as a result|consequence of
  on account of
`);
const findCulprit = phrases(`
  the|main|real culprit
  smoking gun
  was|is|were the|a cause of
  was|is the reason|trigger for|of|behind|why|that
  the reason for|behind|why
`);
const findEffect = phrases(`
  led|leading|leads to
  resulted|resulting|results in
  triggered|triggering
  took|brought|knocked|taking|bringing|takes|brings down|out|over
  broke|crashed
`);

function hitAt(sentence: Sentence, index: number): Hit[] {
  if (index > 0) return /^(?:caused|causing|causes)$/.test(at(sentence, index)) ? caused(sentence, index) : [];
  const because = findBecause(sentence).filter(({ last }) => changeAfter(sentence, last + 1, 5));
  const effects = findEffect(sentence).filter(
    ({ first, last }) =>
      !isDenied(sentence, first) &&
      (changeBefore(sentence, first)
        ? hasObject(sentence, first, last)
        : /^(?:led|resulted)/.test(at(sentence, first)) && troubleAfter(sentence, last + 1)),
  );
  const culprits = findCulprit(sentence).filter(
    ({ first, last }) =>
      !isDenied(sentence, first) &&
      (at(sentence, first) !== "the" || !/^(?:for|behind|why)$/.test(at(sentence, last)) || troubleAfter(sentence, last + 1)),
  );
  return [...because, ...effects, ...culprits, ...caused(sentence, 0)];
}

function caused(sentence: Sentence, index: number): Hit[] {
  if (!/^(?:caused|causing|causes)$/.test(at(sentence, index))) return [];
  if (isDenied(sentence, index) || /^(?:what|which|no)$/.test(at(sentence, index - 1)) || /^(?:no|nothing)$/.test(at(sentence, index + 1)))
    return [];
  return at(sentence, index) === "causes" && !/^(?:the|a|an|errors|this)$/.test(at(sentence, index + 1))
    ? []
    : [{ first: index, last: index }];
}

/** A change of ours, or a person, within the next words; "the deploy freeze" is none. */
function changeAfter(sentence: Sentence, index: number, reach: number): boolean {
  for (let step = index; step < index + reach; step += 1) {
    const word = at(sentence, step);
    if (/^[,;.:(]$/.test(word)) return false;
    if (CHANGES.has(word) && !ABOUT_CHANGES.has(at(sentence, step + 1))) return true;
    if (/^(?:responder|engineer|developer|operator)$/.test(word)) return true;
  }
  return false;
}

function changeBefore(sentence: Sentence, index: number): boolean {
  for (let back = index - 1; back >= Math.max(0, index - 6); back -= 1) {
    const word = at(sentence, back);
    if (/^[,;.:]$/.test(word) || PEOPLE.has(word)) return false;
    if (CHANGES.has(word) && !ABOUT_CHANGES.has(at(sentence, back + 1))) return true;
  }
  return false;
}

function hasObject(sentence: Sentence, first: number, last: number): boolean {
  if (/^(?:triggered|triggering)$/.test(at(sentence, first))) return troubleAfter(sentence, last + 1);
  return !/^[,;.]?$/.test(at(sentence, last + 1));
}

function troubleAfter(sentence: Sentence, index: number): boolean {
  for (let step = index; step < index + 6; step += 1) {
    if (/^[,;.]$/.test(at(sentence, step))) return false;
    if (TROUBLE.has(at(sentence, step))) return true;
  }
  return false;
}
