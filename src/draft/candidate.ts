import type { Anomaly } from "../contract/detect.js";
import type { Entry } from "../contract/draft.js";
import type { Item } from "../contract/item.js";
import type { Ordered } from "../contract/total-order.js";
import { sha256 } from "../kit/hash.js";

/** An entry before anything was judged about it, with what it was made of. */
export interface Candidate {
  readonly entry: Omit<Entry, "phase" | "highlighted" | "because" | "score" | "milestone">;
  readonly item: Item | null;
  readonly anomaly: Anomaly | null;
  /** What the rules read: its text in lower case, people as "[]". */
  readonly plain: string;
}

/** Short, free of the characters that end a comment in Markdown, and the same in every build. */
export function mintEntryId(smallestEvidenceId: string): string {
  return `e${sha256(smallestEvidenceId).slice(0, 15)}`;
}

/** Entries are told apart by their smallest evidence id, as the items they came from. */
export function orderedOf({ entry }: Candidate): Ordered {
  const { at, precisionMicros, category, kind, evidence } = entry;
  return { at, precisionMicros, category, kind, id: evidence[0]! };
}

export function isBetween(candidate: Candidate, from: number, until: number): boolean {
  return candidate.entry.at >= from && candidate.entry.at <= until;
}
