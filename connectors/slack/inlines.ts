import type { Inline, TextStyle } from "../../src/contract/rich-text.js";
import { emojiOf } from "./emoji/emoji.js";
import { decode, entity, entityFinder, verbatim } from "./entities.js";
import type { Names } from "./names.js";

type MarkChar = "*" | "_" | "~";

type Piece =
  | { readonly type: "text"; readonly text: string; readonly code?: true }
  | { readonly type: "mark"; readonly char: MarkChar; readonly opens: boolean; readonly closes: boolean }
  | { readonly type: "inline"; readonly inline: Inline };

const BITS = { "*": 1, _: 2, "~": 4 } as const;
const CODE = 8;
const EMOJI = /:([a-z0-9_+'-]{1,100})(?:::skin-tone-([2-6])(?:-[2-6])?)?:/y;

/**
 * Slack's markup inside a line or paragraph: `*b* _i_ ~s~`, code, `<...>`, emoji, escapes. Every mark that makes no
 * pair is text. One pass to cut, one to pair, one to build: linear whatever is typed.
 */
export function inlines(source: string, names: Names): Inline[] {
  const pieces = cut(source, names);
  return build(pieces, pair(pieces));
}

/** Emoji names as characters, for texts that have no other markup. */
export function withEmoji(text: string): string {
  return text.replace(/:([a-z0-9_+'-]{1,100})(?:::skin-tone-([2-6])(?:-[2-6])?)?:/g, (all: string, name: string, tone?: string) => {
    return emojiOf(name, tone === undefined ? undefined : Number(tone)) ?? all;
  });
}

function cut(source: string, names: Names): Piece[] {
  const pieces: Piece[] = [];
  const special = /[<`*_~:\n]/g;
  const entityAt = entityFinder(source);
  let done = 0;
  const take = (at: number, length: number, piece: Piece) => {
    if (at > done) pieces.push({ type: "text", text: decode(source.slice(done, at)) });
    pieces.push(piece);
    done = at + length;
    special.lastIndex = done;
  };
  for (let match = special.exec(source); match; match = special.exec(source)) {
    const at = match.index;
    const char = match[0];
    if (char === "<") {
      const inner = entityAt(at);
      const inline = inner === null ? null : entity(inner, names);
      if (inner !== null && inline !== null) take(at, inner.length + 2, { type: "inline", inline });
    } else if (char === "`") {
      const code = codeAt(source, at);
      if (code !== null) take(at, code.length + 2, { type: "text", text: verbatim(code, names), code: true });
    } else if (char === ":") {
      const emoji = emojiAt(source, at);
      if (emoji !== null) take(at, emoji.length, { type: "text", text: emoji.text });
    } else if (char === "\n") take(at, 1, { type: "text", text: "\n" });
    else {
      const found = mark(source, at, char as MarkChar);
      if (found !== null) take(at, 1, found);
    }
  }
  if (done < source.length) pieces.push({ type: "text", text: decode(source.slice(done)) });
  return pieces;
}

function codeAt(source: string, at: number): string | null {
  for (let end = at + 1; end < source.length && source[end] !== "\n"; end += 1) {
    if (source[end] === "`") return end === at + 1 ? null : source.slice(at + 1, end);
  }
  return null;
}

/** Unknown names are taken too, as they are: the underscores of a custom emoji are no marks. */
function emojiAt(source: string, at: number): { readonly text: string; readonly length: number } | null {
  EMOJI.lastIndex = at;
  const match = EMOJI.exec(source);
  if (!match) return null;
  const name = match[1]!;
  // "10:100:20" is a time or a ratio.
  if (/^\d+$/.test(name) && isWord(source[at - 1])) return null;
  const known = emojiOf(name, match[2] === undefined ? undefined : Number(match[2]));
  return { text: known ?? match[0], length: match[0].length };
}

/** A mark works at the border of a word only, and never twice in a row: `snake_case`, `2 * 3` and `__init__` are text. */
function mark(source: string, at: number, char: MarkChar): Piece | null {
  const before = source[at - 1];
  const after = source[at + 1];
  if (before === char || after === char) return null;
  const opens = !isWord(before) && after !== undefined && !isSpace(after);
  const closes = !isWord(after) && before !== undefined && !isSpace(before);
  return opens || closes ? { type: "mark", char, opens, closes } : null;
}

function isWord(char: string | undefined): boolean {
  if (char === undefined || (char < "\u0080" && !/[0-9A-Za-z]/.test(char))) return false;
  return char < "\u0080" || /[\p{L}\p{N}]/u.test(char);
}

function isSpace(char: string): boolean {
  return char === " " || char === "\n" || char === "\t" || (char >= "\u0080" && /\s/.test(char));
}

/** Which marks begin or end a style. At most one of each kind is open at a time, and a line feed closes none. */
function pair(pieces: readonly Piece[]): ReadonlySet<number> {
  const paired = new Set<number>();
  let open: { char: MarkChar; index: number }[] = [];
  for (const [index, piece] of pieces.entries()) {
    if (piece.type === "text" && piece.text === "\n") open = [];
    if (piece.type !== "mark") continue;
    const depth = open.findIndex((each) => each.char === piece.char);
    if (depth >= 0 && piece.closes && open[depth]!.index < index - 1) {
      paired.add(open[depth]!.index).add(index);
      open = open.slice(0, depth);
    } else if (depth < 0 && piece.opens) open.push({ char: piece.char, index });
  }
  return paired;
}

function build(pieces: readonly Piece[], paired: ReadonlySet<number>): Inline[] {
  const built: Inline[] = [];
  let on = 0;
  let run = "";
  let style = 0;
  const flush = () => {
    if (run !== "") built.push({ type: "text", text: run, ...(style === 0 ? {} : { style: styleOf(style) }) });
    run = "";
  };
  const add = (text: string, wanted: number) => {
    if (style !== wanted) flush();
    style = wanted;
    run += text;
  };
  for (const [index, piece] of pieces.entries()) {
    if (piece.type === "text") add(piece.text, piece.code === true ? on | CODE : on);
    else if (piece.type === "inline" && piece.inline.type === "text") add(piece.inline.text, on);
    else if (piece.type === "inline") {
      flush();
      built.push(piece.inline);
    } else if (paired.has(index)) on ^= BITS[piece.char];
    else add(piece.char, on);
  }
  flush();
  return built;
}

function styleOf(bits: number): TextStyle {
  return {
    ...(bits & BITS["*"] ? { bold: true } : {}),
    ...(bits & BITS._ ? { italic: true } : {}),
    ...(bits & BITS["~"] ? { strike: true } : {}),
    ...(bits & CODE ? { code: true } : {}),
  };
}
