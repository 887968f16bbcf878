import type { Block, Inline, RichText } from "../contract/rich-text.js";
import { codeBlock, codeSpan, escapeMarkdown, link } from "./markdown.js";
import { visible } from "./text.js";

/** How people are called in what is rendered: a role, an id, a name. */
export type NameOf = (inline: Extract<Inline, { type: "account" | "role" }>) => string;

/** Plain text as a body: a blank line begins another paragraph. */
export function plain(text: string): RichText {
  return text
    .split(/\n{2,}/)
    .map((part) => part.replace(/^\n|\n$/g, ""))
    .filter((part) => part.trim() !== "")
    .map((part) => paragraph([{ type: "text", text: part }]));
}

export function paragraph(inlines: readonly Inline[]): Block {
  return { type: "paragraph", inlines };
}

/** Every inline of a body replaced by what `replace` makes of it; code blocks go through as one text. */
export function mapInlines(body: RichText, replace: (inline: Inline) => readonly Inline[]): RichText {
  return body.map((block): Block => {
    if (block.type === "code") return { ...block, text: textOf(replace({ type: "text", text: block.text })) };
    if (block.type === "list") return { ...block, items: block.items.map((item) => item.flatMap(replace)) };
    return { ...block, inlines: block.inlines.flatMap(replace) };
  });
}

/** Every inline in reading order, texts of code blocks included. */
export function* inlinesOf(body: RichText): Generator<Inline> {
  for (const block of body) {
    if (block.type === "code") yield { type: "text", text: block.text, style: { code: true } };
    else if (block.type === "list") for (const item of block.items) yield* item;
    else yield* block.inlines;
  }
}

/** As a person reads it, without markup. Blocks are separated by line feeds. Controls are shown, not sent. */
export function toPlain(body: RichText, nameOf: NameOf = accountId): string {
  return body
    .map((block) => {
      if (block.type === "code") return block.text.replace(/\n+$/, "");
      if (block.type === "list") return listLines(block, (item) => inlinePlain(item, nameOf)).join("\n");
      return inlinePlain(block.inlines, nameOf);
    })
    .map(visible)
    .join("\n")
    .trim();
}

/** CommonMark with GFM's strike-through; source text makes no structure that its author did not make. */
export function toMarkdown(body: RichText, nameOf: NameOf = accountId): string {
  const parts: string[] = [];
  body.forEach((block, index) => {
    const previous = body[index - 1];
    const joined = previous?.type === "list" && block.type === "list";
    if (index > 0) parts.push(joined ? "\n" : "\n\n");
    parts.push(blockMarkdown(block, nameOf));
  });
  return parts.join("").trim();
}

/** Markdown on one line, for a list item or a table cell: blocks follow each other, code blocks become spans. */
export function toInlineMarkdown(body: RichText, nameOf: NameOf = accountId): string {
  return body
    .flatMap((block) => {
      if (block.type === "code") return [codeSpan(block.text)];
      if (block.type === "list") return block.items.map((item) => inlineMarkdown(item, nameOf));
      return [inlineMarkdown(block.inlines, nameOf)];
    })
    .map((part) => part.replace(/\\?\n/g, " ").trim())
    .filter((part) => part !== "")
    .join(" ");
}

export function isBlank(body: RichText): boolean {
  return toPlain(body).trim() === "";
}

function accountId(inline: Extract<Inline, { type: "account" | "role" }>): string {
  return inline.type === "account" ? `@${inline.account}` : `[${inline.person}]`;
}

function textOf(inlines: readonly Inline[]): string {
  return inlines.map((inline) => (inline.type === "text" || inline.type === "link" ? inline.text : accountId(inline))).join("");
}

function inlinePlain(inlines: readonly Inline[], nameOf: NameOf): string {
  return inlines
    .map((inline) => {
      if (inline.type === "text") return inline.text;
      if (inline.type === "link") return inline.text === inline.url || inline.text === "" ? inline.url : `${inline.text} (${inline.url})`;
      return nameOf(inline);
    })
    .join("");
}

function inlineMarkdown(inlines: readonly Inline[], nameOf: NameOf): string {
  return inlines
    .map((inline) => {
      if (inline.type === "link") return link(inline.text === "" ? inline.url : inline.text, inline.url);
      if (inline.type === "text") return styled(inline);
      return escapeMarkdown(nameOf(inline));
    })
    .join("")
    .replace(/\n/g, "\\\n");
}

/** Emphasis needs its marks next to the text: white space at the ends stays outside. */
function styled(inline: Extract<Inline, { type: "text" }>): string {
  const { style, text } = inline;
  if (!style || text.trim() === "") return keepEdges(text);
  if (style.code) return codeSpan(text);
  const before = /^\s*/.exec(text)![0];
  const after = text.slice(before.length + text.trim().length);
  let inner = escapeMarkdown(text.trim());
  if (style.strike) inner = `~~${inner}~~`;
  if (style.italic) inner = `_${inner}_`;
  if (style.bold) inner = `**${inner}**`;
  return `${before}${inner}${after}`;
}

/** The escaper trims lines, which is right for a whole text and wrong between two inlines. */
function keepEdges(text: string): string {
  const before = /^[ \t]*/.exec(text)![0];
  const after = /[ \t]*$/.exec(text.slice(before.length))![0];
  return `${before}${escapeMarkdown(text)}${after}`;
}

function blockMarkdown(block: Block, nameOf: NameOf): string {
  switch (block.type) {
    case "code":
      return codeBlock(block.text);
    case "list":
      return listLines(block, (item) => inlineMarkdown(item, nameOf)).join("\n");
    case "quote":
      return inlineMarkdown(block.inlines, nameOf)
        .split("\n")
        .map((line) => `> ${line}`)
        .join("\n");
    case "paragraph":
      return inlineMarkdown(block.inlines, nameOf);
  }
}

function listLines(block: Extract<Block, { type: "list" }>, render: (item: readonly Inline[]) => string): string[] {
  const indent = "   ".repeat(Math.min(block.indent, 6));
  return block.items.map((item, index) => {
    const mark = block.ordered ? `${block.start + index}. ` : "- ";
    return `${indent}${mark}${render(item).replaceAll("\n", `\n${indent}${" ".repeat(mark.length)}`)}`;
  });
}
