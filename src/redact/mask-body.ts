import type { Inline, RichText } from "../contract/rich-text.js";
import { findSecrets } from "./find-secrets.js";
import type { Found } from "./rule.js";
import { mark, maskText } from "./mask-text.js";

/** A piece of the joined text, and where it stands there. */
interface Piece {
  readonly start: number;
  readonly text: string;
}

/**
 * Masks a body as one text, since a secret may begin in one inline and end in another ("pw is" and then a code span),
 * or go over several blocks. What is found is cut out of each piece that has a part of it.
 */
export function maskBody(body: RichText): { readonly body: RichText; readonly masked: number } {
  const { pieces, joined } = joinedText(body);
  const found = findSecrets(joined);
  let next = 0;
  let inUrls = 0;
  const replaced = (): string => maskPiece(pieces[next++]!, found);
  const maskInline = (inline: Inline): Inline => {
    if (inline.type === "text") return { ...inline, text: replaced() };
    if (inline.type !== "link") return inline;
    const url = maskText(inline.url);
    inUrls += url.kinds.length;
    return { ...inline, url: url.text, text: replaced() };
  };
  const masked = body.map((block) => {
    if (block.type === "code") return { ...block, text: replaced() };
    if (block.type === "list") return { ...block, items: block.items.map((item) => item.map(maskInline)) };
    return { ...block, inlines: block.inlines.map(maskInline) };
  });
  return { body: masked, masked: found.length + inUrls };
}

function joinedText(body: RichText): { pieces: Piece[]; joined: string } {
  const pieces: Piece[] = [];
  const parts: string[] = [];
  let at = 0;
  const add = (text: string): void => {
    parts.push(text);
    at += text.length;
  };
  const piece = (text: string, around = ""): void => {
    add(around);
    pieces.push({ start: at, text });
    add(text + around);
  };
  const inline = (each: Inline): void => {
    if (each.type === "text") piece(each.text, each.style?.code ? "`" : "");
    else if (each.type === "link") piece(each.text);
    // A person stands here: no value goes on across it.
    else add("<@>");
  };
  for (const block of body) {
    if (block.type === "code") piece(block.text);
    else if (block.type === "list") block.items.forEach((item) => (item.forEach(inline), add("\n")));
    else block.inlines.forEach(inline);
    add("\n");
  }
  return { pieces, joined: parts.join("") };
}

/** The mark stands where the secret begins; its other parts are only taken out. */
function maskPiece({ start, text }: Piece, found: readonly Found[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const secret of found) {
    const from = Math.max(0, secret.start - start);
    const until = Math.min(text.length, secret.end - start);
    if (from >= until) continue;
    parts.push(text.slice(at, from), secret.start >= start ? mark(secret.kind) : "");
    at = until;
  }
  parts.push(text.slice(at));
  return parts.join("");
}
