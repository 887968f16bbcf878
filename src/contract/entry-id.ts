import { sha256 } from "../kit/hash.js";

/** Short, free of the characters that end a comment in Markdown, and the same in every build. */
export function mintEntryId(smallestEvidenceId: string): string {
  return `e${sha256(smallestEvidenceId).slice(0, 15)}`;
}
