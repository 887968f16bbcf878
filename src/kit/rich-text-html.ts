import type { Block, Inline, RichText, TextStyle } from "../contract/rich-text.js";
import { escapeHtml, htmlLink } from "./html.js";
import type { NameOf } from "./rich-text.js";
import { trimEndOf } from "./text.js";

/** The deepest that a list is set in. */
const DEEPEST = 8;

/** HTML blocks. Source text makes no structure that its author did not make, and each block keeps its own direction. */
export function toHtml(body: RichText, nameOf: NameOf): string {
  return body.map((block) => blockHtml(block, nameOf)).join("");
}

function blockHtml(block: Block, nameOf: NameOf): string {
  switch (block.type) {
    case "code":
      return `<pre dir="auto"><code>${escapeHtml(trimEndOf(block.text, "\n"))}</code></pre>`;
    case "quote":
      return `<blockquote dir="auto"><p>${inlinesHtml(block.inlines, nameOf)}</p></blockquote>`;
    case "list":
      return listHtml(block, nameOf);
    case "paragraph":
      return `<p dir="auto">${inlinesHtml(block.inlines, nameOf)}</p>`;
  }
}

function listHtml({ ordered, start, indent, items }: Extract<Block, { type: "list" }>, nameOf: NameOf): string {
  const depth = Math.max(0, Math.min(DEEPEST, Math.trunc(indent) || 0));
  const level = depth === 0 ? "" : ` class="in-${depth}"`;
  const lines = items.map((item) => `<li dir="auto">${inlinesHtml(item, nameOf)}</li>`).join("");
  const first = Number.isSafeInteger(start) ? start : 1;
  return ordered ? `<ol start="${first}"${level}>${lines}</ol>` : `<ul${level}>${lines}</ul>`;
}

function inlinesHtml(inlines: readonly Inline[], nameOf: NameOf): string {
  return inlines.map((inline) => inlineHtml(inline, nameOf)).join("");
}

function inlineHtml(inline: Inline, nameOf: NameOf): string {
  if (inline.type === "text") return styled(lines(inline.text), inline.style ?? {});
  if (inline.type === "link") return htmlLink(inline.text === "" ? inline.url : inline.text, inline.url);
  return `<bdi class="role">${escapeHtml(nameOf(inline))}</bdi>`;
}

function styled(html: string, { bold, italic, strike, code }: TextStyle): string {
  const tags = [...(strike ? ["s"] : []), ...(bold ? ["strong"] : []), ...(italic ? ["em"] : []), ...(code ? ["code"] : [])];
  return tags.reduceRight((inner, tag) => `<${tag}>${inner}</${tag}>`, html);
}

function lines(text: string): string {
  return escapeHtml(text).replaceAll("\n", "<br>");
}
