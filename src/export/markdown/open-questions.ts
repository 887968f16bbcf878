import type { ExportInput } from "../../contract/export.js";
import { groupBy } from "../../kit/group-by.js";
import { line } from "./body.js";
import { entryMention } from "./entry-item.js";

/** Asked with how and what, at the entries where the course of things turned. */
export function openQuestions(input: ExportInput): string {
  const entries = new Map(input.draft.entries.map((entry) => [entry.id, entry]));
  const groups = [...groupBy(input.draft.questions, (question) => question.entry ?? "")].map(([id, questions]) => {
    const entry = entries.get(id);
    const asked = questions.map(({ text }) => line(text, 400));
    if (!entry) return asked.map((text) => `- ${text}`).join("\n");
    return [`- At ${entryMention(entry, input)}`, ...asked.map((text) => `  - ${text}`)].join("\n");
  });
  return ["## Open questions", groups.length === 0 ? "_None were found; add yours._" : groups.join("\n")].join("\n\n");
}
