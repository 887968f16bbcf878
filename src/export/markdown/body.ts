import type { Block, Inline, RichText } from "../../contract/rich-text.js";
import { escapeMarkdown } from "../../kit/markdown.js";
import { paragraph, toPlain, type NameOf } from "../../kit/rich-text.js";
import { oneLine, shorten, visible } from "../../kit/text.js";

export interface Limit {
  readonly characters: number;
  readonly lines: number;
}

/**
 * A body as it may stand in the owner's file: no longer than `limit` (an ellipsis shows the cut), and nothing in it
 * that could be taken for one of our marks. People are named in it already.
 */
export function fitted(body: RichText, nameOf: NameOf, limit: Limit): RichText {
  const left = { ...limit };
  const kept: Block[] = [];
  for (const block of body) {
    if (left.characters <= 0 || left.lines <= 0) return endedWithEllipsis(kept);
    const { fits, part } = cutBlock(withoutMarks(block, nameOf), left);
    kept.push(part);
    if (!fits) return kept;
  }
  return kept;
}

/** One line of plain text, escaped for Markdown, at most `max` characters long. */
export function lineOf(body: RichText, nameOf: NameOf, max: number): string {
  return escapeMarkdown(shorten(oneLine(toPlain(body, nameOf)), max));
}

/** A string that is no body, the same way. */
export function line(text: string, max = 300): string {
  return escapeMarkdown(shorten(oneLine(text), max));
}

/** Code cannot be escaped: where it holds the beginning of a comment it is shown as prose. */
function withoutMarks(block: Block, nameOf: NameOf): Block {
  if (block.type === "code") return block.text.includes("<!--") ? paragraph([{ type: "text", text: block.text }]) : block;
  if (block.type === "list") return { ...block, items: block.items.map((item) => plainRuns(item, nameOf)) };
  return { ...block, inlines: trimmed(plainRuns(block.inlines, nameOf)) };
}

/** Neighbouring plain texts become one, so that "1" and ". " are escaped as what they are together. */
function plainRuns(inlines: readonly Inline[], nameOf: NameOf): Inline[] {
  const runs: Inline[] = [];
  for (const inline of inlines) {
    const safe = withoutHiddenMark(inline, nameOf);
    const last = runs.at(-1);
    if (isPlain(safe) && last && isPlain(last)) runs[runs.length - 1] = { type: "text", text: last.text + safe.text };
    else runs.push(safe);
  }
  return runs;
}

function withoutHiddenMark(inline: Inline, nameOf: NameOf): Inline {
  if (inline.type === "account" || inline.type === "role") return { type: "text", text: nameOf(inline) };
  return inline.type === "text" && inline.style?.code && inline.text.includes("<!--") ? { type: "text", text: inline.text } : inline;
}

function isPlain(inline: Inline): inline is Extract<Inline, { type: "text" }> {
  return inline.type === "text" && inline.style === undefined;
}

/** A line break at the edge of a block would show as a backslash. */
function trimmed(inlines: readonly Inline[]): Inline[] {
  return inlines.map((inline, index) => {
    if (inline.type !== "text") return inline;
    let text = visible(inline.text);
    if (index === 0) text = text.trimStart();
    if (index === inlines.length - 1) text = text.trimEnd();
    return { ...inline, text };
  });
}

function cutBlock(block: Block, left: { characters: number; lines: number }): { fits: boolean; part: Block } {
  if (block.type === "code") {
    const text = cutText(block.text, left);
    return { fits: text === block.text, part: { ...block, text } };
  }
  if (block.type !== "list") {
    const inlines = cutInlines(block.inlines, left);
    left.lines -= 1;
    return { fits: inlines === block.inlines, part: { ...block, inlines } };
  }
  const items: (readonly Inline[])[] = [];
  for (const item of block.items) {
    if (left.lines <= 0 || left.characters <= 0) return { fits: false, part: { ...block, items: [...items, [ELLIPSIS]] } };
    const part = cutInlines(item, left);
    left.lines -= 1;
    items.push(part);
    if (part !== item) return { fits: false, part: { ...block, items } };
  }
  return { fits: true, part: block };
}

const ELLIPSIS: Inline = { type: "text", text: "…" };

function cutInlines(inlines: readonly Inline[], left: { characters: number; lines: number }): readonly Inline[] {
  const kept: Inline[] = [];
  for (const inline of inlines) {
    if (left.characters <= 0 || left.lines <= 0) return [...kept, ELLIPSIS];
    if (inline.type === "text") {
      const text = cutText(inline.text, left);
      kept.push(text === inline.text ? inline : { ...inline, text });
      if (text !== inline.text) return kept;
    } else {
      kept.push(inline);
      left.characters -= inline.type === "link" ? Math.max(1, inline.text.length) : 12;
    }
  }
  return inlines;
}

/** Counts the text off what is left; what is over is cut off, with an ellipsis in its place. */
function cutText(text: string, left: { characters: number; lines: number }): string {
  const lines = text.replace(/\n+$/, "").split("\n");
  const short = lines.length > left.lines ? `${lines.slice(0, Math.max(1, left.lines)).join("\n")}\n…` : text;
  left.lines -= lines.length - 1;
  const fitting = shorten(short, Math.max(2, left.characters));
  left.characters -= fitting.length;
  return fitting;
}

function endedWithEllipsis(kept: readonly Block[]): Block[] {
  return [...kept, paragraph([ELLIPSIS])];
}
