import type { Item } from "../contract/item.js";
import type { Block, Inline, RichText } from "../contract/rich-text.js";
import { paragraph } from "../kit/rich-text.js";

const OUTCOMES = { success: "succeeded", failure: "failed", cancelled: "was cancelled", other: "ended" } as const;
const TRANSITIONS = {
  triggered: "triggered",
  warned: "warned",
  recovered: "recovered",
  "no data": "no data",
  renotified: "still triggered",
} as const;

const DELETED_TEXT = "(deleted at the source)";

/**
 * How an item reads, from the `says` of its kind. Where a part is empty, the punctuation around it goes too. The first
 * paragraph of the body continues the sentence, the rest of it follows.
 */
export function say(item: Item): RichText {
  if (item.deleted) return [paragraph([{ type: "text", text: DELETED_TEXT }])];
  const parts = tidy(partsOf(item));
  const blocks: Block[] = [];
  let line: Inline[] = [];
  const flush = (): void => {
    if (line.length > 0) blocks.push(paragraph(line));
    line = [];
  };
  for (const part of parts) {
    if (part.type === "literal") line.push({ type: "text", text: part.text });
    else
      part.text.forEach((block, index) => {
        if (block.type !== "paragraph" || index > 0) flush();
        if (block.type === "paragraph") line.push(...block.inlines);
        else blocks.push(block);
      });
  }
  flush();
  return blocks;
}

type Part = { type: "literal"; text: string } | { type: "value"; text: RichText };

function partsOf(item: Item): Part[] {
  return item.rule.says.split(/(\{[a-z]+\})/).map((piece): Part => {
    const value = valueOf(piece, item);
    return value === null ? { type: "literal", text: piece } : { type: "value", text: value };
  });
}

function valueOf(placeholder: string, item: Item): RichText | null {
  switch (placeholder) {
    case "{actor}":
      return item.person === null ? words(item.program ?? "") : [paragraph([{ type: "role", person: item.person }])];
    case "{title}":
      return item.title;
    case "{body}":
      return item.body;
    case "{scope}":
      return words(item.scopeName);
    case "{outcome}":
      return words(outcomeOf(item));
    default:
      return null;
  }
}

function outcomeOf({ signals }: Item): string {
  if (signals.outcome !== undefined) return OUTCOMES[signals.outcome];
  return signals.transition === undefined ? "" : TRANSITIONS[signals.transition];
}

function words(text: string): RichText {
  return text === "" ? [] : [paragraph([{ type: "text", text }])];
}

/** Drops empty values, with the marks that led to them or, at the beginning, from them. */
function tidy(parts: readonly Part[]): Part[] {
  const texts = parts.map((part) => ({ ...part }));
  texts.forEach((part, index) => {
    if (part.type !== "value" || part.text.length > 0) return;
    const before = texts[index - 1];
    const after = texts[index + 1];
    const isFirst = texts.slice(0, index).every((each) => each.text.length === 0);
    if (isFirst && after?.type === "literal") after.text = after.text.replace(/^[\s:;,)\]-]+/, "");
    if (!isFirst && before?.type === "literal") {
      const opened = /[([]\s*#?$/.test(before.text);
      before.text = before.text.replace(/[\s:;,([#-]+$/, "");
      if (opened && after?.type === "literal") after.text = after.text.replace(/^\s*[)\]]/, "");
    }
  });
  return texts.filter((part) => part.text.length > 0);
}
