import type { Block, Inline, RichText } from "../../src/contract/rich-text.js";
import { readInlines } from "./markdown-inlines.js";

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}#{1,6}[ \t]+/;
const RULE = /^ {0,3}(?:(?:- ?){3,}|(?:\* ?){3,}|(?:_ ?){3,})$/;
const ITEM = /^([ \t]*)(?:([-*+])|(\d{1,9})[.)])[ \t]+(?:\[([ xX])\][ \t]+)?/;
const QUOTE = /^ {0,3}> ?/;
/** Tags that GitHub renders and that hold no text of their own. */
const TAG =
  /<\/?(?:a|b|blockquote|br|code|dd|details|div|dl|dt|em|h[1-6]|hr|i|img|kbd|li|ol|p|picture|pre|source|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|tt|u|ul)(?:[ \t/][^<>]{0,2000})?>/gi;

/**
 * What people wrote in GitHub's Markdown, as blocks: paragraphs, headings (bold), lists, quotes and fences. HTML comments,
 * which templates are full of, and tags are left out; tables stay as they were typed. One pass over the lines.
 */
export function readMarkdown(source: string): RichText {
  const blocks: Block[] = [];
  const lines = source.replace(/\r\n?/g, "\n").split("\n");
  let paragraph: string[] = [];
  let comment = false;
  const flush = () => {
    const text = paragraph.join("\n").trim();
    if (text !== "") blocks.push({ type: "paragraph", inlines: readInlines(text) });
    paragraph = [];
  };
  for (let index = 0; index < lines.length; index += 1) {
    const fence = comment ? null : FENCE.exec(lines[index]!);
    if (fence) {
      flush();
      const end = endOfFence(lines, index + 1, fence[1]!);
      blocks.push({ type: "code", text: lines.slice(index + 1, end).join("\n") });
      index = end;
      continue;
    }
    const stripped = withoutComments(lines[index]!, comment);
    const wasComment = comment || stripped.changed;
    comment = stripped.open;
    const line = stripped.text.replace(TAG, (tag) => (/^<(?:br|hr)/i.test(tag) ? " " : ""));
    if (line.trim() === "") {
      if (!wasComment) flush();
      continue;
    }
    const block = blockOf(line);
    if (block === "text") paragraph.push(line.trim());
    else {
      flush();
      if (block !== "rule") append(blocks, block);
    }
  }
  flush();
  return blocks;
}

/** The line that closes a fence, or the end of the text. */
function endOfFence(lines: readonly string[], from: number, fence: string): number {
  for (let index = from; index < lines.length; index += 1) {
    const closing = FENCE.exec(lines[index]!)?.[1];
    if (closing !== undefined && closing[0] === fence[0] && closing.length >= fence.length) return index;
  }
  return lines.length;
}

function withoutComments(line: string, open: boolean): { text: string; open: boolean; changed: boolean } {
  let text = "";
  let at = 0;
  let inside = open;
  while (at < line.length) {
    const found = line.indexOf(inside ? "-->" : "<!--", at);
    if (!inside) text += line.slice(at, found < 0 ? undefined : found);
    if (found < 0) break;
    at = found + (inside ? 3 : 4);
    inside = !inside;
  }
  return { text, open: inside, changed: inside !== open || at > 0 };
}

function blockOf(line: string): Block | "text" | "rule" {
  if (RULE.test(line.trimEnd())) return "rule";
  const heading = HEADING.exec(line);
  if (heading) return { type: "paragraph", inlines: bold(readInlines(headingText(line.slice(heading[0].length)))) };
  const quote = QUOTE.exec(line);
  if (quote) return { type: "quote", inlines: readInlines(line.slice(quote[0].length).trim()) };
  const item = ITEM.exec(line);
  if (!item) return "text";
  const box = item[4] === undefined ? "" : item[4] === " " ? "☐ " : "☑ ";
  const inlines = readInlines(box + line.slice(item[0].length).trim());
  const number = item[3] === undefined ? null : Number(item[3]);
  return { type: "list", ordered: number !== null, indent: indentOf(item[1]!), start: number ?? 1, items: [inlines] };
}

/** A heading may be closed by the marks that opened it. */
function headingText(text: string): string {
  return text
    .trim()
    .replace(/(?<=[ \t])#{1,6}$/, "")
    .trim();
}

/** Lines of one quote and items of one list are one block. */
function append(blocks: Block[], block: Block): void {
  const previous = blocks.at(-1);
  if (previous?.type === "list" && block.type === "list" && previous.indent === block.indent && previous.ordered === block.ordered)
    blocks[blocks.length - 1] = { ...previous, items: [...previous.items, ...block.items] };
  else if (previous?.type === "quote" && block.type === "quote")
    blocks[blocks.length - 1] = { ...previous, inlines: [...previous.inlines, { type: "text", text: "\n" }, ...block.inlines] };
  else blocks.push(block);
}

function indentOf(space: string): number {
  return Math.min(6, Math.floor(space.replaceAll("\t", "    ").length / 2));
}

function bold(inlines: readonly Inline[]): Inline[] {
  return inlines.map((inline) => (inline.type === "text" ? { ...inline, style: { ...inline.style, bold: true as const } } : inline));
}
