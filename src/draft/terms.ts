const MOST_CHARACTERS = 4000;
/** Words that differ only in their endings are one: case, number and tense sit there in most languages. */
const STEM = 7;
const SHORTEST = 3;
/** Scripts that set no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const RUN = /\p{Script=Han}+|[\p{Script=Katakana}ー]{2,}/gu;
/** One such sign says about as much as this many letters. */
const LETTERS_PER_SIGN = 2.5;

const STOP = new Set(
  "the and for that this with from are was were has have had not but you your our out all can will just what when who how why its then than them they there here now get got one two new use used some any into over only also been being does did done more most very well".split(
    " ",
  ),
);

/**
 * The words of a text, each once, in lower case and cut to their stems; numbers are none. Of Chinese and Japanese, pairs of
 * neighbouring signs and foreign words: what stands between them are endings and particles.
 */
export function termsOf(plain: string): ReadonlySet<string> {
  const terms = new Set<string>();
  for (const word of plain.slice(0, MOST_CHARACTERS).match(/[\p{L}\p{N}]+/gu) ?? []) {
    if (UNSPACED.test(word)) for (const term of unspaced(word)) terms.add(term);
    else if (word.length >= SHORTEST && !STOP.has(word) && !/^\d+$/.test(word)) terms.add(word.slice(0, STEM));
  }
  return terms;
}

function unspaced(word: string): string[] {
  return (word.match(RUN) ?? []).flatMap((run) => {
    const signs = Array.from(run);
    if (!/\p{Script=Han}/u.test(run) || signs.length === 1) return [run];
    return signs.slice(1).map((sign, index) => signs[index]! + sign);
  });
}

/** How long a text is, in letters, whatever it is written in. */
export function lengthOf(plain: string): number {
  let length = 0;
  for (const sign of plain.slice(0, 1000)) length += UNSPACED.test(sign) ? LETTERS_PER_SIGN : 1;
  return length;
}
