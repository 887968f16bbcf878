import { shortHash } from "./canonical.js";

/**
 * A line of ours under an entry that the owner has changed: what the source says by now. It is nested in the entry's
 * list item, ends in a mark with its own hash, and is replaced when the source changes once more.
 */
const LABEL = "_At the source now:_";
const MARK = /<!--[ \t]{0,9}s:([\w.~]{8})[ \t]{0,9}-->[ \t]*$/;

/** `text` is one line of escaped Markdown. */
export function besideLine(text: string): string {
  const line = `  - ${LABEL} ${text}`;
  return `${line} <!-- s:${shortHash(line)} -->`;
}

/** A piece of the file without such lines; one that the owner has changed is theirs and stays. */
export function withoutBeside(raw: string): string {
  if (!raw.includes("s:")) return raw;
  const lines = raw.split("\n");
  const kept = lines.filter((line) => !isOurs(line.endsWith("\r") ? line.slice(0, -1) : line));
  if (kept.length === lines.length) return raw;
  const text = kept.join("\n");
  return text.endsWith("\r") && !raw.endsWith("\r") ? text.slice(0, -1) : text;
}

function isOurs(line: string): boolean {
  const mark = MARK.exec(line);
  if (mark === null) return false;
  const text = line.slice(0, mark.index).trimEnd();
  return shortHash(text) === mark[1] || shortHash(text.replace(/^(\s*)[*+] /, "$1- ")) === mark[1];
}
