import type { GeneratedUnit } from "../../contract/owner-file.js";
import type { Block, RichText } from "../../contract/rich-text.js";
import { fromIso, MICROS_PER_MINUTE, MICROS_PER_SECOND, type EpochMicros } from "../../kit/instant.js";
import { paragraph } from "../../kit/rich-text.js";
import { withoutBeside } from "./beside.js";
import { withoutMarks } from "./canonical.js";

/** What a list item of the owner's file says. */
export interface ItemInFile {
  readonly time: TimeInFile | null;
  /** What stands behind the time, as text. */
  readonly text: RichText;
}

export interface TimeInFile {
  readonly at: EpochMicros;
  readonly endedAt: EpochMicros | null;
  readonly precisionMicros: number;
  /** As it is written. */
  readonly sourceText: string;
}

const MARKER = /^\s{0,3}(?:[-*+•]|\d{1,9}[.)])\s{1,9}(?:\[[ xX]\]\s{1,9})?/;
const CLOCK = String.raw`(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)Z?`;
const TIME = new RegExp(String.raw`^[*_]{0,3}(${CLOCK}(?: ?[–-] ?${CLOCK})?)[*_]{0,3}(?: \([^()\n]{0,40}\))?[ :]*`);

/**
 * Reads an item of the timeline as its owner left it. `day`: of the heading above it, in UTC; `unit`: as it was
 * generated, so that its milestone and its links are not taken for the owner's words.
 */
export function readItem(raw: string, day: string, unit?: GeneratedUnit): ItemInFile {
  const item = withoutMarks(withoutBeside(raw)).replaceAll("\r\n", "\n").replace(MARKER, "");
  const found = TIME.exec(item);
  const time = found === null ? null : timeOf(found, day);
  const said = time === null ? item : item.slice(found![0].length);
  return { time, text: textOf(unit?.entry ? withoutFrame(said, unit.entry) : said) };
}

function timeOf(found: RegExpExecArray, day: string): TimeInFile | null {
  const [, sourceText, from, clock, until, end] = found;
  const start = instantOf(from ?? day, clock!);
  if (start === null) return null;
  const over = end === undefined ? null : instantOf(until ?? from ?? day, end);
  return {
    at: start.at,
    precisionMicros: start.precisionMicros,
    endedAt: over === null || over.at < start.at ? null : over.at,
    sourceText: sourceText!,
  };
}

function instantOf(day: string, clock: string): { at: EpochMicros; precisionMicros: number } | null {
  const at = fromIso(`${day}T${clock.length === 5 ? `${clock}:00` : clock}Z`);
  if (at === null) return null;
  const digits = clock.split(".")[1]?.length ?? 0;
  return { at, precisionMicros: clock.length === 5 ? MICROS_PER_MINUTE : MICROS_PER_SECOND / 10 ** digits };
}

function withoutFrame(said: string, { lead, tail }: { readonly lead: string; readonly tail: string }): string {
  const text = said.startsWith(lead) ? said.slice(lead.length) : said;
  const [first = "", ...rest] = text.split("\n");
  const trimmed = first.trimEnd();
  const own = tail !== "" && trimmed.endsWith(tail.trim()) ? trimmed.slice(0, -tail.trim().length).trimEnd() : first;
  return [own, ...rest].join("\n");
}

/** Paragraphs of plain text: a reader of another format sees no Markdown. */
function textOf(markdown: string): RichText {
  const blocks: Block[] = [];
  for (const part of markdown.split(/\n(?:[ \t]*\n)+|\n(?=[ \t]+[-*+] )/)) {
    const text = plainOf(part);
    if (text !== "") blocks.push(paragraph([{ type: "text", text }]));
  }
  return blocks;
}

function plainOf(markdown: string): string {
  return markdown
    .split("\n")
    .map((line) => line.trim().replace(/^[-*+] /, ""))
    .join("\n")
    .replace(/!?\[((?:[^[\]\\\n]|\\.){0,2000})\]\((?:<[^<>\n]{0,4000}>|[^()\s]{0,4000})\)/g, "$1")
    .replace(/(?<!\\)(?:\*\*|__)/g, "")
    .replace(/(?<![\p{L}\p{N}\\])[*_](?=\S)|(?<=[^\s\\])[*_](?![\p{L}\p{N}])/gu, "")
    .replace(/\\\n/g, "\n")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .trim();
}
