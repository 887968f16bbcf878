import type { EpochMicros } from "../kit/instant.js";

/** What the owner put on the timeline by hand. It is kept for good: a withdrawn one stays in the store, marked. */
export interface Note {
  /** `note:<12 hex digits>`. */
  readonly id: string;
  readonly incident: string;
  /** When it happened, as fine as it was typed: a minute for "14:05". */
  readonly at: EpochMicros;
  readonly precisionMicros: number;
  /** The time as it was typed. */
  readonly sourceText: string;
  /** As it was typed, secrets masked. */
  readonly text: string;
  readonly notedAt: EpochMicros;
  readonly removedAt: EpochMicros | null;
}
