import type { Anomaly } from "../contract/detect.js";
import type { Entry } from "../contract/draft.js";
import type { Item } from "../contract/item.js";
import type { Ordered } from "../contract/total-order.js";

/** An entry before anything was judged about it, with what it was made of. */
export interface Candidate {
  readonly entry: Omit<Entry, "phase" | "highlighted" | "because" | "score" | "milestone">;
  readonly item: Item | null;
  readonly anomaly: Anomaly | null;
  /** What the rules read: its text in lower case, people as "[]". */
  readonly plain: string;
}

/** Entries are told apart by their smallest evidence id, as the items they came from. */
export function orderedOf({ entry }: Candidate): Ordered {
  const { at, precisionMicros, category, kind, evidence } = entry;
  return { at, precisionMicros, category, kind, id: evidence[0]! };
}

export function isBetween(candidate: Candidate, from: number, until: number): boolean {
  return candidate.entry.at >= from && candidate.entry.at <= until;
}
