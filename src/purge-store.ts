import type { PurgeResult, PurgeRule } from "./contract/retention.js";
import type { Store } from "./contract/store.js";
import { toIso, type EpochMicros } from "./kit/instant.js";

/** How long evidence is kept, in microseconds; null: for good. */
export interface Retention {
  readonly public: number | null;
  readonly private: number | null;
  readonly deletedAtSource: number | null;
}

export interface PurgeOptions {
  readonly now: EpochMicros;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  /** Called once, when builds have to end first. */
  readonly onWait: () => void;
}

/** What a retention makes of now. */
export function retentionRule(retention: Retention, now: EpochMicros): PurgeRule {
  const before = (length: number | null) => (length === null ? null : now - length);
  const cutoffs = { public: before(retention.public), private: before(retention.private) };
  return {
    ...cutoffs,
    deletedAtSource: before(retention.deletedAtSource),
    incident: null,
    withIncident: false,
    words: cutoffWords(cutoffs),
  };
}

/** As the ledger shows it: "older than 2026-08-26". */
export function cutoffWords(cutoffs: Pick<PurgeRule, "public" | "private">): string {
  const day = (at: EpochMicros) => toIso(at).slice(0, 10);
  const { public: open, private: closed } = cutoffs;
  if (open === null && closed === null) return "deleted at its source";
  if (open === closed && open !== null) return `older than ${day(open)}`;
  const parts = [open === null ? null : `${day(open)} (public)`, closed === null ? null : `${day(closed)} (private)`];
  return `older than ${parts.filter((part) => part !== null).join(" or ")}`;
}

/**
 * Purges while no build is at work, waiting for those that are; builds that begin meanwhile wait. A dry run waits for
 * nobody.
 * @throws {UnsafeWriteError} when the store cannot be written, or its log cannot be emptied yet.
 */
export async function purgeStore(store: Store, rule: PurgeRule, { now, dryRun, signal, onWait }: PurgeOptions): Promise<PurgeResult> {
  if (dryRun) return store.purge(rule, now, { dryRun });
  const letGo = await store.holdStore({ signal, onWait });
  try {
    return await store.purge(rule, now, { dryRun });
  } finally {
    await letGo();
  }
}
