import type { Hit, SentenceRule } from "../finding.js";
import { at, type Sentence } from "../sentences.js";
import { PEOPLE, TROUBLE } from "./lexicon.js";
import { isDenied, phrases, someWithin } from "./match.js";
import { isPerson, subjectOf } from "./subject.js";

/** Judges a person by how it ended. */
export const blame: SentenceRule = {
  id: "blame",
  explanation: "It judges a person by the outcome; people then tell less, and the conditions stay as they are.",
  rewrite: "Say what was done, with what in view, and what made it the sensible thing to do.",
  find: (sentence) => [...judgments(sentence), ...sentence.words.flatMap((_, index) => verbAt(sentence, index))],
};

const findJudgment = phrases(`
  careless|carelessly|carelessness
  negligent|negligently|negligence
  sloppy|sloppily|sloppiness
  reckless|recklessly|recklessness
  incompetent|incompetence|incompetently
  irresponsible|irresponsibly
  unprofessional|unprofessionally
  inattentive|inattention
  complacent|complacency
  clueless|foolish|foolishly|stupid|stupidly|idiotic
  laziness|lazily
  dropped|dropping|drop the ball
  asleep at the wheel
  should|to know|known better
  knew better
  at fault
  to blame
  can't|couldn't|cannot be bothered
  not bother|bothering to
  didn't bother|care
  not paying|pay attention
  n't pay attention
  wasn't|weren't paying attention
  didn't pay attention
  lack|want of diligence|care|discipline|attention|attentiveness
  let us|them|everyone|customers down
  's fault|negligence|carelessness
`);

function judgments(sentence: Sentence): Hit[] {
  const fixed = findJudgment(sentence).filter(({ first, last }) => {
    if (at(sentence, last) === "lazily" && subjectOf(sentence, first) !== "person") return false;
    // "nobody is to blame", "not at fault"; what was not done is the reproach itself.
    return /^(?:at|to)$/.test(at(sentence, first)) ? !isDenied(sentence, first, 4) && !isChange(sentence, first) : true;
  });
  const owned = sentence.words.flatMap(({ text }, index): Hit[] => {
    const thing = at(sentence, index + 1);
    if (
      /^(?:lazy)$/.test(text) &&
      !/^(?:load|loading|init|initialisation|initialization|evaluation|import|imports|queue|mode)$/.test(thing) &&
      nearPerson(sentence, index)
    )
      return [{ first: index, last: index }];
    if (!isPossessive(sentence, index)) return [];
    return /^(?:fault|mistake|mistakes|blunder|negligence|carelessness|oversight|error)$/.test(thing)
      ? [{ first: index, last: index + 1 }]
      : [];
  });
  const by = sentence.words.flatMap(({ text }, index): Hit[] => {
    if (
      !/^(?:mistake|blunder|slip|oversight|caused|broken|introduced|botched|fault|triggered)$/.test(text) ||
      !/^(?:by|of|from)$/.test(at(sentence, index + 1))
    )
      return [];
    return isBadBy(sentence, index) ? [{ first: index, last: index + 2 }] : [];
  });
  return [...fixed, ...owned, ...by];
}

function isBadBy(sentence: Sentence, index: number): boolean {
  return [2, 3, 4].some((step) => {
    const word = at(sentence, index + step);
    return PEOPLE.has(word) && !/^(?:support|group|security|shift|lead|who|owner|vendor)$/.test(word);
  });
}

function isChange(sentence: Sentence, index: number): boolean {
  return subjectOf(sentence, index - (at(sentence, index - 1) === "is" || at(sentence, index - 1) === "was" ? 1 : 0)) === "thing";
}

function isPossessive(sentence: Sentence, index: number): boolean {
  const { text, raw } = sentence.words[index]!;
  if (/^(?:his|her|their|our|your|my)$/.test(text)) return true;
  if (!text.endsWith("'s") && !text.endsWith("s'")) return false;
  const owner = text.slice(0, -2);
  return PEOPLE.has(owner) || PEOPLE.has(at(sentence, index - 1)) || /^\p{Lu}\p{Ll}{2,}'s$/u.test(raw);
}

function nearPerson(sentence: Sentence, index: number): boolean {
  return sentence.words.slice(Math.max(0, index - 5), index + 4).some(({ text }) => PEOPLE.has(text));
}

/** Verbs that only people do and that reproach: of anybody but a machine. */
const REPROACHES = new Set(
  "neglected overlooked disregarded forgot forgets forgotten botched mishandled bungled mismanaged fumbled panicked ignored ignoring ignores".split(
    " ",
  ),
);
/** Verbs that reproach a person, and observe a machine. */
const BREAKING = new Set(
  "broke misread misconfigured misjudged mistyped missed blew killed wrecked violated rushed screwed messed crashed ruined destroyed".split(
    " ",
  ),
);
const AFTER_BROKE = new Set("even down out off up into through with , . ; for at in on after during when away ground between".split(" "));
const CARE = new Set(
  "check follow test read escalate review verify bother tell inform validate consult communicate document think ask double-check".split(
    " ",
  ),
);
const NEVER_CARED = new Set(
  "checked followed tested read escalated reviewed verified bothered told informed validated consulted communicated documented thought asked".split(
    " ",
  ),
);
const SIGNALS = new Set(
  "alert alerts warning warnings page pages alarm alarms signal signals runbook advice concern concerns recommendation recommendations checklist".split(
    " ",
  ),
);

function verbAt(sentence: Sentence, index: number): Hit[] {
  const verb = at(sentence, index);
  const before = at(sentence, index - 1);
  if (/^(?:was|were|been|being|got)$/.test(before)) return passive(sentence, index);
  const hit = [{ first: index, last: index }];
  if (REPROACHES.has(verb)) return reproaches(sentence, index) ? hit : [];
  if (BREAKING.has(verb)) return !isDenied(sentence, index, 2) && breaks(sentence, index) ? hit : [];
  if (verb === "never" && NEVER_CARED.has(at(sentence, index + 1)) && isPerson(sentence, index)) return [{ first: index, last: index + 1 }];
  if (CARE.has(verb)) return omits(sentence, index) ? [{ first: index - 1, last: index }] : [];
  if (
    verb === "responsible" &&
    at(sentence, index + 1) === "for" &&
    isPerson(sentence, index - 1) &&
    someWithin(sentence, index + 2, 4, TROUBLE)
  )
    return hit;
  if (verb === "failed" && at(sentence, index + 1) !== "to" && subjectOf(sentence, index) === "person") return hit;
  return [];
}

function reproaches(sentence: Sentence, index: number): boolean {
  if (isDenied(sentence, index, 2)) return false;
  const subject = subjectOf(sentence, index);
  if (at(sentence, index).startsWith("ignor") || at(sentence, index) === "panicked") return subject === "person" || subject === "name";
  return subject !== "thing";
}

function breaks(sentence: Sentence, index: number): boolean {
  const next = at(sentence, index + 1);
  const subject = subjectOf(sentence, index);
  if (/^(?:no|nothing|none)$/.test(next)) return false;
  if (at(sentence, index) === "broke" && AFTER_BROKE.has(next)) return false;
  if (/^(?:screwed|messed)$/.test(at(sentence, index))) return next === "up" && subject !== "thing";
  if (/^(?:missed|rushed|violated|killed|crashed)$/.test(at(sentence, index)))
    return (
      subject === "person" &&
      !(
        at(sentence, index) === "killed" &&
        /^(?:the|a|that|one|this)$/.test(next) &&
        !someWithin(sentence, index + 1, 4, new Set(["production", "prod", "site", "database", "cluster", "checkout"]))
      )
    );
  return subject === "person" || (subject === "name" && next !== "" && !AFTER_BROKE.has(next));
}

/** "the alert was ignored", "the step was forgotten": the person is hidden, the reproach is not. */
function passive(sentence: Sentence, index: number): Hit[] {
  const verb = at(sentence, index);
  if (isDenied(sentence, index, 3)) return [];
  if (/^(?:forgotten|neglected|overlooked|botched|mishandled)$/.test(verb)) return [{ first: index - 1, last: index }];
  if (!/^(?:ignored|disregarded)$/.test(verb)) return [];
  const by = at(sentence, index + 1) === "by";
  const signal = sentence.words.slice(Math.max(0, index - 7), index).some(({ text }) => SIGNALS.has(text));
  return (by ? isBadBy(sentence, index) : signal) ? [{ first: index - 1, last: index }] : [];
}

function omits(sentence: Sentence, index: number): boolean {
  const before = at(sentence, index - 1);
  if (before === "didn't") return isPerson(sentence, index - 1);
  return before === "not" && at(sentence, index - 2) === "did" && isPerson(sentence, index - 2);
}
