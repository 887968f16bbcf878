import type { CoverageLine } from "../../contract/draft.js";
import type { BuildInfo } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import type { GeneratedUnit } from "../../contract/owner-file.js";
import { compareText } from "../../kit/text.js";
import { countsByKind } from "../counts.js";
import { groupBy } from "../../kit/group-by.js";
import { isoShort, spanText } from "../moment.js";
import { line } from "./body.js";
import { lines, sectionOf, table, type Part } from "./units.js";

/** What could be seen and what could not. Not asked, asked without finding, found and failed are four different words. */
export function coverage({ draft, build }: ExportInput): GeneratedUnit[] {
  const rows = draft.coverage.map((each): [string, ...string[]] => {
    const asked = each.asked === null ? "" : spanText(each.asked);
    return [scopeKey(each), line(`${each.connector} ${each.source}`, 60), scopeName(each), asked, stateText(each)];
  });
  const gaps = draft.coverage.flatMap(gapLines);
  const counts = countsByKind(draft).map(([kind, { shown, total }]) => {
    return { key: `kind/${kind}`, text: `- ${line(kind, 80)}: ${shown} of ${total} shown` };
  });
  const notes = draft.notes.map((note) => ({ key: `note/${note}`, text: `- ${line(note, 400)}` }));
  return sectionOf("coverage", "## Coverage", [
    ...(rows.length === 0
      ? [{ key: "none", text: "_No source was asked._" }]
      : table("", ["Source", "Scope", "Asked (UTC)", "Found"], rows)),
    ...listUnder("gaps", "What could not be seen:", gaps),
    ...listUnder("kinds", "Entries by kind:", counts),
    ...listUnder("notes", "Notes on this draft:", notes),
    { key: "built", text: `_${askedText(build)}_`, stamp: true },
  ]);
}

function listUnder(key: string, intro: string, items: readonly Part[]): Part[] {
  return items.length === 0 ? [] : [{ key, text: intro }, ...lines(items)];
}

function scopeKey({ connector, source, scope }: CoverageLine): string {
  return `${connector}/${source}/${scope}`;
}

function scopeName({ name, scope, visibility }: CoverageLine): string {
  return `${line(name === "" ? scope : name, 80)}${visibility === "private" ? " (**private**)" : ""}`;
}

function stateText({ state, seen }: CoverageLine): string {
  if (state === "not asked") return "not asked";
  if (state === "failed") return seen === 0 ? "failed" : `failed after ${seen}`;
  const found = seen === 0 ? "asked, none found" : `${seen} found`;
  return state === "partial" ? `${found}, not complete` : found;
}

function gapLines(each: CoverageLine): Part[] {
  return each.gaps.map(({ reason, span, count, detail, hint }) => {
    const many = count === null ? "" : ` (${count})`;
    const when = span === null ? "" : `, ${spanText(span)}`;
    const text = `- ${line(each.connector, 40)} ${scopeName(each)}: **${reason}**${many}${when}. ${line(detail)}${hint === null ? "" : ` ${line(hint)}`}`;
    return { key: `gap/${scopeKey(each)}/${reason}`, text };
  });
}

/** When the sources were asked; older answers are named with the oldest of their times. */
function askedText({ at, openUntil, checkedSince }: BuildInfo): string {
  const older = [...groupBy(checkedSince, ({ connector, source }) => `${connector} ${source}`)]
    .map(([name, each]) => `${line(name, 60)} since ${isoShort(Math.min(...each.map((one) => one.at)))}`)
    .sort(compareText);
  const open = openUntil ? " The incident or the time after it was not over then." : "";
  return `Built at ${isoShort(at)}.${open}${older.length === 0 ? "" : ` Not asked again: ${older.join("; ")}.`}`;
}
