import { at, isPlainWord, type Sentence } from "../sentences.js";
import { ARTICLES, PREPOSITIONS } from "./lexicon.js";

const IRREGULAR = new Set(
  `been had done gone seen known taken given made found kept left told thought written read run begun brought built bought caught chosen come
  cost cut dealt drawn driven fallen felt forgotten fought frozen got gotten grown heard held hidden hit hurt led learnt lent let lost
  meant met paid put sent set shown shut spoken spent split spread spun stood stuck stopped sunk sought sold swept thrown understood
  undone overridden woken won withdrawn rolled reached caught broken bent become borne gone overseen foreseen redone rebuilt rerun`.split(
    /\s+/,
  ),
);
/** Also adjectives: "should have limited access" says how something is. */
const ADJECTIVES = new Set(
  `limited dedicated shared reduced fixed mixed elevated unlimited distributed required increased added named separated weighted managed
  restricted detailed scheduled advanced need embed speed seed feed shed red hundred bed indeed exceed proceed`.split(/\s+/),
);

/** Whether the word can be the verb of a past that did not happen ("gone", "checked"), not a noun or an adjective. */
export function isParticiple(sentence: Sentence, index: number): boolean {
  const word = at(sentence, index);
  if (IRREGULAR.has(word)) return true;
  if (!/^\p{L}[\p{L}-]*ed$/u.test(word)) return false;
  const next = at(sentence, index + 1);
  return !ADJECTIVES.has(word) || !isPlainWord(next) || ARTICLES.has(next) || PREPOSITIONS.has(next);
}
