import { visible } from "../../kit/text.js";

/** What some spreadsheet takes for the beginning of a formula, in its half-width, full-width and small forms. */
const FORMULA = /^[\s\p{Z}\p{C}"'`\u201c-\u201f\u2018-\u201b]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]/u;
/** Where semicolons divide cells, as in much of Europe, a formula may begin behind one. */
const BEHIND_SEMICOLON = /;(?=[\s\p{Z}\p{C}"'`\u201c-\u201f\u2018-\u201b]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212])/gu;

/**
 * Text of a cell that no spreadsheet takes for a formula: an apostrophe stands before what could be one. Line breaks are
 * shown as "⏎", so that a record is a line and nothing in a text can open one. Quoting is left to the writer of the file.
 */
export function safeCell(text: string): string {
  const line = visible(text).replace(/\t/g, " ").replace(/\n/g, " ⏎ ").replace(BEHIND_SEMICOLON, ";'");
  return mayBeFormula(text) || mayBeFormula(line) ? `'${line}` : line;
}

function mayBeFormula(text: string): boolean {
  return /^[\t\r\n]/.test(text) || FORMULA.test(text);
}
