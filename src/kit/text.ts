/**
 * Text as it may be stored: no lone surrogates, no NUL, which databases refuse or change.
 * Done once, before hashing, so that every store keeps the same bytes.
 */
export function wellFormed(text: string): string {
  return text.toWellFormed().replaceAll("\u0000", "\u2400");
}

/** The same for every string inside a JSON value; keys too. */
export function wellFormedDeep<T>(value: T): T {
  if (typeof value === "string") return wellFormed(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => wellFormedDeep(item)) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [wellFormed(key), wellFormedDeep(member as unknown)])) as T;
}

/**
 * Text as it may be shown: controls and direction overrides are written out (`\x1b`, `\u202e`), line feeds and tabs
 * stay, line ends become "\n", and at most eight combining marks stand on one letter.
 */
export function visible(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029|\u0085/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`)
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/(\p{M}{8})\p{M}+/gu, "$1");
}

/** One line: every run of white space is one space. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, " ").trim();
}

/** Without any of `characters` at its beginning. */
export function trimStartOf(text: string, characters: string): string {
  let from = 0;
  while (from < text.length && characters.includes(text[from]!)) from += 1;
  return text.slice(from);
}

/** Without any of `characters` at its end: a regular expression for this takes quadratic time on runs inside. */
export function trimEndOf(text: string, characters: string): string {
  let until = text.length;
  while (until > 0 && characters.includes(text[until - 1]!)) until -= 1;
  return text.slice(0, until);
}

/** Cuts at `max` characters (code points), at a word where one is near, and says so with an ellipsis. */
export function shorten(text: string, max: number): string {
  const points = Array.from(text);
  if (points.length <= max) return text;
  const cut = points.slice(0, max - 1).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > cut.length * 0.7 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** A name for files and ids, from a safe alphabet: a-z, 0-9 and single dashes, never empty, at most 60 long. */
export function slug(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-|-$/g, "");
  return plain === "" ? "incident" : plain;
}

/** Ascending by code unit: the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
