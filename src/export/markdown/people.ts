import type { ExportInput } from "../../contract/export.js";
import { participantsOf } from "../participants.js";
import { entryMention } from "./entry-item.js";
import { line } from "./body.js";

/** Who took part, by role, with what to ask them about: what they did that stands on the timeline. */
export function participants(input: ExportInput): string {
  const items = participantsOf(input).map(({ role, entries }) => {
    const pivots = entries.filter((entry) => entry.highlighted);
    const [first, last] = [pivots[0], pivots.at(-1)];
    const count = `${entries.length} ${entries.length === 1 ? "entry" : "entries"}, ${pivots.length} of them on the timeline`;
    const about = first === undefined ? [] : [`  - Ask about: ${entryMention(first, input)}`];
    if (first !== undefined && last !== undefined && last !== first) about.push(`  - Ask about: ${entryMention(last, input)}`);
    return [`- **${line(role)}**: ${count}`, ...about].join("\n");
  });
  const list = items.length === 0 ? "_No person acted in what was collected._" : items.join("\n");
  return ["## Participants", "_Roles stand for people; `timeline who` names them, on your terminal only._", list].join("\n\n");
}
