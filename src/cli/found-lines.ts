import type { FoundEvent } from "../contract/progress.js";
import { oneLine } from "../kit/text.js";
import { clockText } from "./clock-text.js";

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

/** `2026-03-04 11:02:48Z  change  github: somebody merged: New form (acme/shop)`. */
function foundText({ at, category, connector, scope, text }: FoundEvent): string {
  const where = text.includes(scope) ? "" : ` (${oneLine(scope)})`;
  return `${clockText(at)}  ${category.padEnd(6)}  ${connector}: ${oneLine(text)}${where}`;
}
