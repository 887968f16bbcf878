import type { Entry } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import { compareText } from "../../kit/text.js";
import { groupBy } from "../../kit/group-by.js";
import { line } from "./body.js";
import { entryCheckbox } from "./entry-item.js";

/** The file stays one that renders; the rest is in the JSON export, and the counts say so. */
const MOST_PER_GROUP = 50;

/** Entries that the draft did not put forward, one checkbox each, by where they come from. */
export function notOnTheTimelineYet(input: ExportInput): string {
  const rest = input.draft.entries.filter((entry) => !entry.highlighted);
  const groups = [...groupBy(rest, groupName)].sort(([a], [b]) => compareText(a, b));
  const intro =
    rest.length === 0
      ? "_Everything that was found is on the timeline._"
      : `_${listedOf(input).length} of ${rest.length} entries are listed. Move a line up to put it on the timeline._`;
  return ["## Not on the timeline yet", intro, ...groups.map(([name, entries]) => groupText(name, entries, input))].join("\n\n");
}

/** The entries that stand in this part of the file. */
export function listedOf({ draft }: ExportInput): Entry[] {
  const rest = draft.entries.filter((entry) => !entry.highlighted);
  return [...groupBy(rest, groupName).values()].flatMap(mostRelevant);
}

function groupText(name: string, entries: readonly Entry[], input: ExportInput): string {
  const listed = mostRelevant(entries);
  const cut =
    listed.length === entries.length
      ? []
      : [`_${listed.length} of ${entries.length} are listed, those with the highest score; the JSON export has all._`];
  return [`### ${line(name, 100)}`, ...cut, listed.map((entry) => entryCheckbox(entry, input)).join("\n")].join("\n\n");
}

/** The highest scores, shown in the order of time. */
function mostRelevant(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length <= MOST_PER_GROUP) return entries;
  const places = new Map(entries.map((entry, index) => [entry, index]));
  const best = [...entries].sort((a, b) => b.score - a.score || places.get(a)! - places.get(b)!).slice(0, MOST_PER_GROUP);
  return best.sort((a, b) => places.get(a)! - places.get(b)!);
}

/** `slack #inc-checkout`: kinds begin with the system that they come from; parts of a scope stand behind a comma. */
function groupName({ kind, scopeName }: Entry): string {
  return `${kind.split(".")[0]} ${scopeName.split(", ")[0]}`.trim();
}
