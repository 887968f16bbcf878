import { ActionCollector } from "./actions.js";
import type { Block, Reading } from "./block.js";
import { proseOf } from "./prose-of.js";

interface Line {
  readonly start: number;
  readonly text: string;
}

const LIST_ITEM = /^( {0,12}|\t)([-*+]|\d{1,9}[.)])(?:[ \t]+|$)/;
/** An entry of a draft timeline: its words are the source's, as long as our mark is on it. */
const ENTRY_MARK = "<!-- e:";
/** An excerpt in a generated list: a full time, and what was said then. */
const EXCERPT = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? UTC, /;

/**
 * Reads Markdown line by line for what its author says: paragraphs, list items, headings and cells. Code, quotations,
 * front matter, HTML blocks, link definitions and the marked entries of a draft are left out. Linear, and never throws.
 */
export function readMarkdown(text: string): Reading {
  const reader = new Reader();
  const lines = linesOf(text);
  for (let index = skipFrontMatter(lines); index < lines.length; index += 1) reader.take(lines[index]!, lines[index + 1]);
  return reader.end();
}

class Reader {
  private readonly blocks: Block[] = [];
  private readonly actions = new ActionCollector();
  private open: { start: number; lines: string[]; heading: boolean } | null = null;
  /** Everything up to this line is no prose. */
  private skipUntil: ((line: string) => boolean) | null = null;
  private inQuote = false;
  private inTable = false;
  private inList = false;
  private afterBlank = true;
  /** How far the text of a marked entry is indented, while its further lines may follow. */
  private entryIndent: number | null = null;

  take(line: Line, next: Line | undefined): void {
    const { text } = line;
    if (this.skipUntil !== null) {
      if (this.skipUntil(text)) this.skipUntil = null;
      return;
    }
    if (text.trim() === "") {
      this.close();
      this.afterBlank = true;
      this.inQuote = this.inTable = false;
      return;
    }
    this.takeText(line, next);
    this.afterBlank = false;
  }

  end(): Reading {
    this.close();
    return { blocks: this.blocks, actions: this.actions.end() };
  }

  private takeText(line: Line, next: Line | undefined): void {
    const { text } = line;
    const indent = indentOf(text);
    const item = LIST_ITEM.exec(text);
    if (this.entryIndent !== null) {
      if (indent >= this.entryIndent) return;
      this.entryIndent = null;
    }
    if (this.startsSkip(text) || this.isQuote(text, item !== null)) return this.close();
    if (indent === 0 && item === null && this.afterBlank) this.inList = false;
    if (indent >= 4 && this.afterBlank && !this.inList && item === null) return;
    if (/^ {0,3}\[[^\]]{1,200}\]:/.test(text) && this.open === null) return;
    const heading = /^ {0,3}(#{1,6})(?:[ \t]|$)/.exec(text);
    if (heading) return this.takeHeading(line, heading[1]!.length);
    if (/^ {0,3}(=+|-+) *$/.test(text)) return this.takeUnderline(text.trim().startsWith("=") ? 1 : 2);
    if (this.inTable || isTableHead(text, next)) return this.takeRow(line);
    if (item !== null) return this.takeItem(line, item[0].length, indent);
    if (this.open === null) this.open = { start: line.start, lines: [], heading: false };
    this.open.lines.push(text);
    this.actions.more(line.start, text);
  }

  private takeItem(line: Line, width: number, indent: number): void {
    this.close();
    this.inList = true;
    if (line.text.includes(ENTRY_MARK)) {
      this.entryIndent = indent + 2;
      return;
    }
    this.open = { start: line.start + width, lines: [line.text.slice(width)], heading: false };
    this.actions.item(line.start + width, line.text.slice(width), indent);
  }

  private takeHeading(line: Line, level: number): void {
    this.close();
    this.inList = false;
    this.actions.heading(line.text.slice(line.text.indexOf("#") + level), level);
    this.add(line.start, line.text);
  }

  private takeUnderline(level: number): void {
    if (this.open !== null) this.actions.heading(this.open.lines.join(" "), level);
    this.close();
  }

  /** Each cell is a block of its own; the row of dashes is none. */
  private takeRow(line: Line): void {
    this.close();
    this.inTable = true;
    if (/^[\s|:-]+$/.test(line.text) && line.text.includes("-")) return;
    const cells = cellsOf(line);
    for (const cell of cells) this.add(cell.start, cell.text);
    this.actions.row(line.start, line.text, cells);
  }

  private startsSkip(text: string): boolean {
    const fence = /^\s{0,12}(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})([^`]*)$/.exec(text)?.[1];
    const tag = /^ {0,3}<(pre|script|style|blockquote|textarea)(?:[\s>]|$)/i.exec(text)?.[1]?.toLowerCase();
    if (fence !== undefined) this.skipUntil = (line) => line.trim().startsWith(fence) && /^(`+|~+)$/.test(line.trim());
    else if (tag !== undefined)
      this.skipUntil = text.toLowerCase().includes(`</${tag}>`) ? null : (line) => line.toLowerCase().includes(`</${tag}>`);
    else if (/^ {0,3}<!--/.test(text)) this.skipUntil = text.includes("-->") ? null : (line) => line.includes("-->");
    else return false;
    // A comment before words on one line is no block of its own.
    return !/^ {0,3}<!--.*-->\s*\S/.test(text);
  }

  /** A line of a block quote, or one that goes on with its paragraph without the mark. */
  private isQuote(text: string, isItem: boolean): boolean {
    if (/^\s*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?>/.test(text)) this.inQuote = true;
    else if (isItem || /^ {0,3}(#{1,6}\s|[=-]+ *$)/.test(text)) this.inQuote = false;
    return this.inQuote;
  }

  private close(): void {
    if (this.open !== null) this.add(this.open.start, this.open.lines.join("\n"));
    this.open = null;
  }

  private add(start: number, source: string): void {
    const excerpt = EXCERPT.exec(source);
    const prose = proseOf(source);
    if (excerpt === null) return void this.blocks.push({ start, prose });
    this.blocks.push({ start, prose: prose.slice(0, excerpt.index) });
  }
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf("\n", start);
    const end = found < 0 ? text.length : found;
    // A "\r" stays out of the pattern's way, and out of the words; the length stays.
    lines.push({ start, text: text.slice(start, end).replace(/\r$/, " ") });
    start = end + 1;
  }
  return lines;
}

function skipFrontMatter(lines: readonly Line[]): number {
  if (lines[0]?.text.trim().replace("\uFEFF", "") !== "---") return 0;
  const end = lines.findIndex(({ text }, index) => index > 0 && /^(---|\.\.\.)\s*$/.test(text));
  return end < 0 ? 0 : end + 1;
}

function indentOf(text: string): number {
  let indent = 0;
  for (const char of text) {
    if (char === "\t") indent += 4;
    else if (char === " ") indent += 1;
    else break;
  }
  return indent;
}

function isTableHead(text: string, next: Line | undefined): boolean {
  return text.includes("|") && next !== undefined && next.text.includes("-") && next.text.includes("|") && /^[\s|:-]+$/.test(next.text);
}

function cellsOf({ start, text }: Line): Line[] {
  const cells: Line[] = [];
  let from = 0;
  for (let index = 0; index <= text.length; index += 1) {
    if (text[index] === "\\") index += 1;
    else if (index === text.length || text[index] === "|") {
      cells.push({ start: start + from, text: text.slice(from, index) });
      from = index + 1;
    }
  }
  if (from <= text.length && cells.length === 0) cells.push({ start, text });
  if (text.trimStart().startsWith("|")) cells.shift();
  if (text.trimEnd().endsWith("|")) cells.pop();
  return cells;
}
