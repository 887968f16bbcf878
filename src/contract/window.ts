import type { EpochMicros, Span } from "../kit/instant.js";

/** What a record is evidence of; it decides the lead-in. It follows the kind, not the source. */
export const CATEGORIES = ["change", "alert", "metric", "conversation"] as const;
export type Category = (typeof CATEGORIES)[number];

/** Half-open UTC spans, one per category, and what lies around them. Pure facts: computed once, in `src/window`. */
export interface Window {
  readonly incidentStart: EpochMicros;
  /** null while the incident is open. */
  readonly incidentEnd: EpochMicros | null;
  /** The widest borders of all categories. */
  readonly from: EpochMicros;
  readonly until: EpochMicros;
  readonly spans: Readonly<Record<Category, Span>>;
  /** The same hours on earlier days, clear of the metric span; nearest first. */
  readonly baselines: readonly Span[];
  /** Merged changes before the span of changes; they join the draft only when something links them to it. */
  readonly changeLookBack: Span;
}
