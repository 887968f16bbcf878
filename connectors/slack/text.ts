import type { Block, Inline } from "../../src/contract/rich-text.js";
import { verbatim } from "./entities.js";
import { inlines, withEmoji } from "./inlines.js";
import type { Names } from "./names.js";

const FENCE = "```";
const BULLET = /^([ \t]*)(?:[•◦▪‣⁃]\ufe0e?|-)[ \t]+/;
const NUMBER = /^([ \t]*)(\d{1,4})\.[ \t]+/;

interface Line {
  readonly type: "paragraph" | "quote" | "bullet" | "number" | "blank";
  readonly text: string;
  readonly indent: number;
  readonly number: number;
}

/** A message's `text` (mrkdwn, escaped) as blocks. Linear; never throws; what is no markup is text. */
export function mrkdwn(source: string, names: Names): Block[] {
  return segments(source).flatMap((segment): Block[] => {
    if (!segment.code) return prose(segment.text, names);
    const text = verbatim(segment.text.replace(/^\n/, ""), names);
    return text.trim() === "" ? [] : [{ type: "code", text }];
  });
}

/** Text of a `plain_text` object: no markup but emoji. */
export function plainText(source: string): Block[] {
  return paragraphs([{ type: "text", text: withEmoji(source) }]);
}

/** Inlines as paragraphs: a blank line begins another one, line feeds at the ends go. */
export function paragraphs(content: readonly Inline[]): Block[] {
  const found: Inline[][] = [[]];
  for (const inline of content) {
    const parts = inline.type === "text" ? inline.text.split(/\n[ \t]*\n\s*/) : [""];
    parts.forEach((part, index) => {
      if (index > 0) found.push([]);
      if (inline.type !== "text") found.at(-1)!.push(inline);
      else if (part !== "") found.at(-1)!.push({ ...inline, text: part });
    });
  }
  return found
    .map(trimLines)
    .filter(hasContent)
    .map((each) => ({ type: "paragraph", inlines: each }));
}

/** Without line feeds at both ends. */
export function trimLines(content: readonly Inline[]): Inline[] {
  const trimmed = [...content];
  const first = trimmed[0];
  if (first?.type === "text") trimmed[0] = { ...first, text: first.text.replace(/^\n+/, "") };
  const last = trimmed.at(-1);
  if (last?.type === "text") trimmed[trimmed.length - 1] = { ...last, text: withoutEnd(last.text) };
  return trimmed.filter((inline) => inline.type !== "text" || inline.text !== "");
}

export function hasContent(content: readonly Inline[]): boolean {
  return content.some((inline) => inline.type !== "text" || inline.text.trim() !== "");
}

function withoutEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === "\n") end -= 1;
  return text.slice(0, end);
}

function segments(source: string): { readonly code: boolean; readonly text: string }[] {
  const found: { code: boolean; text: string }[] = [];
  let done = 0;
  for (;;) {
    const open = source.indexOf(FENCE, done);
    const close = open < 0 ? -1 : source.indexOf(FENCE, open + FENCE.length);
    if (close < 0) break;
    found.push({ code: false, text: source.slice(done, open) }, { code: true, text: source.slice(open + FENCE.length, close) });
    done = close + FENCE.length;
  }
  return [...found, { code: false, text: source.slice(done) }];
}

function prose(source: string, names: Names): Block[] {
  const blocks: Block[] = [];
  let group: Line[] = [];
  const close = () => {
    if (group.length > 0) blocks.push(...blockOf(group, names));
    group = [];
  };
  for (const line of lines(source)) {
    if (!continues(group, line)) close();
    if (line.type !== "blank") group.push(line);
  }
  close();
  return blocks;
}

function* lines(source: string): Generator<Line> {
  let quoted = false;
  for (const text of source.split(/\r?\n/)) {
    const mark = /^(?:&gt;|>)/.exec(text);
    quoted ||= /^(?:(?:&gt;){3}|>{3})/.test(text);
    if (quoted) yield line("quote", text.replace(/^(?:(?:&gt;){3}|>{3})[ \t]?/, ""));
    else if (mark) yield line("quote", text.slice(mark[0].length).replace(/^[ \t]/, ""));
    else yield listLine(text) ?? line(text.trim() === "" ? "blank" : "paragraph", text);
  }
}

function listLine(text: string): Line | null {
  const bullet = BULLET.exec(text);
  const number = bullet ? null : NUMBER.exec(text);
  const match = bullet ?? number;
  if (!match || match[0].length === text.length) return null;
  const indent = Math.floor(match[1]!.replaceAll("\t", "    ").length / 4);
  return { type: bullet ? "bullet" : "number", text: text.slice(match[0].length), indent, number: Number(match[2] ?? 0) };
}

function line(type: Line["type"], text: string): Line {
  return { type, text, indent: 0, number: 0 };
}

/** A number that does not follow begins another list, so that every item keeps the number that was typed. */
function continues(group: readonly Line[], next: Line): boolean {
  const last = group.at(-1);
  if (!last || last.type !== next.type || last.indent !== next.indent) return false;
  return next.type !== "number" || next.number === last.number + 1;
}

function blockOf(group: readonly Line[], names: Names): Block[] {
  const first = group[0]!;
  if (first.type === "bullet" || first.type === "number") {
    const items = group.map((each) => inlines(each.text, names));
    return [{ type: "list", ordered: first.type === "number", indent: first.indent, start: first.number, items }];
  }
  const content = trimLines(inlines(group.map((each) => each.text).join("\n"), names));
  if (!hasContent(content)) return [];
  return [{ type: first.type === "quote" ? "quote" : "paragraph", inlines: content }];
}
