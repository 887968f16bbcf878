import type { PlaceOutcome } from "../attach/index.js";
import { visible } from "../kit/text.js";

/** What became of each place, and in a dry run what would be sent: lines for people. */
export function attachedLines(places: readonly PlaceOutcome[]): string[] {
  return places.flatMap(({ name, outcome, error, preview }) => [
    `${name}: ${outcome}${error === null ? "" : ` (${[error.message, error.hint].filter(Boolean).join(". ")})`}`,
    ...(preview === null ? [] : preview.split("\n").map((line) => `  ${line}`)),
  ]);
}

export function attachedText(places: readonly PlaceOutcome[]): string {
  if (places.length === 0) return "Attached nowhere: the config names no place.\n";
  return `${visible(["Attached", ...attachedLines(places).map((line) => `  ${line}`)].join("\n"))}\n`;
}
