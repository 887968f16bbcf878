import { beginsClosingMark } from "./base.js";
import { markedIds } from "./marks.js";

/** A piece of the owner's file: all pieces and the white space behind them, one after the other, are the file. */
export interface FileUnit {
  /** As it stands, without the line end behind it. */
  readonly raw: string;
  /** The line end behind it and the empty lines up to the next piece. */
  readonly gap: string;
  /** Of the entries whose marks stand in it. */
  readonly ids: readonly string[];
  readonly kind: "line" | "heading" | "item" | "fence" | "front" | "closing";
  /** Of a heading: 1 to 6; else 0. */
  readonly level: number;
  /** Number of the list item that a line of `raw` belongs to, where that was not taken as one piece; else null. */
  readonly item: number | null;
}

export interface ParsedFile {
  /** White space before the first piece. */
  readonly lead: string;
  readonly units: readonly FileUnit[];
  /** The line end that is used most. */
  readonly eol: "\n" | "\r\n";
}

/** Some editors put it at the beginning; it stays there. */
const BYTE_ORDER_MARK = "\ufeff";

interface Line {
  readonly text: string;
  readonly end: string;
}

/**
 * The file in pieces that can be matched with what we generate: list items that hold an entry's mark and code blocks
 * are one piece, every other line is a piece of its own.
 */
export function parseFile(text: string): ParsedFile {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  const lines = linesOf(text.slice(mark.length));
  const units: FileUnit[] = [];
  /** Fences that nothing below closes: looked for once, or a file of them would take quadratic time. */
  const open = new Set<string>();
  let lead = mark;
  let index = 0;
  const frontEnd = lines[0]?.text.trimEnd() === "---" ? lines.findIndex((line, at) => at > 0 && line.text.trimEnd() === "---") : -1;
  while (index < lines.length) {
    const line = lines[index]!;
    if (line.text.trim() === "" && index > frontEnd) {
      const last = units.at(-1);
      if (last) units[units.length - 1] = { ...last, gap: last.gap + line.text + line.end };
      else lead += line.text + line.end;
      index += 1;
      continue;
    }
    const extent = index <= frontEnd ? one(index, "front") : extentOf(lines, index, open);
    for (const unit of extent.units) units.push(unitOf(lines, unit.from, unit.until, extent.kind, extent.item));
    index = extent.until;
  }
  return { lead, units, eol: text.split("\r\n").length * 2 > text.split("\n").length + 1 ? "\r\n" : "\n" };
}

interface Extent {
  readonly units: readonly { readonly from: number; readonly until: number }[];
  readonly until: number;
  readonly kind: FileUnit["kind"];
  readonly item: number | null;
}

function extentOf(lines: readonly Line[], from: number, open: Set<string>): Extent {
  const { text } = lines[from]!;
  if (beginsClosingMark(text)) {
    const end = findFrom(lines, from, (line) => line.includes("-->"));
    return end === -1 ? one(from, "line") : whole(from, end + 1, "closing");
  }
  const fence = fenceOf(text);
  if (fence !== null) {
    const end = open.has(fence) ? -1 : findFrom(lines, from + 1, (line) => closes(line, fence));
    if (end === -1) open.add(fence);
    return end === -1 || hasMark(lines, from, end + 1) ? one(from, "line") : whole(from, end + 1, "fence");
  }
  if (!isItem(text)) return one(from, headingLevel(text) + underlinedLevel(lines, from) > 0 ? "heading" : "line");
  const until = itemEnd(lines, from);
  if (hasMark(lines, from, until)) return whole(from, until, "item");
  const filled: number[] = [];
  for (let at = from; at < until; at++) if (lines[at]!.text.trim() !== "") filled.push(at);
  return { units: filled.map((at, nth) => ({ from: at, until: filled[nth + 1] ?? until })), until, kind: "item", item: from };
}

function findFrom(lines: readonly Line[], from: number, test: (text: string) => boolean): number {
  for (let at = from; at < lines.length; at++) if (test(lines[at]!.text)) return at;
  return -1;
}

function one(from: number, kind: FileUnit["kind"]): Extent {
  return whole(from, from + 1, kind);
}

function whole(from: number, until: number, kind: FileUnit["kind"]): Extent {
  return { units: [{ from, until }], until, kind, item: null };
}

/** A list item ends before the first line that is neither indented nor a continuation of its last paragraph. */
function itemEnd(lines: readonly Line[], from: number): number {
  let until = from + 1;
  for (let at = from + 1; at < lines.length; at++) {
    const { text } = lines[at]!;
    if (text.trim() === "") continue;
    const indented = text.startsWith("  ") || text.startsWith("\t");
    if (!indented && (at !== until || startsBlock(text))) break;
    until = at + 1;
  }
  return until;
}

function startsBlock(text: string): boolean {
  const line = text.trimStart();
  return isItem(text) || headingLevel(text) > 0 || fenceOf(text) !== null || /^[|>]|^<!--|^---+\s*$|^\*\*\*+\s*$/.test(line);
}

/** Bullets as Markdown has them, and those that other tools write. */
export function isItem(text: string): boolean {
  return /^ {0,3}(?:[-*+•‣◦☐☑☒✓]|\d{1,9}[.)])(?:[ \t]|$)/u.test(text);
}

function headingLevel(text: string): number {
  return /^ {0,3}(#{1,6})(?:[ \t]|$)/.exec(text)?.[1]!.length ?? 0;
}

/** A line of text above a line of `=` or `-`: how some editors write the first two levels. */
function underlinedLevel(lines: readonly Line[], at: number): 0 | 1 | 2 {
  const below = lines[at + 1]?.text.trimEnd() ?? "";
  if (!/^\s{0,3}[\p{L}\p{N}]/u.test(lines[at]!.text)) return 0;
  return /^={2,}$/.test(below) ? 1 : /^-{2,}$/.test(below) ? 2 : 0;
}

function fenceOf(text: string): string | null {
  return /^ {0,3}(`{3,}|~{3,})/.exec(text)?.[1] ?? null;
}

function closes(text: string, fence: string): boolean {
  const line = text.trim();
  return line.length >= fence.length && line === fence[0]!.repeat(line.length);
}

/** Marks in a code block, where some programs put comments, are marks all the same. */
function hasMark(lines: readonly Line[], from: number, until: number): boolean {
  for (let at = from; at < until; at++) {
    const { text } = lines[at]!;
    if (beginsClosingMark(text) || markedIds(text).length > 0) return true;
  }
  return false;
}

function unitOf(lines: readonly Line[], from: number, until: number, kind: FileUnit["kind"], item: number | null): FileUnit {
  const text = lines.slice(from, until).map((line) => line.text + line.end);
  const all = text.join("");
  const raw = trimBlankEnd(all);
  return {
    raw,
    gap: all.slice(raw.length),
    ids: kind === "closing" ? [] : markedIds(raw),
    kind,
    level: kind === "heading" ? headingLevel(raw) || underlinedLevel(lines, from) : 0,
    item,
  };
}

/** Without empty lines and the line end at its end; white space at the end of the last line stays. */
function trimBlankEnd(text: string): string {
  let end = text.length;
  for (;;) {
    let start = end;
    while (start > 0 && (text[start - 1] === "\n" || text[start - 1] === "\r")) start -= 1;
    let content = start;
    while (content > 0 && (text[content - 1] === " " || text[content - 1] === "\t")) content -= 1;
    const blankLine = content === 0 || text[content - 1] === "\n" || text[content - 1] === "\r";
    if (!blankLine || content === 0) return text.slice(0, start);
    end = content;
  }
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char !== "\n" && char !== "\r") continue;
    const until = char === "\r" && text[at + 1] === "\n" ? at + 2 : at + 1;
    lines.push({ text: text.slice(from, at), end: text.slice(at, until) });
    from = until;
    at = until - 1;
  }
  if (from < text.length) lines.push({ text: text.slice(from), end: "" });
  return lines;
}
