import type { Entry, Phase } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import type { GeneratedUnit } from "../../contract/owner-file.js";
import { shownOf } from "../counts.js";
import { groupBy } from "../../kit/group-by.js";
import { dayOf, weekdayOf } from "../moment.js";
import { entryItem, needingFractions } from "./entry-item.js";
import { shows } from "./from-template.js";
import { sectionOf, type Part } from "./units.js";

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
export function beforeTheIncident(input: ExportInput): GeneratedUnit[] {
  const entries = input.draft.entries.filter((entry) => entry.phase === "before");
  return section(["before", "Before the incident"], entries, input, (_, each, fine) => items(each, input, fine));
}

/** The incident itself, by day and phase. */
export function timeline(input: ExportInput): GeneratedUnit[] {
  const entries = input.draft.entries.filter((entry) => entry.phase !== "before");
  let phase: Phase | null = null;
  return section(["timeline", "Timeline"], entries, input, (day, ofDay, fine) => {
    return runsOfPhase(ofDay).flatMap((run): Part[] => {
      const own = run[0]!.phase;
      const heading = `#### ${PHASE_LABELS[own]}${own === phase ? ", continued" : ""}`;
      phase = own;
      return [{ key: `${day}/${own}`, text: heading }, ...items(run, input, fine)];
    });
  });
}

function section(
  [key, title]: readonly [key: string, title: string],
  entries: readonly Entry[],
  input: ExportInput,
  render: (day: string, ofDay: readonly Entry[], fine: ReadonlySet<string>) => Part[],
): GeneratedUnit[] {
  const shown = entries.filter((entry) => entry.highlighted);
  const fine = needingFractions(shown);
  const days = [...groupBy(shown, (entry) => dayOf(entry.at))].flatMap(([day, ofDay]): Part[] => {
    return [{ key: day, text: `### ${day}, ${weekdayOf(ofDay[0]!.at)}` }, ...render(day, ofDay, fine)];
  });
  const zone = input.timezone === "UTC" ? "Times are UTC." : `Times are UTC, with ${input.timezone} beside them.`;
  return sectionOf(key, `## ${title}`, [{ key: "count", text: `_${countText(entries, input)} ${zone}_` }, ...days]);
}

function countText(entries: readonly Entry[], input: ExportInput): string {
  const { shown, total } = shownOf(entries);
  if (total === 0) return "The sources that were asked have nothing for this part of the window.";
  if (shown === total) return `All ${total} entries are shown.`;
  return `${shown} of ${total} entries are shown; the rest are ${shows(input, "rest") ? `under ${REST}` : "in the JSON export"}.`;
}

/** An item of several blocks stands between blank lines. */
function items(entries: readonly Entry[], input: ExportInput, fine: ReadonlySet<string>): Part[] {
  const rendered = entries.map((entry) => entryItem(entry, input, fine.has(entry.id)));
  return rendered.map((item, index) => {
    const before = rendered[index - 1];
    return before === undefined || (item.text + before.text).includes("\n\n") ? item : { ...item, gap: 1 };
  });
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
