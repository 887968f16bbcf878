import { nearestKey } from "../kit/nearest-key.js";
import type { Format } from "../contract/export.js";
import { UsageError } from "../kit/errors.js";
import { oneLine, shorten } from "../kit/text.js";

const FORMATS: readonly Format[] = ["md", "json", "csv", "jsonl", "html"];

/** Of `json,md`, as it is typed, the formats in the order in which they are written. @throws {UsageError} */
export function formatsOf(text: string): Format[] {
  const named = text.split(",").map((each) => each.trim());
  const unknown = named.filter((each) => !FORMATS.some((format) => format === each));
  if (unknown.length === 0) return FORMATS.filter((format) => named.includes(format));
  const near = nearestKey(unknown[0]!, FORMATS);
  throw new UsageError(`--format: there is no ${unknown.map((each) => `"${shorten(oneLine(each), 40)}"`).join(", ")}.`, {
    id: "FLAG_INVALID",
    hint: `${near === null ? "" : `Did you mean ${near}? `}Choose from ${FORMATS.join(", ")}.`,
  });
}
