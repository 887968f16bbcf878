import type { EpochMicros, Span } from "../kit/instant.js";
import type { ScopeKey } from "./store.js";

/** What is to be purged: by who may see it, whatever has no time at or after the instant; null: none of it. */
export interface PurgeRule {
  readonly public: EpochMicros | null;
  readonly private: EpochMicros | null;
  /** Texts of what its source deleted before then; that it was there stays known. */
  readonly deletedAtSource: EpochMicros | null;
  /** Only what this incident draws on, and no other does. */
  readonly incident: string | null;
  /** The incident itself goes too: what its builds remember, and the notes of its owner. */
  readonly withIncident: boolean;
  /** In words, as the ledger shows it: "older than 2026-08-26". */
  readonly words: string;
}

export interface PurgeResult {
  /** Evidence, each with all of its versions. */
  readonly records: number;
  /** Slices of metric series. */
  readonly series: number;
  /** Names of people whom nothing refers to any more. */
  readonly people: number;
  /** Emptied, since their source had deleted them. */
  readonly texts: number;
  /** Of an incident that went itself. */
  readonly notes: number;
  /** Records and slices that the rule meets and that stay: a held incident, or another one, draws on them. */
  readonly kept: number;
}

/** An incident whose evidence must not be purged. */
export interface LegalHold {
  readonly incident: string;
  readonly reason: string;
  readonly since: EpochMicros;
}

/** A span of a scope that was known and whose records are gone. */
export interface PurgedSpan extends ScopeKey {
  readonly span: Span;
  readonly purgedAt: EpochMicros;
  readonly words: string;
  /** Records and points; null when some of them are back since. */
  readonly count: number | null;
}
