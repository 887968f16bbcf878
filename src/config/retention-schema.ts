import { z } from "zod";
import { formatDuration, parseDuration, type DurationMicros } from "../kit/duration.js";
import { MICROS_PER_DAY } from "../kit/instant.js";

/** How long evidence is kept; microseconds, null: for good. */
export interface RetentionConfig {
  readonly public: DurationMicros | null;
  readonly private: DurationMicros | null;
  readonly deletedAtSource: DurationMicros | null;
}

/** A slip of a unit must not empty the store with the next run of a timer. */
const LEAST = MICROS_PER_DAY;
const MOST = 36_500 * MICROS_PER_DAY;

/** What people write. */
export const retentionSchema = z
  .strictObject({
    public: length(null, "Evidence that everybody of the organisation may see; null: it is kept"),
    private: length(null, "Evidence that only members of its channel may see; null: it is kept"),
    deletedAtSource: length("P30D", "Texts that their source has deleted, from then on; null: they are kept, and never shown"),
  })
  .prefault({})
  .describe("How long `timeline purge` keeps evidence, by its newest time");

export function retentionConfig(written: z.output<typeof retentionSchema>): RetentionConfig {
  const micros = (text: string | null): DurationMicros | null => (text === null ? null : parseDuration(text));
  return Object.freeze({
    public: micros(written.public),
    private: micros(written.private),
    deletedAtSource: micros(written.deletedAtSource),
  });
}

function length(standard: string | null, description: string) {
  return z
    .string()
    .refine(
      (text) => {
        const micros = parseDuration(text);
        return micros !== null && micros >= LEAST && micros <= MOST;
      },
      `expected a duration such as "90d" or "P365D", at least ${formatDuration(LEAST)}`,
    )
    .nullable()
    .default(standard)
    .describe(description);
}
