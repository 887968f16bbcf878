/** A whole word of a text: letters, digits and inner underscores, in any script. */
export interface Word {
  readonly start: number;
  readonly end: number;
  /** Lower case without accents: what two spellings of a name have in common. */
  readonly folded: string;
  /** What stands between the word before and this one, in a common form; null: too much to belong together. */
  readonly separator: string | null;
}

// Scripts that write no spaces: each letter is a word, so that a name is found inside a run of text.
const UNSPACED = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}";
const ANY_WORD = new RegExp(`[${UNSPACED}]\\p{M}*|(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}_])+`, "gu");
const UNSPACED_LETTER = new RegExp(`^[${UNSPACED}]`, "u");
const ASCII_ONLY = /^[\u0000-\u007f]*$/;

/** The words of a text in one pass. Underscores at the edges of a word are markup, not name. */
export function wordsOf(text: string): Word[] {
  const ascii = ASCII_ONLY.test(text);
  const words: Word[] = [];
  let previousEnd = 0;
  for (const [from, until] of ascii ? asciiRuns(text) : anyRuns(text)) {
    const [start, end] = withoutEdges(text, from, until);
    if (start >= end) continue;
    const separator = words.length === 0 ? null : commonSeparator(text, previousEnd, start);
    words.push({ start, end, folded: fold(text.slice(start, end), ascii), separator });
    previousEnd = end;
  }
  return words;
}

/** A letter of a script that writes no spaces: a name in it stands with a space between its parts, or without. */
export function isUnspaced(word: Word): boolean {
  return UNSPACED_LETTER.test(word.folded.normalize("NFC"));
}

/** Most text is ASCII, and there is a lot of it: a loop over codes costs a fraction of a pattern. */
function* asciiRuns(text: string): Generator<readonly [from: number, until: number]> {
  let from = -1;
  for (let at = 0; at <= text.length; at++) {
    const isInside = at < text.length && isWordCode(text.charCodeAt(at));
    if (isInside && from < 0) from = at;
    if (isInside || from < 0) continue;
    yield [from, at];
    from = -1;
  }
}

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}

function* anyRuns(text: string): Generator<readonly [from: number, until: number]> {
  for (const match of text.matchAll(ANY_WORD)) yield [match.index, match.index + match[0].length];
}

export function fold(word: string, ascii = ASCII_ONLY.test(word)): string {
  if (ascii) return word.toLowerCase();
  return word
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase();
}

function withoutEdges(text: string, from: number, until: number): [number, number] {
  let start = from;
  let end = until;
  while (start < end && text[start] === "_") start++;
  while (end > start && text[end - 1] === "_") end--;
  return [start, end];
}

/** White space with or without the dot of an initial is one space; hyphens and apostrophes have many code points. */
function commonSeparator(text: string, from: number, until: number): string | null {
  if (until - from > 4) return null;
  const between = text.slice(from, until);
  if (between === " ") return between;
  if (/\s/.test(between)) {
    const mark = between.replace(/[\s.]/g, "");
    return mark === "" ? " " : mark === "," ? ", " : null;
  }
  if (between.length > 1) return null;
  return between.replace(/[\u2010\u2011]/, "-").replace(/[\u2019\u02bc]/, "'");
}
