import type { Normalized } from "../contract/item.js";
import { formatDuration } from "../kit/duration.js";

/** What a reader should know of how the draft was made, in sentences. */
export function notesOf(normalized: Normalized, phaseNotes: readonly string[], clean: (text: string) => string): string[] {
  const skew = normalized.suspectedSkew.map(
    ({ scope, micros, why }) => `The clock of ${clean(scope)} may be off by ${formatDuration(micros)}: ${clean(why)}. Nothing was moved.`,
  );
  const unplaced = normalized.unplaced.map(
    ({ scope, reason, count }) => `${count} ${count === 1 ? "record" : "records"} of ${clean(scope)} could not be placed: ${reason}.`,
  );
  return [...phaseNotes, ...skew, ...unplaced];
}
