import type { SentenceRule } from "../finding.js";
import { at, isPlainWord, type Sentence } from "../sentences.js";
import { OPAQUE } from "../markdown/block.js";

/** An outage of what, for how many? */
export const outage: SentenceRule = {
  id: "outage",
  explanation: "It leaves open what did not work, for whom and how much; most outages are partial.",
  rewrite: "Say what and how much: checkout failed for 8 % of requests from 11:24 to 12:44.",
  find: (sentence) =>
    sentence.words.flatMap(({ text }, index) =>
      /^outages?$/.test(text) && !isQualified(sentence, index) ? [{ first: index, last: index }] : [],
    ),
};

const TELLS_NOTHING = new Set(
  `the a an this that these those any some our its their his her my your another other no each every big huge massive serious severe total complete full
  prod production major entire whole first second third last previous recent long short same such real actual terrible bad large
  global general similar earlier past worst latest following during and or in of by for to from since before after was is are
  were an' with about as caused had have has until than yesterday's today's monday's tuesday's wednesday's thursday's friday's
  which when if did the an how unexpected unplanned sudden potential possible future public`.split(/\s+/),
);
const COMPOUND =
  /^(?:page|pages|channel|template|drill|drills|report|reports|banner|notice|budget|policy|minutes|window|windows|bridge|simulation|game|severity|tracker|mode)$/;
const WHEN =
  /^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|afternoon|evening|night|hour|hours|minutes|progress|march|today|yesterday|week|weekend|last|time|general|question|which|all|our|january|february|april|may|june|july|august|september|october|november|december|record|hand)$/;

function isQualified(sentence: Sentence, index: number): boolean {
  const before = at(sentence, index - 1);
  if (before === OPAQUE || COMPOUND.test(at(sentence, index + 1))) return true;
  if (isPlainWord(before) && !TELLS_NOTHING.has(before)) return true;
  if (/^\d/.test(before) && /\d-(?:minute|hour|second)/.test(before)) return true;
  // "a prod outage of checkout", "the outage (8 % of requests)".
  for (let next = index + 1; next < index + 10; next += 1) {
    const word = at(sentence, next);
    if (/^[;.]$/.test(word)) return false;
    if (word === "%" || word === "percent" || word === OPAQUE) return true;
    if (/^(?:of|in|for|affecting|limited|across|at)$/.test(word) && next <= index + 2 && namesWhat(sentence, next + 1)) return true;
  }
  return false;
}

function namesWhat(sentence: Sentence, index: number): boolean {
  const start = /^(?:the|a|an|our|to|about|only|its)$/.test(at(sentence, index)) ? index + 1 : index;
  const word = at(sentence, start);
  return (
    word !== "" &&
    !/^[,;:.()]$/.test(word) &&
    !WHEN.test(word) &&
    !(/^\d{1,2}$/.test(word) && at(sentence, start + 1) === ":") &&
    !/^(?:19|20)\d\d/.test(word)
  );
}
