import type { EpochMicros, Span } from "../kit/instant.js";
import type { Identity } from "./connector.js";
import type { Evidence, JsonValue } from "./evidence.js";
import type { Note } from "./note.js";
import type { Covered, DiscoveredScope, Gap, Page, Reference, SeriesChunk } from "./page.js";
import type { WatchStore } from "./watch.js";
import type { LegalHold, PurgedSpan, PurgeResult, PurgeRule } from "./retention.js";

/** Whose records: one connector at one workspace, host or organisation. */
export interface Owner {
  readonly connector: string;
  readonly tenant: string;
}

/** One scope of one source. */
export interface ScopeKey extends Owner {
  readonly source: string;
  readonly scope: string;
}

/**
 * The right to write. `token` is a fencing token: a run that was overtaken by a later one of the same incident is
 * refused at its next commit.
 */
export interface Run {
  readonly incident: string;
  readonly token: number;
  /** When this collecting began; when a killed one is taken up, when that began. */
  readonly startedAt: EpochMicros;
}

/** A page as `src/collect` hands it on: cut, masked, hashed. */
export interface CommittedPage extends Omit<Page, "evidence"> {
  readonly owner: Owner;
  readonly evidence: readonly HashedEvidence[];
  readonly at: EpochMicros;
  /**
   * The scope that was walked. Records belong to the scope they were read in, whatever they name (a broadcast is read
   * in its channel and in its thread); without it, as with what planning found, to the one they name.
   */
  readonly readIn?: { readonly source: string; readonly scope: string };
}

export interface HashedEvidence {
  readonly evidence: Evidence;
  /** sha-256 over the masked, canonical form. */
  readonly hash: string;
  /** Version of the mask rules it went through. */
  readonly maskVersion: number;
  /**
   * The first placeable one of the times that its kind is placed by: what a walk of its source goes by, so that a record
   * is looked for in the span where the source shows it. Null when it has none.
   */
  readonly placedAt: EpochMicros | null;
}

export interface StoredEvidence {
  readonly evidence: Evidence;
  readonly hash: string;
  /** 1 for the first; a changed hash makes the next. */
  readonly version: number;
  /** When the source no longer had it, else null. */
  readonly deletedAt: EpochMicros | null;
}

export interface StoredCovered extends Covered {
  /** When the source was asked. */
  readonly checkedAt: EpochMicros;
}

export interface StoredGap extends Gap, Owner {
  readonly seenAt: EpochMicros;
}

export interface CommitResult {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** Facts about an incident that builds hand on. */
export interface IncidentRecord {
  readonly id: string;
  readonly title: string;
  readonly incidentStart: EpochMicros;
  readonly incidentEnd: EpochMicros | null;
  /** What later builds keep: role letters given, entry ids used. See `src/contract/history.ts`. */
  readonly history: JsonValue;
}

export interface HoldOptions {
  readonly signal: AbortSignal;
  /** Called once, when there is something to wait for. */
  readonly onWait: () => void;
}

/**
 * Everything collected, each version of it, with what is covered. Asynchronous, so that a database server is a second
 * implementation. Each writing method is one transaction; no transaction is open across two calls.
 *
 * @throws {UnsafeWriteError} when it cannot be written: locked, full, read-only, corrupt, from a newer version.
 */
export interface Store {
  /**
   * Waits until no other build of the incident is at work on this store, and makes others wait until it is let go. A build
   * that was killed makes nobody wait.
   * @returns what lets go. It rejects with the signal's reason.
   */
  holdIncident(incident: string, options: HoldOptions): Promise<() => Promise<void>>;

  /** Takes up an unfinished run of the incident, else opens one. Writes nothing before the first commit. */
  beginRun(incident: string, now: EpochMicros): Promise<Run>;
  /** Marks a run as finished; without a commit it writes nothing. */
  finishRun(run: Run, now: EpochMicros): Promise<void>;

  /** Records and progress in one transaction. @throws {UnsafeWriteError} when `run` was overtaken. */
  commitPage(run: Run, page: CommittedPage): Promise<CommitResult>;
  /** A span is about to be walked again: its gaps are forgotten, since the walk will say them anew. */
  forgetGaps(run: Run, key: ScopeKey, span: Span | null): Promise<void>;
  /** Tombstones: the source no longer has these. Returns how many were not known to be deleted. */
  markDeleted(run: Run, owner: Owner, ids: readonly string[], at: EpochMicros): Promise<number>;

  covered(key: ScopeKey): Promise<readonly StoredCovered[]>;
  gaps(keys: readonly ScopeKey[]): Promise<readonly StoredGap[]>;
  discovered(owner: Owner, source: string, span: Span): Promise<readonly DiscoveredScope[]>;
  /**
   * Latest versions of the evidence in these scopes with a time inside the span, by first time then id, streamed.
   * A record that has no placeable time is left out: it is counted as a gap when collected.
   */
  evidence(keys: readonly ScopeKey[], span: Span): AsyncIterable<StoredEvidence>;
  /** Ids and placing times in one scope and span, not deleted, ascending: for telling what vanished. */
  evidenceIds(key: ScopeKey, span: Span): Promise<readonly { readonly id: string; readonly at: EpochMicros }[]>;
  /** How many records begin inside the span, and how many points of series are in it. */
  seen(key: ScopeKey, span: Span): Promise<number>;
  versions(owner: Owner, id: string): Promise<readonly StoredEvidence[]>;
  /** Chunks of these scopes that overlap the span, by series then slice. */
  series(keys: readonly ScopeKey[], span: Span): Promise<readonly SeriesChunk[]>;
  references(owner: Owner): Promise<readonly Reference[]>;

  /** What was answered to a question that is no evidence. */
  recall(owner: Owner, key: string): Promise<{ readonly value: JsonValue; readonly checkedAt: EpochMicros } | null>;
  remember(run: Run, owner: Owner, key: string, value: JsonValue, at: EpochMicros): Promise<void>;
  /** Who a credential belongs to, by a keyed fingerprint of it that never leaves the store. */
  identity(connector: string, host: string, credential: string): Promise<Identity | null>;
  rememberIdentity(run: Run, connector: string, host: string, credential: string, identity: Identity): Promise<void>;

  incident(id: string): Promise<IncidentRecord | null>;
  incidents(): Promise<readonly IncidentRecord[]>;
  /** Writes only when something differs. */
  putIncident(incident: IncidentRecord): Promise<void>;

  /** The owner's notes of an incident, by time then id; withdrawn ones too. */
  notes(incident: string): Promise<readonly Note[]>;
  /** The same note twice is one; one that was withdrawn is there again. */
  addNote(note: Note): Promise<void>;
  /** Marks it as withdrawn; false when the incident has no such note, or it was withdrawn before. */
  withdrawNote(incident: string, id: string, at: EpochMicros): Promise<boolean>;

  /** What `timeline watch` keeps. */
  readonly watch: WatchStore;
  /** Waits until no build is at work on this store, and makes others wait until it is let go. @returns what lets go. */
  holdStore(options: HoldOptions): Promise<() => Promise<void>>;
  /**
   * Deletes what the rule meets, except for what a held incident draws on, and leaves no byte of it in the store; a dry
   * run says what it would delete. Only while the store is held.
   */
  purge(rule: PurgeRule, now: EpochMicros, options: { readonly dryRun: boolean }): Promise<PurgeResult>;
  /** Spans of these scopes that were known, and whose records are purged. */
  purged(keys: readonly ScopeKey[]): Promise<readonly PurgedSpan[]>;
  /** Held incidents, by id. */
  holds(): Promise<readonly LegalHold[]>;
  /** false when it was held before: the first reason stays. */
  putHold(hold: LegalHold): Promise<boolean>;
  /** false when it was not held. */
  releaseHold(incident: string): Promise<boolean>;

  close(): Promise<void>;
}
