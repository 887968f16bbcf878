import { type Block, OPAQUE } from "./markdown/block.js";

interface Word {
  /** Lower case, with the plain apostrophe; punctuation is a word of its own. */
  readonly text: string;
  readonly raw: string;
  /** Offsets in the whole text. */
  readonly start: number;
  readonly end: number;
}

export interface Sentence {
  readonly words: readonly Word[];
  /** Said as a guess (`may have`, `we suspect`) or asked: a claim in it is none. */
  readonly tentative: boolean;
}

/** A dot, dash or apostrophe inside a word belongs to it: `don't`, `api.v2`, `forgot-password`. */
const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['./-](?=[\p{L}\p{N}]))*|[^\s\p{L}\p{N}]/gu;

/** The sentences of a block, in their order. */
export function sentencesOf(block: Block): Sentence[] {
  const sentences: Sentence[] = [];
  let words: Word[] = [];
  const close = () => {
    if (words.length > 0) sentences.push({ words, tentative: isTentative(words) });
    words = [];
  };
  for (const match of block.prose.matchAll(WORD)) {
    const raw = match[0];
    const previous = words.at(-1)?.raw;
    // After an abbreviation ("e.g.", "approx.") the sentence goes on in lower case.
    if ((previous === "." || previous === "!" || previous === "?") && !/^[\p{Ll}.!?)]/u.test(raw)) close();
    const start = block.start + match.index;
    words.push({ text: raw.toLowerCase(), raw, start, end: start + raw.length });
  }
  close();
  return sentences;
}

/** The word at `index`, or "" outside. */
export function at(sentence: Sentence, index: number): string {
  return sentence.words[index]?.text ?? "";
}

export function isPlainWord(text: string): boolean {
  return text !== "" && text !== OPAQUE && /^[\p{L}\p{N}]/u.test(text);
}

const GUESSING = new Set(
  `may might perhaps possibly probably maybe likely suspect suspected suspects suspicion hypothesis hypotheses hypothesised hypothesized
  appears appeared seems seemed think thought believe believed guess assume assumed assumption whether unclear unknown theory
  potentially presumably contributed apparently`.split(/\s+/),
);

function isTentative(words: readonly Word[]): boolean {
  if (words.at(-1)?.text === "?") return true;
  return words.some(({ text }, index) => GUESSING.has(text) || (text === "could" && words[index + 1]?.text === "have"));
}
