import { visibleWords } from "./owner-file/canonical.js";

/** So many words in a row are no accident. Numbers do not count: times are alike everywhere. */
const RUN = 4;

/** Whether a piece repeats four words in a row of one of the texts, or all words of a shorter one. */
export function repeatsAny(piece: string, texts: readonly string[]): boolean {
  const said = ` ${wordsOf(piece).join(" ")} `;
  return texts.some((text) => {
    const words = wordsOf(text);
    if (words.length < 2) return false;
    const length = Math.min(RUN, words.length);
    return words.some((_, at) => at + length <= words.length && said.includes(` ${words.slice(at, at + length).join(" ")} `));
  });
}

function wordsOf(text: string): string[] {
  return visibleWords(text)
    .split(" ")
    .filter((word) => /\p{L}/u.test(word));
}
