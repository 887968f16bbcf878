import { at, type Sentence } from "../sentences.js";
import { CHANGES, FILLERS, PEOPLE, PREPOSITIONS, THINGS } from "./lexicon.js";

export type Subject = "person" | "thing" | "name" | "unknown";

const REACH = 8;

/**
 * Who does what the verb at `verb` says, as far as the words in front of it show: a person or role ("responder B",
 * "the engineer on call"), a machine or an event, a name in capitals, or nothing we know.
 */
export function subjectOf(sentence: Sentence, verb: number): Subject {
  let index = verb - 1;
  while (FILLERS.has(at(sentence, index))) index -= 1;
  if (["and", "but", ",", "or", "then"].includes(at(sentence, index))) return firstOf(sentence, index);
  const near = kindOf(sentence, index);
  // "the engineer on the late shift", "somebody in the other office": the noun before the preposition does it.
  for (let back = index - 1; back >= Math.max(0, index - 5); back -= 1) {
    if (/^[,;:.]$/.test(at(sentence, back))) break;
    if (PREPOSITIONS.has(at(sentence, back)) && back > 0) {
      const head = kindOf(sentence, back - 1);
      if (head === "person" || head === "thing") return head;
    }
  }
  return near;
}

/** The first that is named in the clause, for a verb that shares its subject: "they read it and ignored it". */
function firstOf(sentence: Sentence, end: number): Subject {
  for (let index = Math.max(0, end - 3 * REACH); index < end; index += 1) {
    if (PREPOSITIONS.has(at(sentence, index - 1))) continue;
    const kind = kindOf(sentence, index);
    if (kind !== "unknown") return kind;
  }
  return "unknown";
}

function kindOf(sentence: Sentence, index: number): Subject {
  const word = sentence.words[index];
  if (word === undefined) return "unknown";
  const { text, raw } = word;
  // "responder B", "engineer 2".
  if (/^([A-Z]{1,2}|\d{1,2})$/.test(raw) && text !== "i" && PEOPLE.has(at(sentence, index - 1))) return "person";
  if (PEOPLE.has(text)) return "person";
  if (THINGS.has(text) || CHANGES.has(text) || THINGS.has(text.split(/[-./]/).at(-1)!)) return "thing";
  if (at(sentence, index - 1) === "@") return "person";
  if (
    /^\p{Lu}\p{Ll}{2,}$/u.test(raw) &&
    !["the", "a", "an", "this", "no", "each"].includes(at(sentence, index - 1)) &&
    !/(s|ing|tion|er|ment)$/.test(text)
  )
    return "name";
  return "unknown";
}

export function isPerson(sentence: Sentence, verb: number): boolean {
  const subject = subjectOf(sentence, verb);
  return subject === "person" || subject === "name";
}
