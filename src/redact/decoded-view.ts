/** The same text without one layer of writing: percent-encoding, JSON escapes, terminal colours. */
export interface DecodedView {
  readonly text: string;
  /** Where in the original a character of `text` begins and ends. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

const ANSI = /\u001b\[[0-9;]{0,16}[A-Za-z]/y;
const PERCENT = /%([0-7][0-9A-Fa-f])/y;
const ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|([nrt"'\\/]))/y;
const NAMED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** null when there is nothing to decode. */
export function decodedView(text: string): DecodedView | null {
  if (!/%[0-7][0-9A-Fa-f]|\\[nrtu"'\\/]|\u001b\[/.test(text)) return null;
  const starts = new Int32Array(text.length);
  const ends = new Int32Array(text.length);
  const chars: string[] = [];
  for (let at = 0; at < text.length;) {
    const { char, length } = unitAt(text, at);
    if (char !== "") {
      starts[chars.length] = at;
      ends[chars.length] = at + length;
      chars.push(char);
    }
    at += length;
  }
  return { text: chars.join(""), starts, ends };
}

function unitAt(text: string, at: number): { char: string; length: number } {
  const first = text[at]!;
  if (first === "%") {
    const match = stickyAt(PERCENT, text, at);
    if (match) return { char: String.fromCharCode(Number.parseInt(match[1]!, 16)), length: 3 };
  } else if (first === "\\") {
    const match = stickyAt(ESCAPE, text, at);
    if (match?.[1] !== undefined) return { char: String.fromCharCode(Number.parseInt(match[1], 16)), length: 6 };
    if (match) return { char: NAMED[match[2]!] ?? match[2]!, length: 2 };
  } else if (first === "\u001b") {
    const match = stickyAt(ANSI, text, at);
    if (match) return { char: "", length: match[0].length };
  }
  return { char: first, length: 1 };
}

function stickyAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
