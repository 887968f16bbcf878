/** `*` is any text, `?` one character. Linear in the text for each star, whatever the pattern. */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let retry = 0;
  let index = 0;
  while (index < text.length) {
    if (pattern[at] === "*") {
      star = at;
      retry = index;
      at += 1;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === text[index])) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      retry += 1;
      index = retry;
    } else return false;
  }
  while (pattern[at] === "*") at += 1;
  return at === pattern.length;
}

export function isGlob(text: string): boolean {
  return /[*?]/.test(text);
}

/** Whether a text fits any of the patterns; case does not count. */
export function fitsAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => matchesGlob(pattern.toLowerCase(), text.toLowerCase()));
}
