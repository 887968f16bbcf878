import type { Draft } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import type { GeneratedUnit } from "../../contract/owner-file.js";
import { formatDuration } from "../../kit/duration.js";
import { link } from "../../kit/markdown.js";
import { toPlain } from "../../kit/rich-text.js";
import { compareText } from "../../kit/text.js";
import { dayAndTime } from "../moment.js";
import { namesOf } from "../names.js";
import { line } from "./body.js";
import { lines, sectionOf, type Part } from "./units.js";

const MOST = 12;
const MOST_ACTS = 4;

/** Changes next to the symptoms, each with its distance and without a verdict. */
export function contributingChanges(input: ExportInput): GeneratedUnit[] {
  const { changes } = input.draft;
  const named = [...changes].sort((a, b) => b.score - a.score || compareText(a.id, b.id)).slice(0, MOST);
  const count =
    changes.length === 0
      ? "No change was found in the window or linked to it."
      : `${named.length} of ${changes.length} changes are listed. The distance in time is a fact; whether a change contributed is for you to say.`;
  const items = lines(named.flatMap((change) => changeItem(change, input)));
  return sectionOf("changes", "## Contributing changes", [{ key: "count", text: `_${count}_` }, ...items]);
}

/** `4 min 10 s before the impact start`. */
export function distanceText(beforeImpactMicros: number | null): string {
  if (beforeImpactMicros === null) return "distance not known";
  if (beforeImpactMicros === 0) return "at the impact start";
  return `${formatDuration(beforeImpactMicros)} ${beforeImpactMicros > 0 ? "before" : "after"} the impact start`;
}

function changeItem(change: Draft["changes"][number], input: ExportInput): Part[] {
  const entries = input.draft.entries.filter((entry) => change.entries.includes(entry.id));
  const title = line(toPlain(change.title, namesOf(input)), 160);
  const reverted = change.revertedBy.length === 0 ? "" : "; reverted later";
  const acts = entries.slice(0, MOST_ACTS).map((entry) => {
    const url = entry.links[0]?.url;
    const what = url === undefined ? line(entry.scopeName, 80) : link(entry.links[0]!.label, url);
    return { key: `${change.id}/${entry.id}`, text: `  - ${dayAndTime(entry.at)} ${line(entry.atMeans, 40)} (${what})` };
  });
  const more =
    entries.length > MOST_ACTS
      ? [
          {
            key: `${change.id}/more`,
            text: `  - ${MOST_ACTS} of ${entries.length} acts are listed; the last was at ${dayAndTime(entries.at(-1)!.at)}`,
          },
        ]
      : [];
  return [{ key: change.id, text: `- **${title}**: ${distanceText(change.beforeImpactMicros)}${reverted}` }, ...acts, ...more];
}
