import type { Hit, SentenceRule } from "../finding.js";
import { at, type Sentence } from "../sentences.js";
import { ARTICLES, PEOPLE } from "./lexicon.js";
import { isParticiple } from "./participle.js";
import { subjectOf } from "./subject.js";

/** What did not happen explains nothing about what did. */
export const counterfactual: SentenceRule = {
  id: "counterfactual",
  explanation: "It tells of what did not happen; what did, and why it made sense then, is what can be learned from.",
  rewrite: "Say what was done and known at the time, and keep the idea as an action item.",
  find: (sentence) => sentence.words.flatMap((_, index) => hitAt(sentence, index)),
};

const MODALS = /^(?:should|could|would|must)(?:n't)?$/;
const CONTRACTED = /^(?:should|could|would)(?:'ve|ve|a|n't've)$/;
/** Who fails in these has looked, thought or spoken: no machine does. */
const HUMAN_VERBS = new Set(
  `notice check communicate follow escalate consider test review realise realize tell inform verify understand document act anticipate foresee ask
  plan mention announce coordinate account ensure recognise recognize appreciate think coordinate prepare investigate question share
  update consult involve declare acknowledge spot see`.split(/\s+/),
);

function hitAt(sentence: Sentence, index: number): Hit[] {
  const word = at(sentence, index);
  const last = CONTRACTED.test(word) ? pastAfter(sentence, index + 1) : MODALS.test(word) ? modalPast(sentence, index) : null;
  if (last !== null) return isOpenQuestion(sentence, index) ? [] : [{ first: index, last }];
  if (word === "if" && at(sentence, index + 1) === "only") return [{ first: index, last: index + 1 }];
  if (word === "ought" && ["to", "not"].includes(at(sentence, index + 1))) {
    const have = at(sentence, index + 1) === "not" ? index + 3 : index + 2;
    return at(sentence, have) === "have" && pastAfter(sentence, have + 1) !== null ? [{ first: index, last: have + 1 }] : [];
  }
  if (index === 0 && word === "had") return inverted(sentence);
  if (/^fail(?:ed|ing|s|ure)?$/.test(word) && at(sentence, index + 1) === "to" && failsLikeAPerson(sentence, index))
    return [{ first: index, last: index + 2, rewrite: "Say what was done instead, and what was known then: looked at the pool first." }];
  return [];
}

/** "What else would have shown it?" asks for what others can use; "should we have seen it?" does not. */
function isOpenQuestion(sentence: Sentence, modal: number): boolean {
  if (!at(sentence, modal).startsWith("would") || at(sentence, sentence.words.length - 1) !== "?") return false;
  return sentence.words.slice(0, modal).some(({ text }) => /^(?:what|which|how)$/.test(text));
}

/** "should (we) (not) (also) have gone": the index of its last word. */
function modalPast(sentence: Sentence, modal: number): number | null {
  let index = modal + 1;
  for (let step = 0; step < 3 && !["have", "of"].includes(at(sentence, index)); step += 1) index += 1;
  if (!["have", "of"].includes(at(sentence, index))) return null;
  const between = Array.from({ length: index - modal - 1 }, (_, step) => at(sentence, modal + 1 + step));
  if (
    !between.every(
      (word) =>
        PEOPLE.has(word) ||
        ARTICLES.has(word) ||
        ["not", "it", "been"].includes(word) ||
        /ly$|^(also|never|still|then|easily|at|least|just|even)$/.test(word),
    )
  )
    return null;
  return pastAfter(sentence, index + 1);
}

function pastAfter(sentence: Sentence, start: number): number | null {
  let index = start;
  while (
    /^(?:not|never|also|just|then|still|already|even|only|always|simply|at|least|first|probably|[a-z]+ly)$/.test(at(sentence, index)) &&
    index < start + 4
  )
    index += 1;
  if (!isParticiple(sentence, index)) return null;
  // What may have had a part in it is a hypothesis, and welcome.
  return at(sentence, index) === "contributed" ? null : index;
}

/** "Had the team asked earlier, ..." */
function inverted(sentence: Sentence): Hit[] {
  const end = Math.min(sentence.words.length, 7);
  for (let index = 2; index < end; index += 1)
    if (isParticiple(sentence, index) && sentence.words.some(({ text }, later) => later > index && text === ","))
      return [{ first: 0, last: index }];
  return [];
}

function failsLikeAPerson(sentence: Sentence, index: number): boolean {
  const subject = subjectOf(sentence, index);
  if (subject === "person") return true;
  if (subject === "thing") return false;
  return HUMAN_VERBS.has(at(sentence, index + 2));
}
