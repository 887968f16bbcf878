import type { ExportInput } from "../../contract/export.js";
import type { GeneratedUnit } from "../../contract/owner-file.js";
import { participantsOf } from "../participants.js";
import { entryMention } from "./entry-item.js";
import { line } from "./body.js";
import { lines, sectionOf, type Part } from "./units.js";

/** Who stands on the timeline, by role, with what to ask them about; the others are counted. */
export function participants(input: ExportInput): GeneratedUnit[] {
  const all = participantsOf(input).map(({ role, entries }) => ({ role, entries, pivots: entries.filter((entry) => entry.highlighted) }));
  const listed = all.filter(({ pivots }) => pivots.length > 0);
  const items = listed.flatMap(({ role, entries, pivots }): Part[] => {
    const mentioned = pivots.length === 1 ? pivots : [pivots[0]!, pivots.at(-1)!];
    const count = `${pivots.length} of ${entries.length} ${entries.length === 1 ? "entry" : "entries"} on the timeline`;
    const asked = mentioned.map((entry, nth) => ({ key: `${role}/${nth}`, text: `  - Ask about: ${entryMention(entry, input)}` }));
    return [{ key: role, text: `- **${line(role)}**: ${count}` }, ...asked];
  });
  const count = `${listed.length} of ${all.length} are listed, those with an entry on the timeline.`;
  const intro = `_Roles stand for people, so that this can be shared. ${all.length === 0 ? "No person acted in what was collected." : count}_`;
  return sectionOf("people", "## Participants", [{ key: "count", text: intro }, ...lines(items)]);
}
