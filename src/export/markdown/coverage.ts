import type { CoverageLine } from "../../contract/draft.js";
import type { BuildInfo } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import { compareText } from "../../kit/text.js";
import { countsByKind } from "../counts.js";
import { groupBy } from "../../kit/group-by.js";
import { isoShort, spanText } from "../moment.js";
import { line } from "./body.js";
import { stampLine } from "./marks.js";

/** What could be seen and what could not. Not asked, asked without finding, found and failed are four different words. */
export function coverage({ draft, build }: ExportInput): string {
  const rows = draft.coverage.map((each) => {
    const asked = each.asked === null ? "" : spanText(each.asked);
    return `| ${line(`${each.connector} ${each.source}`, 60)} | ${scopeName(each)} | ${asked} | ${stateText(each)} |`;
  });
  const table = ["| Source | Scope | Asked (UTC) | Found |", "| --- | --- | --- | --- |", ...rows].join("\n");
  const gaps = draft.coverage.flatMap(gapLines);
  const counts = countsByKind(draft).map(([kind, { shown, total }]) => `- ${line(kind, 80)}: ${shown} of ${total} shown`);
  return [
    "## Coverage",
    rows.length === 0 ? "_No source was asked._" : table,
    ...(gaps.length === 0 ? [] : [`What could not be seen:`, gaps.join("\n")]),
    ...(counts.length === 0 ? [] : ["Entries by kind:", counts.join("\n")]),
    ...(draft.notes.length === 0 ? [] : ["Notes on this draft:", draft.notes.map((note) => `- ${line(note, 400)}`).join("\n")]),
    stampLine(`_${askedText(build)}_`),
  ].join("\n\n");
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

function gapLines(each: CoverageLine): string[] {
  return each.gaps.map(({ reason, span, count, detail, hint }) => {
    const many = count === null ? "" : ` (${count})`;
    const when = span === null ? "" : `, ${spanText(span)}`;
    return `- ${line(each.connector, 40)} ${scopeName(each)}: **${reason}**${many}${when}. ${line(detail)}${hint === null ? "" : ` ${line(hint)}`}`;
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
