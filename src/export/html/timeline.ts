import type { Entry, Phase } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import { escapeHtml } from "../../kit/html.js";
import { groupBy } from "../../kit/group-by.js";
import { shownOf } from "../counts.js";
import { dayOf, weekdayOf } from "../moment.js";
import { PHASE_LABELS } from "../words.js";
import { entryItem, entryRow, section } from "./parts.js";

/** Numbers of the entries that are put forward: their anchors on the page. */
export function anchorsOf(input: ExportInput): ReadonlyMap<string, number> {
  const shown = input.draft.entries.filter((entry) => entry.highlighted);
  return new Map(shown.map((entry, index) => [entry.id, index + 1]));
}

/** What is put forward, by day and phase. */
export function highlightSection(input: ExportInput, anchors: ReadonlyMap<string, number>): string {
  const shown = input.draft.entries.filter((entry) => entry.highlighted);
  const { total } = shownOf(input.draft.entries);
  const count =
    total === 0
      ? "The sources that were asked have nothing for this window."
      : `${shown.length} of ${total} entries shown. ${shown.length === total ? "" : 'The rest is under <a href="#all">All entries</a>. '}${zoneText(input)}`;
  return section(
    "timeline",
    "Timeline",
    `<p class="note">${count}</p>`,
    ...days(shown, (entry) => entryItem(entry, anchors.get(entry.id)!, input)),
  );
}

/** Everything, in the same order, folded away. */
export function allSection(input: ExportInput): string {
  const { entries } = input.draft;
  if (entries.length === 0) return "";
  const list = days(entries, (entry) => entryRow(entry, input)).join("\n");
  const summary = `Show all ${entries.length} ${entries.length === 1 ? "entry" : "entries"}`;
  return section(
    "all",
    "All entries",
    `<details>\n<summary>${summary} <span class="hint">(open to print them)</span></summary>\n${list}\n</details>`,
  );
}

function zoneText({ timezone }: ExportInput): string {
  return timezone === "UTC" ? "Times are UTC." : `Times are UTC, with ${escapeHtml(timezone)} beside them.`;
}

function days(entries: readonly Entry[], render: (entry: Entry) => string): string[] {
  let phase: Phase | null = null;
  return [...groupBy(entries, (entry) => dayOf(entry.at))].map(([day, ofDay]) => {
    const runs = runsOfPhase(ofDay).map((run) => {
      const label = `${PHASE_LABELS[run[0]!.phase]}${run[0]!.phase === phase ? ", continued" : ""}`;
      phase = run[0]!.phase;
      return `<h4>${label}</h4>\n<ol class="entries">\n${run.map(render).join("\n")}\n</ol>`;
    });
    return `<h3>${day}, ${weekdayOf(ofDay[0]!.at)}</h3>\n${runs.join("\n")}`;
  });
}

function runsOfPhase(entries: readonly Entry[]): Entry[][] {
  const runs: Entry[][] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last && last[0]!.phase === entry.phase) last.push(entry);
    else runs.push([entry]);
  }
  return runs;
}
