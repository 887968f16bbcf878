import type { Inline, RichText } from "../../../src/contract/rich-text.js";

/** A body in a notation that shows every style and block and escapes nothing: what tests compare. */
export function notation(body: RichText): string {
  return body
    .map((block) => {
      if (block.type === "code") return `{code ${block.text}}`;
      if (block.type === "quote") return `{quote ${line(block.inlines)}}`;
      if (block.type === "paragraph") return line(block.inlines);
      const mark = (index: number) => (block.ordered ? `${block.start + index}.` : "-");
      return block.items.map((item, index) => `${"  ".repeat(block.indent)}${mark(index)} ${line(item)}`).join("\n");
    })
    .join("\n\n");
}

function line(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      if (inline.type === "link") return `[${inline.text}](${inline.url})`;
      if (inline.type === "account") return `@(${inline.account})`;
      if (inline.type === "role") return `@[${inline.person}]`;
      const style = Object.keys(inline.style ?? {}).map((name) => name[0]);
      return style.length === 0 ? inline.text : `{${style.join("")} ${inline.text}}`;
    })
    .join("");
}
