import type { ExportInput } from "../../contract/export.js";
import type { GeneratedUnit } from "../../contract/owner-file.js";
import { groupBy } from "../../kit/group-by.js";
import { line } from "./body.js";
import { entryMention } from "./entry-item.js";
import { lines, sectionOf, type Part } from "./units.js";

/** Asked with how and what, at the entries where the course of things turned. */
export function openQuestions(input: ExportInput): GeneratedUnit[] {
  const entries = new Map(input.draft.entries.map((entry) => [entry.id, entry]));
  const groups = [...groupBy(input.draft.questions, (question) => question.entry ?? "")].flatMap(([id, questions]): Part[] => {
    const entry = entries.get(id);
    const asked = questions.map(({ text }) => ({ key: `${id}/${text}`, text: `${entry ? "  " : ""}- ${line(text, 400)}` }));
    return entry ? [{ key: id, text: `- At ${entryMention(entry, input)}` }, ...asked] : asked;
  });
  const none = { key: "none", text: "_None were found; add yours._" };
  return sectionOf("open", "## Open questions", groups.length === 0 ? [none] : lines(groups));
}
