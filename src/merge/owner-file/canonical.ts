import { sha256 } from "../../kit/hash.js";

/** How "new since the last build" is shown, behind the time of an entry. */
export const NEW_FLAG = "_new_ · ";

const FLAG = /[_*]new[_*] · /;
const MARK = /<!--[ \t]{0,9}[es]:[^\s<>]{1,600}[^<>\n]{0,80}-->/g;

/**
 * Markdown without what an editor's "format on save" changes and a reader cannot see: line ends, wrapping, list markers,
 * white space, `*` for `_`, needless backslashes, padding in tables. What an owner would call an edit stays.
 */
function canonical(markdown: string): string {
  let fenced = false;
  const parts: string[] = [];
  for (const raw of withoutMarks(markdown).split(/\r\n|\r|\n/)) {
    const line = raw.trim();
    const fence = line.startsWith("```") || line.startsWith("~~~");
    if (fence) fenced = !fenced;
    parts.push(fenced || fence ? `\n${raw.trimEnd()}\n` : line === "" ? "\n\n" : spelled(line));
  }
  return parts
    .join(" ")
    .replace(/ ?\n[\n ]*/g, "\n")
    .trim();
}

/** 48 bits of the canonical text: what a file carries of it. */
export function contentHash(markdown: string): string {
  return shortHash(canonical(markdown));
}

/** Eight characters that a comment can hold. */
export function shortHash(text: string): string {
  return Buffer.from(sha256(text).slice(0, 12), "hex").toString("base64url").replaceAll("-", ".").replaceAll("_", "~");
}

/** Letters and digits of what a reader sees: the same when other tools have changed every mark of the Markdown. */
export function visibleWords(markdown: string): string {
  return withoutMarks(markdown)
    .replace(/\]\([^()\n]{0,4000}\)/g, "]")
    .replace(/<https?:[^\s<>]{0,4000}>/g, "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Without our marks and flags. */
export function withoutMarks(markdown: string): string {
  return markdown.replace(MARK, "").replace(FLAG, "");
}

function spelled(line: string): string {
  return line
    .replace(/^[*+-][ \t]+/, "- ")
    .replace(/\]\(<([^<>\n]{0,4000})>\)/g, "]($1)")
    .replace(/\\([~&$|>#+.!=:@()'"/,;%?-])/g, "$1")
    .replace(/(?<![\p{L}\p{N}\\])_|(?<!\\)_(?![\p{L}\p{N}])/gu, "*")
    .replace(/-{3,}/g, "---")
    .replace(/[ \t]+/g, " ");
}
