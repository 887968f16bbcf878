import type { FoundEvent } from "../contract/progress.js";
import { toIso } from "../kit/instant.js";
import { oneLine } from "../kit/text.js";

/** More changes and alerts than these are left to the draft. */
const MOST_FOUND = 100;

/** Changes and alerts as lines, each once however often it is read. */
export function createFoundLines(): { lineOf(event: FoundEvent): string | null; rest(): string | null } {
  const seen = new Set<string>();
  return {
    lineOf: (event) => {
      if (seen.has(event.id)) return null;
      seen.add(event.id);
      return seen.size > MOST_FOUND ? null : foundText(event);
    },
    rest: () => (seen.size <= MOST_FOUND ? null : `${seen.size - MOST_FOUND} more changes and alerts: see the draft`),
  };
}

/** `2026-03-04 11:12:20Z  change  tillerby/payments: Deployment to production went live`. */
function foundText({ at, category, scope, text }: FoundEvent): string {
  return `${toIso(at, 1_000_000).replace("T", " ")}  ${category.padEnd(6)}  ${oneLine(scope)}: ${oneLine(text)}`;
}
