import type { Entry } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import type { GeneratedUnit } from "../../contract/owner-file.js";
import { compareText } from "../../kit/text.js";
import { groupBy } from "../../kit/group-by.js";
import { line } from "./body.js";
import { entryCheckbox } from "./entry-item.js";
import { lines, sectionOf, type Part } from "./units.js";

/** The file stays one that renders; the rest is in the JSON export, and the counts say so. */
const MOST_PER_GROUP = 50;

/** Entries that the draft did not put forward, one checkbox each, by where they come from. */
export function notOnTheTimelineYet(input: ExportInput): GeneratedUnit[] {
  const rest = input.draft.entries.filter((entry) => !entry.highlighted);
  const groups = [...groupBy(rest, groupName)].sort(([a], [b]) => compareText(a, b));
  const intro =
    rest.length === 0
      ? "_Everything that was found is on the timeline._"
      : `_${listedOf(input).length} of ${rest.length} entries are listed. Tick a box, and the next build puts it on the timeline._`;
  const parts = groups.flatMap(([name, entries]) => groupParts(name, entries, input));
  return sectionOf("rest", "## Not on the timeline yet", [{ key: "count", text: intro }, ...parts]);
}

/** The entries that stand in this part of the file. */
function listedOf({ draft }: ExportInput): Entry[] {
  const rest = draft.entries.filter((entry) => !entry.highlighted);
  return [...groupBy(rest, groupName).values()].flatMap(mostRelevant);
}

function groupParts(name: string, entries: readonly Entry[], input: ExportInput): Part[] {
  const listed = mostRelevant(entries);
  const cut =
    listed.length === entries.length
      ? []
      : [
          {
            key: `${name}/cut`,
            text: `_${listed.length} of ${entries.length} are listed, those with the highest score; the JSON export has all._`,
          },
        ];
  return [{ key: name, text: `### ${line(name, 100)}` }, ...cut, ...lines(listed.map((entry) => entryCheckbox(entry, input)))];
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
