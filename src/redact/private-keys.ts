import type { Found } from "./rule.js";

const BEGIN = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
const END = /-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
/** Base64, headers such as `Proc-Type: 4,ENCRYPTED`, line ends however they are written, marks of quoting. */
const BODY = /[A-Za-z0-9+/=\s\\>|:,."'`_*%]*/y;

/** Keys in PEM armour, whole. One whose end was cut off is masked as far as it goes on like one. */
export function findPrivateKeys(text: string): Found[] {
  const found: Found[] = [];
  if (!text.includes("PRIVATE KEY")) return found;
  let end: RegExpExecArray | null | undefined;
  BEGIN.lastIndex = 0;
  for (let begin = BEGIN.exec(text); begin; begin = BEGIN.exec(text)) {
    const from = begin.index + begin[0].length;
    // One search for an end serves all beginnings before it: each looking for itself would be quadratic.
    if (end === undefined || (end !== null && end.index < from)) end = nextEnd(text, from);
    const body = bodyEnd(text, from);
    const until = end !== null && end.index <= body + 8 ? end.index + end[0].length : body;
    found.push({ start: begin.index, end: until, kind: "private key" });
    BEGIN.lastIndex = until;
  }
  return found;
}

function nextEnd(text: string, from: number): RegExpExecArray | null {
  END.lastIndex = from;
  return END.exec(text);
}

/** A single dash goes on (`DEK-Info`), a row of them does not. */
function bodyEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    BODY.lastIndex = at;
    at += BODY.exec(text)![0].length;
    if (text[at] !== "-" || text.startsWith("-----", at)) return at;
    at++;
  }
}
