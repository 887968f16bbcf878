import type { ExportInput } from "../../contract/export.js";
import type { GeneratedUnit } from "../../contract/owner-file.js";
import { acronymsIn } from "../acronyms.js";
import { lines, sectionOf } from "./units.js";

const MOST = 30;

/** Acronyms that a reader from another team may not know, to be explained. */
export function glossary(input: ExportInput): GeneratedUnit[] {
  const words = acronymsIn(input);
  if (words.length === 0) return [];
  const more = words.length > MOST ? [{ key: "more", text: `_${MOST} of ${words.length} are listed._` }] : [];
  const listed = words.slice(0, MOST).map((word) => ({ key: `word/${word}`, text: `- **${word}**:` }));
  return sectionOf("glossary", "## Glossary", [...lines(listed), ...more]);
}
