import type { Block, Inline } from "../../src/contract/rich-text.js";
import { isBlank, paragraph } from "../../src/kit/rich-text.js";
import type { Names } from "./names.js";
import { nodeAt, nodes, textAt, type Node } from "./node.js";
import { richText } from "./rich-text.js";
import { mrkdwn, paragraphs, plainText } from "./text.js";

/** A layout holds no layouts but in tables and cards; deeper than this nobody builds. */
const DEEPEST = 4;

/**
 * Block Kit as a reader sees it: buttons and dividers have nothing to read, an unknown kind leaves its name.
 * Source: "Blocks", docs.slack.dev/reference/block-kit/blocks.
 */
export function blocksBody(blocks: readonly unknown[], names: Names, depth = 0): Block[] {
  return depth > DEEPEST ? [] : nodes(blocks).flatMap((block) => blockBody(block, names, depth));
}

function blockBody(block: Node, names: Names, depth: number): Block[] {
  switch (block.type) {
    case "rich_text":
      return richText(block, names);
    case "section":
      return [...textObject(nodeAt(block, "text"), names), ...nodes(block.fields).flatMap((field) => textObject(field, names))];
    case "header":
      return bold(textObject(nodeAt(block, "text"), names));
    case "context":
      return joined(nodes(block.elements).flatMap((element) => (element.type === "image" ? image(element) : textObject(element, names))));
    case "markdown":
      return paragraphs([{ type: "text", text: textAt(block, "text") }]);
    case "image":
    case "video":
      return image(block);
    case "table":
      return table(block, names, depth);
    case "divider":
    case "actions":
    case "input":
    case "file":
    case "call":
    case "context_actions":
      return [];
    default:
      return unknown(block, names);
  }
}

function textObject(object: Node, names: Names): Block[] {
  const words = textAt(object, "text");
  return object.type === "plain_text" ? plainText(words) : mrkdwn(words, names);
}

function bold(blocks: readonly Block[]): Block[] {
  return blocks.map((block) =>
    block.type !== "paragraph"
      ? block
      : paragraph(block.inlines.map((inline) => (inline.type === "text" ? { ...inline, style: { ...inline.style, bold: true } } : inline))),
  );
}

/** The parts of a context stand on one line. */
function joined(blocks: readonly Block[]): Block[] {
  if (!blocks.every((block) => block.type === "paragraph")) return [...blocks];
  const line = blocks.flatMap((block, index): readonly Inline[] =>
    index === 0 ? block.inlines : [{ type: "text", text: " " }, ...block.inlines],
  );
  return line.length === 0 ? [] : [paragraph(line)];
}

function image(block: Node): Block[] {
  const title = textAt(nodeAt(block, "title"), "text") || textAt(block, "alt_text");
  const url = textAt(block, "title_url") || textAt(block, "video_url");
  if (title === "") return [];
  return [paragraph([url === "" ? { type: "text", text: title } : { type: "link", url, text: title }])];
}

function table(block: Node, names: Names, depth: number): Block[] {
  const rows = Array.isArray(block.rows) ? block.rows : [];
  return rows.flatMap((row: unknown) => {
    const cells = nodes(row).map((cell) =>
      cell.type === "raw_text" ? plainText(textAt(cell, "text")) : blocksBody([cell], names, depth + 1),
    );
    const line = cells.flatMap((cell, index): Inline[] => [
      ...(index === 0 ? [] : [{ type: "text" as const, text: " | " }]),
      ...cell.flatMap((each) => (each.type === "paragraph" ? each.inlines : [])),
    ]);
    return line.length === 0 ? [] : [paragraph(line)];
  });
}

function unknown(block: Node, names: Names): Block[] {
  const words = typeof block.text === "string" ? mrkdwn(block.text, names) : textObject(nodeAt(block, "text"), names);
  return isBlank(words) ? [paragraph([{ type: "text", text: `[${textAt(block, "type") || "unknown block"}]` }])] : words;
}
