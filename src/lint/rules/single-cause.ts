import type { SentenceRule } from "../finding.js";
import { at } from "../sentences.js";
import { isDenied, phrases } from "./match.js";

const findError = phrases(`
  human|operator|pilot|user error|mistake|failure
  human|operator errors|mistakes
  human-error
  finger trouble
  fat-fingered|fat-finger
  fat fingered|fingers|finger
  operator's error|mistake
`);
const ERROR_OF_MACHINES =
  /^(?:log|logs|message|messages|rate|rates|count|counts|handler|budget|page|pages|code|codes|metric|report|reports|class|type|events?|queue|toast)$/;

export const humanError: SentenceRule = {
  id: "human-error",
  explanation: "It ends the search where it begins: people do what the situation makes sensible.",
  rewrite: "Say what was done and what the tool, the screen or the procedure showed at that moment.",
  find: (sentence) =>
    findError(sentence).filter(
      ({ first, last }) =>
        !ERROR_OF_MACHINES.test(at(sentence, last + 1)) && !(at(sentence, first) === "user" && !isCauseOf(at(sentence, first - 1))),
    ),
};

function isCauseOf(word: string): boolean {
  return /^(?:was|is|to|by|of|simple|plain|pure|a|from|as|were)$/.test(word);
}

const findCause = phrases(`
  root cause
  root-cause
  single|sole|real|actual|underlying|true|one|only|ultimate cause
  cause was
`);
const PROCESS = /^(?:analysis|analyses|review|reviews|template|meeting|field|fields|section|workshop|process|label|column|training)$/;

export const rootCause: SentenceRule = {
  id: "root-cause",
  explanation: "Incidents have several conditions, none of them enough alone; one cause stops the search.",
  rewrite: "Write contributing conditions, as a list: what each of them made possible.",
  find: (sentence) =>
    findCause(sentence).filter(
      ({ first, last }) =>
        !PROCESS.test(at(sentence, last + 1)) &&
        !isDenied(sentence, first, 4) &&
        !(at(sentence, first) === "cause" && at(sentence, first - 1) !== "the"),
    ),
};
