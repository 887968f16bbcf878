import type { Block, Inline, TextStyle } from "../../src/contract/rich-text.js";
import { fromUnixSeconds, MICROS_PER_SECOND, toIso } from "../../src/kit/instant.js";
import { emojiOf } from "./emoji/emoji.js";
import { channelText, groupText, type Names } from "./names.js";
import { nodeAt, nodes, numberAt, textAt, type Node } from "./node.js";
import { hasContent, paragraphs, trimLines } from "./text.js";

/**
 * A `rich_text` block as blocks. Its texts are not escaped, unlike those of mrkdwn.
 * Source: "Rich text block", docs.slack.dev/reference/block-kit/blocks/rich-text-block.
 */
export function richText(block: Node, names: Names): Block[] {
  return nodes(block.elements).flatMap((element): Block[] => {
    const content = nodes(element.elements);
    switch (element.type) {
      case "rich_text_preformatted":
        return codeOf(content, names);
      case "rich_text_quote":
        return quoteOf(content, names);
      case "rich_text_list":
        return listOf(element, content, names);
      default:
        return paragraphs(content.map((leaf) => inlineOf(leaf, names)));
    }
  });
}

/** One leaf of a section: a text, link, mention, emoji, date. What is unknown shows its text, or its type in brackets. */
function inlineOf(leaf: Node, names: Names): Inline {
  switch (leaf.type) {
    case "text":
      return styled(textAt(leaf, "text"), nodeAt(leaf, "style"));
    case "link":
      return { type: "link", url: textAt(leaf, "url"), text: textAt(leaf, "text") || textAt(leaf, "url") };
    case "user":
      return { type: "account", connector: "slack", account: textAt(leaf, "user_id") };
    case "usergroup":
      return text(groupText(names, textAt(leaf, "usergroup_id")));
    case "channel":
      return text(channelText(names, textAt(leaf, "channel_id")));
    case "broadcast":
      return text(`@${textAt(leaf, "range")}`);
    case "emoji":
      return text(emoji(leaf));
    case "date":
      return date(leaf);
    case "color":
      return text(textAt(leaf, "value"));
    default:
      return text(textAt(leaf, "text") || textAt(leaf, "fallback") || `[${textAt(leaf, "type") || "unknown"}]`);
  }
}

function codeOf(content: readonly Node[], names: Names): Block[] {
  const written = plain(content.map((leaf) => inlineOf(leaf, names)));
  return written.trim() === "" ? [] : [{ type: "code", text: written }];
}

function quoteOf(content: readonly Node[], names: Names): Block[] {
  const inlines = trimLines(content.map((leaf) => inlineOf(leaf, names)));
  return hasContent(inlines) ? [{ type: "quote", inlines }] : [];
}

function listOf(list: Node, items: readonly Node[], names: Names): Block[] {
  if (items.length === 0) return [];
  return [
    {
      type: "list",
      ordered: list.style === "ordered",
      indent: whole(numberAt(list, "indent")),
      start: whole(numberAt(list, "offset")) + 1,
      items: items.map((item) => trimLines(nodes(item.elements).map((leaf) => inlineOf(leaf, names)))),
    },
  ];
}

function styled(words: string, style: Node): Inline {
  const on: TextStyle = {
    ...(style.bold === true ? { bold: true } : {}),
    ...(style.italic === true ? { italic: true } : {}),
    ...(style.strike === true ? { strike: true } : {}),
    ...(style.code === true ? { code: true } : {}),
  };
  return Object.keys(on).length === 0 ? text(words) : { type: "text", text: words, style: on };
}

function emoji(leaf: Node): string {
  const name = textAt(leaf, "name");
  return emojiOf(name, numberAt(leaf, "skin_tone")) ?? fromCodePoints(textAt(leaf, "unicode")) ?? `:${name}:`;
}

/** `1f937-200d-2642-fe0f` */
function fromCodePoints(hex: string): string | null {
  if (!/^[0-9a-f]{2,6}(?:-[0-9a-f]{2,6}){0,11}$/i.test(hex)) return null;
  const points = hex.split("-").map((each) => Number.parseInt(each, 16));
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : null;
}

function date(leaf: Node): Inline {
  const seconds = numberAt(leaf, "timestamp");
  const at = seconds === undefined ? null : fromUnixSeconds(seconds);
  const words = textAt(leaf, "fallback") || (at === null ? "[date]" : toIso(at, MICROS_PER_SECOND));
  const url = textAt(leaf, "url");
  return url === "" ? text(words) : { type: "link", url, text: words };
}

function plain(inlines: readonly Inline[]): string {
  return inlines
    .map((each) => (each.type === "text" || each.type === "link" ? each.text : each.type === "account" ? `@${each.account}` : ""))
    .join("");
}

function whole(value: number | undefined): number {
  return value !== undefined && value > 0 ? Math.min(Math.floor(value), 9999) : 0;
}

function text(words: string): Inline {
  return { type: "text", text: words };
}
