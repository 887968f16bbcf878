import type { Entry, Phase } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import { shownOf } from "../counts.js";
import { groupBy } from "../../kit/group-by.js";
import { dayOf, weekdayOf } from "../moment.js";
import { entryItem, needingFractions } from "./entry-item.js";

const REST = "[Not on the timeline yet](#not-on-the-timeline-yet)";
const PHASE_LABELS: Readonly<Record<Phase, string>> = {
  before: "Before",
  detection: "Detection",
  diagnosis: "Diagnosis",
  mitigation: "Mitigation",
  recovery: "Recovery",
  after: "After",
};

/** What led up to it, by day. */
export function beforeTheIncident(input: ExportInput): string {
  const entries = input.draft.entries.filter((entry) => entry.phase === "before");
  return section("Before the incident", entries, input, (each, fine) => items(each, input, fine));
}

/** The incident itself, by day and phase. */
export function timeline(input: ExportInput): string {
  const entries = input.draft.entries.filter((entry) => entry.phase !== "before");
  let phase: Phase | null = null;
  return section("Timeline", entries, input, (ofDay, fine) => {
    const parts: string[] = [];
    for (const run of runsOfPhase(ofDay)) {
      const label = PHASE_LABELS[run[0]!.phase];
      parts.push(`#### ${label}${run[0]!.phase === phase ? ", continued" : ""}\n\n${items(run, input, fine)}`);
      phase = run[0]!.phase;
    }
    return parts.join("\n\n");
  });
}

function section(
  title: string,
  entries: readonly Entry[],
  input: ExportInput,
  render: (ofDay: readonly Entry[], fine: ReadonlySet<string>) => string,
): string {
  const shown = entries.filter((entry) => entry.highlighted);
  const fine = needingFractions(shown);
  const days = [...groupBy(shown, (entry) => dayOf(entry.at))].map(([day, ofDay]) => {
    return `### ${day}, ${weekdayOf(ofDay[0]!.at)}\n\n${render(ofDay, fine)}`;
  });
  const zone = input.timezone === "UTC" ? "Times are UTC." : `Times are UTC, with ${input.timezone} beside them.`;
  return [`## ${title}`, `_${countText(entries)} ${zone}_`, ...days].join("\n\n");
}

function countText(entries: readonly Entry[]): string {
  const { shown, total } = shownOf(entries);
  if (total === 0) return "The sources that were asked have nothing for this part of the window.";
  return shown === total ? `All ${total} entries are shown.` : `${shown} of ${total} entries are shown; the rest are under ${REST}.`;
}

/** An item of several blocks stands between blank lines. */
function items(entries: readonly Entry[], input: ExportInput, fine: ReadonlySet<string>): string {
  const rendered = entries.map((entry) => entryItem(entry, input, fine.has(entry.id)));
  return rendered.map((item, index) => (index > 0 && (item + rendered[index - 1]!).includes("\n\n") ? `\n${item}` : item)).join("\n");
}

/** Phases follow each other; where an entry falls back into an earlier one, its heading is repeated. */
function runsOfPhase(entries: readonly Entry[]): Entry[][] {
  const runs: Entry[][] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    if (last && last[0]!.phase === entry.phase) last.push(entry);
    else runs.push([entry]);
  }
  return runs;
}
