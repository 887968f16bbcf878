import { visible } from "./text.js";

/**
 * The one escaping function for Markdown (CommonMark and GFM): the text shows as it is and makes no structure.
 * Line feeds stay; whoever puts the text into a list or a table decides about them.
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]<>~|#&$!{}^]/g, "\\$&")
    .split("\n")
    .map(escapeLineStart)
    .join("\n");
}

/** A span of code that shows `text` as it is, on one line. */
export function codeSpan(text: string): string {
  const line = visible(text).replace(/\s+/g, " ").trim();
  if (line === "") return "";
  const fence = "`".repeat(longestRun(line, "`") + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A fenced block that shows `text` as it is. */
export function codeBlock(text: string): string {
  const body = visible(text).replace(/\n+$/, "");
  const fence = "`".repeat(Math.max(3, longestRun(body, "`") + 1));
  return `${fence}\n${body}\n${fence}`;
}

/** A link, or only its label when the URL is not one that a reader may be sent to. */
export function link(label: string, url: string): string {
  const safe = safeUrl(url);
  const shown = escapeMarkdown(label).replaceAll("\n", " ");
  return safe === null ? shown : `[${shown}](<${safe}>)`;
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
  const text = line.replace(/^[ \t]+/, "").replace(/[ \t]+$/, "");
  const number = /^(\d{1,9})([.)])/.exec(text);
  if (number) return `${number[1]}\\${text.slice(number[1]!.length)}`;
  return /^[-+=:]/.test(text) ? `\\${text}` : text;
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
