import type { ExportInput } from "../contract/export.js";
import { toPlain } from "../kit/rich-text.js";
import { namesOf } from "./names.js";

/** What readers of a postmortem know without being told, and words that are only shouted. */
const KNOWN = new Set(
  (
    "API APP AWS CDN CI CD CLI CPU CSS CSV DB DNS ETA FYI GB GCP GMT GPU HTML HTTP HTTPS ID IO IP JS JSON KB LTE MB MS NAT NO NOT " +
    "OK OOM OS PDF PM AM PR QA RAM REST SDK SLA SLO SQL SRE SSD SSH SSL TCP TLS TODO UDP UI URL UTC UX VM VPN XML YAML YES " +
    "AND ALL FOR GET HEAD PUT POST PATCH DELETE THE TO IN ON OF IT IS WIP LGTM ASAP IMO TBD CC RE II III IV"
  ).split(" "),
);

/** Acronyms on the timeline that a reader from another team may not know, in alphabetical order. */
export function acronymsIn(input: Pick<ExportInput, "draft" | "roles">): string[] {
  const nameOf = namesOf(input);
  const found = new Set<string>();
  for (const entry of input.draft.entries) {
    if (!entry.highlighted) continue;
    for (const [word] of toPlain(entry.text, nameOf).matchAll(/(?<![\p{L}\p{N}_/.-])[A-Z][A-Z0-9]{1,5}(?![\p{L}\p{N}_/-])/gu)) {
      if (!KNOWN.has(word) && !/^[A-Z]\d+$/.test(word)) found.add(word);
    }
  }
  return [...found].sort();
}
