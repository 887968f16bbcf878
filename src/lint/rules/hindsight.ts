import type { SentenceRule } from "../finding.js";
import { at } from "../sentences.js";
import { isDenied, phrases } from "./match.js";

const find = phrases(`
  obviously
  in hindsight|retrospect
  with hindsight
  with|in the benefit of hindsight
  looking back
  hindsight
  foreseeable
  foreseeably
  predictably
  unsurprisingly
  inevitable
  inevitably
  of course
  surely
  needless to say
  it is|was only a matter of time
  a matter of time
  waiting to happen
  bound to fail|happen|break
  plain to see
  common sense
  no-brainer
  the writing was|is on the wall
  anyone|anybody|everyone|everybody could|can see|tell
  everyone|everybody|anyone knew|knows
  any engineer|developer|operator could|would
  was|were|been|is easily|entirely|completely|totally|perfectly avoidable|preventable|predictable
  was|were|been avoidable|preventable|predictable|foreseen
  easily avoided|prevented|avoidable|preventable
  clearly should|could|would|must|was|were|had|is|wrong|broken|visible|not
  was|were|is|been|be|seems|seemed|so|quite|painfully|pretty|blindingly|it|the|all|perfectly|rather obvious
  was|were|is clearly going
`);

/** After the fact all roads lead there; nobody had that view. */
export const hindsight: SentenceRule = {
  id: "hindsight",
  explanation: "It is plain only now that the outcome is known; it hides what the people saw at the time.",
  rewrite: "Say what was visible then, to whom, and where: the pool's graph showed 40 of 40 at 11:15.",
  find: (sentence) =>
    find(sentence).filter(({ first, last }) => {
      if (at(sentence, last) === "hindsight" && at(sentence, last + 1) === "bias") return false;
      if (at(sentence, last) === "predictable" && ["latency", "load"].includes(at(sentence, first - 1))) return false;
      if (at(sentence, first) === "foreseeable" && at(sentence, last + 1) === "future") return false;
      if (at(sentence, first) === "of" && /^(?:the|action|events?)$/.test(at(sentence, last + 1))) return false;
      return !isDenied(sentence, last, 3);
    }),
};
