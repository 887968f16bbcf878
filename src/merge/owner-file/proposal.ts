import { closingMark, readClosingMark } from "./base.js";
import { shortHash } from "./canonical.js";
import { isPristine } from "./compose.js";
import { parseFile } from "./parse.js";

/** A merged file that is put beside the owner's: sealed, so that the next build knows whether somebody has begun to edit it. */
export function asProposal(text: string): string {
  const { before, base, after } = partsOf(text);
  return base === null ? text : before + closingMark({ ...base, proposal: shortHash(before + after) }) + after;
}

/** Whether a file is a proposal of ours, or a draft, that nobody has changed. */
export function isUntouched(text: string): boolean {
  const { before, base, after } = partsOf(text);
  return base !== null && (base.proposal === shortHash(before + after) || isPristine(parseFile(text), base));
}

function partsOf(text: string) {
  const { lead, units } = parseFile(text);
  const at = units.findIndex(({ kind }) => kind === "closing");
  const joined = (from: number, until?: number) =>
    units
      .slice(from, until)
      .map(({ raw, gap }) => raw + gap)
      .join("");
  if (at === -1) return { before: text, base: null, after: "" };
  return { before: lead + joined(0, at), base: readClosingMark(units[at]!.raw), after: units[at]!.gap + joined(at + 1) };
}
