import type { Block, Inline, RichText } from "../contract/rich-text.js";
import { codeBlock, codeSpan, escapeMarkdown, link } from "./markdown.js";
import { trimEndOf, trimStartOf, visible } from "./text.js";

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
  const depths = listDepths(body);
  return body
    .map((block, index) => {
      if (block.type === "code") return trimEndOf(block.text, "\n");
      if (block.type === "list") return listLines(block, depths[index]!, (item) => inlinePlain(item, nameOf)).join("\n");
      return inlinePlain(block.inlines, nameOf);
    })
    .map(visible)
    .join("\n")
    .trim();
}

/** CommonMark with GFM's strike-through; source text makes no structure that its author did not make. */
export function toMarkdown(body: RichText, nameOf: NameOf = accountId): string {
  const depths = listDepths(body);
  const parts = body.map((block, index) => {
    const isNextOfList = block.type === "list" && body[index - 1]?.type === "list";
    return `${index === 0 ? "" : isNextOfList ? "\n" : "\n\n"}${blockMarkdown(block, depths[index]!, nameOf)}`;
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
    .map((part) => part.replaceAll(LINE_BREAK, " ").trim())
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
  // A block of code cannot hold a role, and the key of a person goes nowhere.
  return inlines
    .map((inline) => (inline.type === "role" ? "[someone]" : inline.type === "account" ? accountId(inline) : inline.text))
    .join("");
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

/** What is left to render: names are text by now, and neighbours of the same style are one. */
type Piece = Extract<Inline, { type: "text" | "link" }>;

/** A line break of CommonMark that shows in the source. */
const LINE_BREAK = "\\\n";

function inlineMarkdown(inlines: readonly Inline[], nameOf: NameOf): string {
  const pieces = joinedPieces(inlines, nameOf);
  let written = "";
  pieces.forEach((piece, index) => {
    const next = pieces[index + 1];
    written += pieceMarkdown(piece, lastCharacter(written), next ? firstOf(next) : "");
  });
  // Space at the ends of lines, and what would be a line break at the end, mean something else in Markdown.
  const lines = written.split("\n").map((line) => trimStartOf(trimEndOf(line, " \t"), " \t"));
  return trimStartOf(trimEndOf(lines.join("\n"), "\n"), "\n").replaceAll("\n", LINE_BREAK);
}

/** Escaping looks at whole lines ("1" and ". x" would be a list), and marks of two neighbours would run into each other. */
function joinedPieces(inlines: readonly Inline[], nameOf: NameOf): Piece[] {
  const pieces: Piece[] = [];
  for (const inline of inlines) {
    const piece: Piece = inline.type === "text" || inline.type === "link" ? inline : { type: "text", text: nameOf(inline) };
    const last = pieces.at(-1);
    if (last?.type === "text" && piece.type === "text" && marksOf(last) === marksOf(piece))
      pieces[pieces.length - 1] = { ...last, text: last.text + piece.text };
    else if (piece.type === "link" || piece.text !== "") pieces.push(piece);
  }
  return pieces;
}

function pieceMarkdown(piece: Piece, previous: string, next: string): string {
  if (piece.type === "link") return link(piece.text === "" ? piece.url : piece.text, piece.url);
  const marks = marksOf(piece);
  const midLine = previous !== "" && previous !== "\n";
  if (marks === "" || piece.text.trim() === "") return keepEdges(piece.text, midLine);
  // Emphasis needs its marks next to the text: white space at the ends stays outside.
  const inner = piece.text.trim();
  const start = piece.text.length - piece.text.trimStart().length;
  const before = piece.text.slice(0, start);
  const after = piece.text.slice(start + inner.length);
  if (marks === "`") return `${before}${codeSpan(inner)}${after}`;
  const text = escapeMarkdown(inner);
  const isReadAsMarks =
    flanks(marks, firstCharacter(text), before === "" ? previous : " ") && flanks(marks, lastCharacter(text), after === "" ? next : " ");
  return isReadAsMarks ? `${before}${marks}${text}${Array.from(marks).reverse().join("")}${after}` : keepEdges(piece.text, midLine);
}

/** "" for plain text, "`" for code, else the marks of emphasis, outermost first. */
function marksOf({ style }: Piece & { type: "text" }): string {
  if (!style) return "";
  if (style.code) return "`";
  return `${style.strike ? "~~" : ""}${style.bold ? "**" : ""}${style.italic ? "*" : ""}`;
}

/**
 * Whether CommonMark takes marks between `inside` and `outside` for emphasis: next to punctuation inside there must be
 * space or punctuation outside, and never another mark. Where it does not, the text is shown without its style.
 * Whether symbols such as emoji are punctuation depends on the version of CommonMark: here, on what is safe.
 * Reference: CommonMark 0.31, "Emphasis and strong emphasis".
 */
function flanks(marks: string, inside: string, outside: string): boolean {
  if (outside === "*" || outside === "~") return false;
  const isNextToPunctuation = /~\*/.test(marks) || /[\p{P}\p{S}]/u.test(inside);
  return !isNextToPunctuation || outside === "" || /[\s\p{P}$+<=>^`|]/u.test(outside);
}

/** The first character that is written for a piece, if it stands without marks. */
function firstOf(piece: Piece): string {
  if (piece.type === "link") return "[";
  return marksOf(piece) === "`" && piece.text.trim() === piece.text ? "`" : firstCharacter(keepEdges(piece.text, true));
}

function firstCharacter(text: string): string {
  return Array.from(text.slice(0, 2))[0] ?? "";
}

function lastCharacter(text: string): string {
  return Array.from(text.slice(-2)).at(-1) ?? "";
}

/** The escaper trims lines, which is right for a whole text and wrong between two inlines. */
function keepEdges(text: string, midLine: boolean): string {
  const before = text.slice(0, text.length - trimStartOf(text, " \t").length);
  const after = trimStartOf(text, " \t").slice(trimEndOf(text, " \t").length - before.length);
  return `${before}${escapeMarkdown(trimStartOf(trimEndOf(text, " \t"), " \t"), { midLine })}${after}`;
}

function blockMarkdown(block: Block, depth: number, nameOf: NameOf): string {
  switch (block.type) {
    case "code":
      return codeBlock(block.text);
    case "list":
      return listLines(block, depth, (item) => inlineMarkdown(item, nameOf)).join("\n");
    case "quote":
      return inlineMarkdown(block.inlines, nameOf)
        .split("\n")
        .map((line) => `> ${line}`)
        .join("\n");
    case "paragraph":
      return inlineMarkdown(block.inlines, nameOf);
  }
}

/** How deep each block may stand: a list goes one deeper than the list before it at the most, else it is read as code. */
function listDepths(body: RichText): number[] {
  let depth = -1;
  return body.map((block) => {
    depth = block.type === "list" ? Math.max(0, Math.min(block.indent, depth + 1, 8)) : -1;
    return depth;
  });
}

function listLines(block: Extract<Block, { type: "list" }>, depth: number, render: (item: readonly Inline[]) => string): string[] {
  const indent = "    ".repeat(depth);
  return block.items.map((item, index) => {
    const mark = block.ordered ? `${block.start + index}. ` : "- ";
    return `${indent}${mark}${render(item).replaceAll("\n", `\n${indent}${" ".repeat(mark.length)}`)}`;
  });
}
