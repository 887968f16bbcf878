import { OPAQUE } from "./block.js";

interface Exempt {
  readonly from: number;
  readonly until: number;
  readonly shows: boolean;
}

/**
 * The text of one block with code, quotations, comments, tags, link targets and addresses taken out; same length as
 * `source`. What is shown to a reader (code, quotations) becomes `OPAQUE`, the rest becomes spaces.
 * One walk from left to right; a mark whose partner is missing is looked for once only, so that it stays linear.
 */
export function proseOf(source: string): string {
  const parts: string[] = [];
  const lost = new Set<string>();
  let done = 0;
  for (let at = 0; at < source.length;) {
    const exempt = exemptAt(source, at, lost);
    if (exempt === null) {
      // A character after a backslash is never markup.
      at += source[at] === "\\" ? 2 : 1;
      continue;
    }
    parts.push(plain(source.slice(done, exempt.from)), blank(source.slice(exempt.from, exempt.until), exempt.shows));
    done = at = exempt.until;
  }
  parts.push(plain(source.slice(done)));
  return parts.join("");
}

/** Emphasis and escapes are no words, and every apostrophe is the same one. */
function plain(text: string): string {
  return text.replace(/[*_~\\]/g, " ").replace(/[’ʼ]/g, "'");
}

function blank(text: string, shows: boolean): string {
  const spaces = text.replace(/[^\n]/g, " ");
  return shows ? OPAQUE + spaces.slice(1) : spaces;
}

function exemptAt(source: string, at: number, lost: Set<string>): Exempt | null {
  switch (source[at]) {
    case "`":
      return codeAt(source, at, lost);
    case "<":
      return tagAt(source, at, lost);
    case "]":
      return targetAt(source, at, lost);
    case "h":
    case "H":
    case "w":
    case "W":
      return addressAt(source, at);
    default:
      return quotationAt(source, at, lost);
  }
}

function codeAt(source: string, at: number, lost: Set<string>): Exempt {
  let length = 1;
  while (source[at + length] === "`") length += 1;
  const fence = "`".repeat(length);
  let end = lost.has(fence) ? -1 : source.indexOf(fence, at + length);
  // A longer run does not close a shorter one.
  while (end >= 0 && source[end + length] === "`") {
    while (source[end] === "`") end += 1;
    end = source.indexOf(fence, end);
  }
  if (end >= 0) return { from: at, until: end + length, shows: true };
  lost.add(fence);
  return { from: at, until: at + length, shows: false };
}

const SPEAKING_TAGS = ["code", "q", "kbd", "samp", "pre", "blockquote"];

function tagAt(source: string, at: number, lost: Set<string>): Exempt | null {
  if (source.startsWith("<!--", at)) return until(source, at, "-->", false, lost);
  const name = /^<\/?([a-z][a-z0-9-]*)/i.exec(source.slice(at, at + 40))?.[1]?.toLowerCase();
  if (name === undefined) return null;
  if (SPEAKING_TAGS.includes(name) && source[at + 1] !== "/") {
    const whole = until(source, at, `</${name}>`, true, lost);
    if (whole !== null) return whole;
  }
  return until(source, at, ">", false, lost);
}

/** `](...)` and `][...]`: the words before it are prose, the target is not. */
function targetAt(source: string, at: number, lost: Set<string>): Exempt | null {
  const next = source[at + 1];
  if (next === "[") return until(source, at + 1, "]", false, lost);
  if (next !== "(" || lost.has("](")) return null;
  if (source[at + 2] === "<") return until(source, at, ">)", false, lost);
  let depth = 0;
  for (let end = at + 1; end < source.length && end < at + 2000; end += 1) {
    if (source[end] === "(") depth += 1;
    if (source[end] === ")") depth -= 1;
    if (depth === 0) return { from: at, until: end + 1, shows: false };
  }
  lost.add("](");
  return null;
}

function addressAt(source: string, at: number): Exempt | null {
  if (isWord(source[at - 1])) return null;
  if (!/^(?:https?:\/\/|www\.)/i.test(source.slice(at, at + 8))) return null;
  let end = at;
  while (end < source.length && !/[\s<>"”)\]]/.test(source[end]!)) end += 1;
  return { from: at, until: end, shows: true };
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ["“", "”"],
  ["„", "“”"],
  ["‘", "’"],
  ["‚", "‘"],
  ["«", "»"],
  ["»", "«"],
  ["「", "」"],
]);

function quotationAt(source: string, at: number, lost: Set<string>): Exempt | null {
  const open = source[at]!;
  const closing = CLOSING.get(open);
  if (closing === undefined || lost.has(open)) return null;
  const straight = open === closing || open === "‘";
  if (straight && (isWord(source[at - 1]) || /\s/.test(source[at + 1] ?? " "))) return null;
  for (let end = at + 1; end < source.length; end += 1) {
    if (!closing.includes(source[end]!)) continue;
    if (!straight || (!/\s/.test(source[end - 1]!) && !isWord(source[end + 1]))) return { from: at, until: end + 1, shows: true };
  }
  lost.add(open);
  return null;
}

function until(source: string, at: number, close: string, shows: boolean, lost: Set<string>): Exempt | null {
  const end = lost.has(close) ? -1 : source.indexOf(close, at + 1);
  if (end >= 0) return { from: at, until: end + close.length, shows };
  lost.add(close);
  return null;
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}
