import { withOwnersWords } from "../export-files.js";
import { exportInput } from "./export-input.js";
import type { OpenDraft } from "./open-draft.js";

/** The draft as the owner's file has it, as every export shows it. */
export function withOwnersDraft(open: OpenDraft): OpenDraft {
  return { ...open, draft: withOwnersWords(exportInput(open), open.file.text).draft };
}
