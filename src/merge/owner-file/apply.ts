import { closingMark, type Base } from "./base.js";
import type { Insertion } from "./insertions.js";
import type { ParsedFile } from "./parse.js";
import type { FilePlan } from "./plan.js";

interface Piece {
  text: string;
  gap: string;
}

/** The file after the plan: every piece that the plan does not name is there byte for byte. */
export function applyPlan(file: ParsedFile, plan: FilePlan, base: Base): string {
  const { units, eol, lead } = file;
  const style = { eol, bullet: bulletOf(file) };
  const out: Piece[] = [];
  const [before, after] = [bySide(plan.inserted, "before"), bySide(plan.inserted, "after")];
  units.forEach(({ raw, gap, kind }, place) => {
    for (const insertion of before.get(place) ?? []) put(out, insertion, style, true);
    const change = plan.changed.get(place);
    if (kind === "closing") out.push({ text: styled(closingMark(base), { eol, bullet: "-" }), gap });
    else if (change?.do === "remove") takenOut(out, gap);
    else out.push({ text: change === undefined ? raw : change.do === "rewrite" ? change.text : styled(change.text, style), gap });
    for (const insertion of after.get(place) ?? []) put(out, insertion, style, false);
  });
  if (!units.some(({ kind }) => kind === "closing")) {
    const last = out.at(-1);
    if (last) last.gap = longer(last.gap, eol.repeat(2));
    out.push({ text: styled(closingMark(base), { eol, bullet: "-" }), gap: eol });
  }
  return lead + out.map(({ text, gap }) => text + gap).join("");
}

function takenOut(out: readonly Piece[], gap: string): void {
  const last = out.at(-1);
  if (last) last.gap = longer(last.gap, gap);
}

interface Style {
  readonly eol: string;
  readonly bullet: string;
}

/** Between what stands there: never closer together than either of them needs. */
function put(out: Piece[], { text, gap, gapAfter }: Insertion, style: Style, isBefore: boolean): void {
  const last = out.at(-1);
  const behind = last?.gap ?? "";
  if (last) last.gap = isBefore ? longer(behind, style.eol.repeat(gap)) : style.eol.repeat(gap);
  const rest =
    isBefore || last === undefined ? style.eol.repeat(gapAfter) : behind === "" ? "" : longer(behind, style.eol.repeat(gapAfter));
  out.push({ text: styled(text, style), gap: rest });
}

/** Of two stretches of white space the one with more lines. */
function longer(a: string, b: string): string {
  return a.split("\n").length >= b.split("\n").length ? a : b;
}

function bySide(inserted: readonly Insertion[], side: Insertion["side"]): Map<number, Insertion[]> {
  const lists = new Map<number, Insertion[]>();
  for (const each of inserted) {
    if (each.side !== side) continue;
    const list = lists.get(each.place);
    if (list) list.push(each);
    else lists.set(each.place, [each]);
  }
  return lists;
}

/** With the line ends and the bullets of the file: another bullet would begin another list. */
function styled(text: string, { eol, bullet }: Style): string {
  const bulleted =
    bullet === "-" || text.includes("```") ? text.replace(/^- /, `${bullet} `) : text.replace(/^( {0,4})- /gm, `$1${bullet} `);
  return bulleted.replaceAll("\r\n", "\n").replaceAll("\n", eol);
}

function bulletOf({ units }: ParsedFile): string {
  const counts = { "-": 0, "*": 0, "+": 0 };
  for (const { raw, kind } of units) {
    const char = raw.trimStart()[0];
    if (kind === "item" && (char === "-" || char === "*" || char === "+")) counts[char] += 1;
  }
  return counts["*"] > counts["-"] ? "*" : counts["+"] > counts["-"] ? "+" : "-";
}
