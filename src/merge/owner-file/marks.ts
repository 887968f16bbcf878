import { shortHash } from "./canonical.js";

/**
 * What we need to find again in a file that people edit, as HTML comments that nobody sees. Text of evidence cannot
 * forge one: "<" is escaped in prose, and code that holds "<!--" is shown as prose.
 */
const ENTRY_MARK = /<!--[ \t]{0,9}e:([^\s<>]{1,600})[ \t]{1,9}([\w.~]{8})[ \t]{0,9}-->/g;

/** `<!-- e:<id> <hash of what we generated> -->` */
export function entryMark(id: string, content: string): string {
  return `<!-- e:${encodeId(id)} ${content} -->`;
}

/** The ids of the entries whose marks stand in a text. */
export function markedIds(text: string): string[] {
  return text.includes("<!--") ? [...text.matchAll(ENTRY_MARK)].map(([, id]) => decodeId(id!)) : [];
}

/** The text of an entry with its mark at the end of its first paragraph, or of its row. */
export function withMark(text: string, mark: string): string {
  const blank = /\n[ \t]*\r?\n|\r\r/.exec(text);
  const end = blank === null ? text.length : text[blank.index - 1] === "\r" ? blank.index - 1 : blank.index;
  const [head, rest] = [text.slice(0, end), text.slice(end)];
  const isRow = head.trimStart().startsWith("|") && head.trimEnd().endsWith("|");
  const row = isRow ? head.lastIndexOf("|") : -1;
  return row > 0 ? `${head.slice(0, row)}${mark} ${head.slice(row)}${rest}` : `${head}${/\s$/.test(head) ? "" : " "}${mark}${rest}`;
}

/** An id inside a comment: what could end it, or would be read as two words, is percent-encoded. */
export function encodeId(id: string): string {
  return id.replace(/[^\w.:/#@{}=,+-]/gu, (char) => encodeURIComponent(char.toWellFormed())).replaceAll("--", "-%2D");
}

export function decodeId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** What the closing mark carries for the key of a unit. */
export function keyHash(key: string): string {
  return shortHash(`key ${key}`);
}
