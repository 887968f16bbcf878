import { oneLine, trimEndOf, trimStartOf, visible } from "./text.js";

/**
 * The one escaping function for Markdown (CommonMark and GFM): the text shows as it is and makes no structure.
 * Line feeds stay; whoever puts the text into a list or a table decides about them. White space at the ends of lines
 * goes, since it means something in Markdown. `midLine`: something stands before it on its first line, and its white
 * space is kept there.
 */
export function escapeMarkdown(text: string, { midLine = false } = {}): string {
  return visible(text)
    .replace(MARKS, "\\$&")
    .replace(AUTOLINK, "\\$&")
    .split("\n")
    .map((line, index) => (midLine && index === 0 ? line : escapeLineStart(line)))
    .join("\n");
}

/**
 * Only what could be a mark where it stands, so that the source reads well: `_` inside a word is none, `#` is one at the
 * ends of a line, `!` before a bracket or before what follows the text. None of these repeats, so it is linear.
 */
const MARKS = /[\\`*[\]<>~|&$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|#(?=[#\s]|$)|!(?=[[-]|$)/gu;

/**
 * What GFM makes links of without being asked: `scheme://`, `www.` and mail addresses. It reads them before it undoes
 * escapes, so that a link, and the text in it, would have our backslashes.
 */
const AUTOLINK = /:(?=\/\/)|(?<=www)\.|(?<=[a-z0-9._+-])@/gi;

/** A span of code that shows `text` as it is, on one line. */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  if (line === "") return "";
  const fence = "`".repeat(longestRun(line, "`") + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A fenced block that shows `text` as it is. */
export function codeBlock(text: string): string {
  const body = trimEndOf(visible(text), "\n");
  const fence = "`".repeat(Math.max(3, longestRun(body, "`") + 1));
  return `${fence}\n${body}\n${fence}`;
}

/** A link, or only its label when the URL is not one that a reader may be sent to. */
export function link(label: string, url: string): string {
  const safe = safeUrl(url);
  const shown = escapeMarkdown(label, { midLine: true }).replaceAll("\n", " ");
  // A reader of Markdown takes `&copy;` in a URL for the sign.
  return safe === null ? shown : `[${shown}](<${safe.replace(/&(?=#?[a-z0-9]{1,40};)/gi, "&amp;")}>)`;
}

/** http, https and mailto only, percent-encoded so that it cannot end a Markdown link; else null. */
export function safeUrl(url: string): string | null {
  if (url.length > 4000 || !URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (!["http:", "https:", "mailto:"].includes(parsed.protocol)) return null;
  if (parsed.username !== "" || parsed.password !== "") return null;
  return parsed.href.replace(/[<>()[\]\\|`"' ]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);
}

function escapeLineStart(line: string): string {
  const text = trimStartOf(trimEndOf(line, " \t"), " \t");
  const number = /^(\d{1,9})([.)])/.exec(text);
  if (number) return `${number[1]}\\${text.slice(number[1]!.length)}`;
  return /^[-+=:#]/.test(text) ? `\\${text}` : text;
}

function longestRun(text: string, char: string): number {
  let longest = 0;
  let run = 0;
  for (const each of text) {
    run = each === char ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return longest;
}
