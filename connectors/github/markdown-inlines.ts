import type { Inline, TextStyle } from "../../src/contract/rich-text.js";

/** How far a closing mark is looked for: a longer span of code, link or emphasis is text. */
const REACH = 1000;
const URL_START = /^https?:\/\/[^\s<>"'`]{1,2000}/;
const LOGIN = /^@([A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))(?![\w/-])/;

/** Emphasis, code, links, bare URLs and mentions of one paragraph. What is not closed is text. */
export function readInlines(text: string): Inline[] {
  return merge(scan(text, {}));
}

function scan(text: string, style: TextStyle): Inline[] {
  const inlines: Inline[] = [];
  let plain = "";
  const flush = () => {
    if (plain !== "") inlines.push(textOf(plain, style));
    plain = "";
  };
  for (let at = 0; at < text.length;) {
    const found = markAt(text, at, style);
    if (found === null) {
      plain += text[at];
      at += 1;
    } else {
      if (typeof found.inlines === "string") plain += found.inlines;
      else {
        flush();
        inlines.push(...found.inlines);
      }
      at += found.length;
    }
  }
  flush();
  return inlines;
}

interface Found {
  readonly inlines: readonly Inline[] | string;
  readonly length: number;
}

function markAt(text: string, at: number, style: TextStyle): Found | null {
  switch (text[at]) {
    case "\\":
      return /[!-/:-@[-`{-~]/.test(text[at + 1] ?? "") ? { inlines: text[at + 1]!, length: 2 } : null;
    case "`":
      return codeAt(text, at, style);
    case "*":
    case "_":
    case "~":
      return emphasisAt(text, at, style);
    case "!":
      return text[at + 1] === "[" ? linkAt(text, at + 1, 1) : null;
    case "[":
      return linkAt(text, at, 0);
    case "<":
      return autolinkAt(text, at);
    case "h":
      return urlAt(text, at);
    case "@":
      return accountAt(text, at);
    default:
      return null;
  }
}

function codeAt(text: string, at: number, style: TextStyle): Found | null {
  const fence = /^`{1,20}/.exec(text.slice(at, at + 20))![0];
  const close = indexWithin(text, fence, at + fence.length);
  if (close < 0) return { inlines: fence, length: fence.length };
  const code = text.slice(at + fence.length, close);
  const inner = /^ .* $/s.test(code) && code.trim() !== "" ? code.slice(1, -1) : code;
  return { inlines: [{ type: "text", text: inner, style: { ...style, code: true } }], length: close + fence.length - at };
}

/** `**bold**`, `__bold__`, `~~struck~~`, `*italic*`, `_italic_`. An underscore inside a word is a letter. */
function emphasisAt(text: string, at: number, style: TextStyle): Found | null {
  const char = text[at]!;
  const mark = text[at + 1] === char ? char + char : char;
  const added: TextStyle | null =
    mark === "~~" ? { strike: true } : mark.length === 2 ? { bold: true } : char === "~" ? null : { italic: true };
  const inside = at + mark.length;
  const opens = added !== null && !isSet(style, added) && /\S/.test(text[inside] ?? " ") && !(char === "_" && isWord(text[at - 1]));
  const close = opens ? indexWithin(text, mark, inside + 1) : -1;
  if (close < 0 || /\s/.test(text[close - 1]!) || (char === "_" && isWord(text[close + mark.length])))
    return { inlines: mark, length: mark.length };
  return { inlines: scan(text.slice(inside, close), { ...style, ...added }), length: close + mark.length - at };
}

/** `[label](url "title")`; an image is its description. `before` is the length of the "!". */
function linkAt(text: string, at: number, before: number): Found | null {
  const middle = indexWithin(text, "](", at + 1);
  const close = middle < 0 ? -1 : indexWithin(text, ")", middle + 2);
  if (close < 0) return null;
  const url = text
    .slice(middle + 2, close)
    .trim()
    .split(/\s/)[0]!
    .replace(/^<|>$/g, "");
  const label = text
    .slice(at + 1, middle)
    .replace(/[`*]/g, "")
    .trim();
  if (label.includes("[") || !/^(?:https?|mailto):/i.test(url)) return null;
  return { inlines: [{ type: "link", url, text: label }], length: close + 1 - at + before };
}

function autolinkAt(text: string, at: number): Found | null {
  const url = URL_START.exec(text.slice(at + 1, at + 2001))?.[0];
  if (url === undefined || text[at + 1 + url.length] !== ">") return null;
  return { inlines: [{ type: "link", url, text: url }], length: url.length + 2 };
}

/** A sentence's end is not the URL's, nor is the parenthesis that was open before it. */
function urlAt(text: string, at: number): Found | null {
  if (isWord(text[at - 1])) return null;
  const whole = URL_START.exec(text.slice(at, at + 2000))?.[0];
  if (whole === undefined) return null;
  let url = whole.replace(/[.,:;!?*_~\]]{1,20}$/, "");
  if (url.endsWith(")") && !url.includes("(")) url = url.slice(0, -1);
  return { inlines: [{ type: "link", url, text: url }], length: url.length };
}

function accountAt(text: string, at: number): Found | null {
  const login = /[\w.@/-]/.test(text[at - 1] ?? " ") ? undefined : LOGIN.exec(text.slice(at, at + 45))?.[1];
  if (login === undefined) return null;
  return { inlines: [{ type: "account", connector: "github", account: login.toLowerCase() }], length: login.length + 1 };
}

function indexWithin(text: string, mark: string, from: number): number {
  const found = text.slice(from, from + REACH).indexOf(mark);
  return found < 0 ? -1 : from + found;
}

function isSet(style: TextStyle, added: TextStyle): boolean {
  return (Object.keys(added) as (keyof TextStyle)[]).every((key) => style[key]);
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}_]/u.test(char);
}

function textOf(text: string, style: TextStyle): Inline {
  return Object.keys(style).length === 0 ? { type: "text", text } : { type: "text", text, style };
}

/** Neighbouring texts of one style are one. */
function merge(inlines: readonly Inline[]): Inline[] {
  const merged: Inline[] = [];
  for (const inline of inlines) {
    const previous = merged.at(-1);
    if (previous?.type === "text" && inline.type === "text" && JSON.stringify(previous.style) === JSON.stringify(inline.style))
      merged[merged.length - 1] = { ...previous, text: previous.text + inline.text };
    else merged.push(inline);
  }
  return merged;
}
