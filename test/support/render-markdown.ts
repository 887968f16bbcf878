import type { ExportInput } from "../../src/contract/export.js";
import { markdown } from "../../src/export/markdown.js";
import { compose } from "../../src/merge/owner-file/compose.js";

/** The owner's file as a first build writes it. */
export function renderMarkdown(input: ExportInput): string {
  return compose(markdown.units(input), { roles: [], flagged: new Set() });
}
