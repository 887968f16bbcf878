import type { Evidence } from "../contract/evidence.js";
import type { CommitResult, HashedEvidence, Owner, ScopeKey, StoredEvidence } from "../contract/store.js";
import { canonicalJson } from "../kit/hash.js";
import { isPlaceable, type EpochMicros, type Span } from "../kit/instant.js";
import { findOwner, findScope, scopeList } from "./scope-rows.js";
import type { Session } from "./session.js";

interface HeadRow {
  readonly record: number;
  readonly version: number;
  readonly hash: string;
  readonly mask_version: number;
  readonly deleted_at: number | null;
}

interface VersionRow {
  readonly version: number;
  readonly hash: string;
  readonly deleted_at: number | null;
  readonly evidence: string;
}

/** How many ids are looked up at once while streaming; the records themselves are read one by one. */
const CHUNK = 1000;

/** A new record, a new version of a known one, or nothing. The scope is the one that it was read in. */
export function putEvidence(session: Session, owner: number, scope: number, item: HashedEvidence, at: EpochMicros): keyof CommitResult {
  const known = session.get<HeadRow>(
    "select record, version, hash, mask_version, deleted_at from record where owner = ? and id = ?",
    owner,
    item.evidence.id,
  );
  const record = known?.record ?? insertRecord(session, owner, item, at);
  session.run("insert or ignore into record_scope (scope, record) values (?, ?)", scope, record);
  if (!known) return "added";
  if (known.hash !== item.hash) {
    addVersion(session, known, item, at);
    return "changed";
  }
  return refresh(session, known, item, at) ? "changed" : "unchanged";
}

/** @returns how many were not known to be deleted. */
export function markDeleted(session: Session, owner: number, ids: readonly string[], at: EpochMicros): number {
  let marked = 0;
  for (const id of ids)
    marked += session.run("update record set deleted_at = ? where owner = ? and id = ? and deleted_at is null", at, owner, id);
  return marked;
}

/**
 * Streams in chunks and holds no statement open, so that others can write meanwhile. Each chunk goes on behind the
 * last one's key. A record that began before the span and has a later time inside it is part of the answer.
 */
export async function* readEvidence(session: Session, keys: readonly ScopeKey[], span: Span): AsyncGenerator<StoredEvidence> {
  const scopes = scopeList(session, keys);
  let last: { record: number; first_at: number; id: string } = { record: 0, first_at: 0, id: "" };
  for (;;) {
    const chunk = session.all<typeof last>(
      `select record, first_at, id from record r
       where (first_at, id, record) > (?, ?, ?) and first_at < ? and last_at >= ?
         and exists (select 1 from record_scope s where s.record = r.record and s.scope in (select value from json_each(?)))
         and (first_at >= ? or last_at < ?
              or exists (select 1 from record_time t where t.record = r.record and t.at >= ? and t.at < ?))
       order by first_at, id, record limit ${CHUNK}`,
      last.first_at,
      last.id,
      last.record,
      span.until,
      span.from,
      scopes,
      span.from,
      span.until,
      span.from,
      span.until,
    );
    for (const { record } of chunk) {
      const row = session.get<VersionRow>("select version, hash, deleted_at, evidence from record where record = ?", record);
      if (row) yield stored(row);
    }
    if (chunk.length < CHUNK) return;
    last = chunk.at(-1)!;
  }
}

export function readIds(session: Session, key: ScopeKey, span: Span): { id: string; at: EpochMicros }[] {
  const scope = findScope(session, key);
  if (scope === null) return [];
  return session.all<{ id: string; at: number }>(
    `select r.id as id, r.placed_at as at from record_scope s join record r on r.record = s.record
     where s.scope = ? and r.deleted_at is null and r.placed_at >= ? and r.placed_at < ? order by r.placed_at, r.id`,
    scope,
    span.from,
    span.until,
  );
}

export function countRecords(session: Session, key: ScopeKey, span: Span): number {
  const scope = findScope(session, key);
  if (scope === null) return 0;
  const row = session.get<{ count: number }>(
    `select count(*) as count from record_scope s join record r on r.record = s.record
     where s.scope = ? and r.placed_at >= ? and r.placed_at < ?`,
    scope,
    span.from,
    span.until,
  );
  return row!.count;
}

/** Oldest first. */
export function readVersions(session: Session, owner: Owner, id: string): StoredEvidence[] {
  const ownerId = findOwner(session, owner);
  if (ownerId === null) return [];
  const head = session.get<VersionRow & { record: number }>(
    "select record, version, hash, deleted_at, evidence from record where owner = ? and id = ?",
    ownerId,
    id,
  );
  if (!head) return [];
  const older = session.all<VersionRow>(
    "select version, hash, null as deleted_at, evidence from record_version where record = ? order by version",
    head.record,
  );
  return [...older, head].map(stored);
}

function insertRecord(session: Session, owner: number, { evidence, hash, maskVersion, placedAt }: HashedEvidence, at: EpochMicros): number {
  const times = placeableTimes(evidence);
  session.run(
    `insert into record (owner, id, version, hash, mask_version, first_at, last_at, placed_at, seen_at, deleted_at, evidence)
     values (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)`,
    owner,
    evidence.id,
    hash,
    maskVersion,
    times[0] ?? null,
    times.at(-1) ?? null,
    placedAt,
    at,
    deletedAt(evidence, null, at),
    canonicalJson(evidence),
  );
  const { record } = session.get<{ record: number }>("select last_insert_rowid() as record")!;
  putTimes(session, record, times);
  return record;
}

function addVersion(session: Session, known: HeadRow, { evidence, hash, maskVersion, placedAt }: HashedEvidence, at: EpochMicros): void {
  session.run(
    `insert into record_version (record, version, hash, mask_version, seen_at, evidence)
     select record, version, hash, mask_version, seen_at, evidence from record where record = ?`,
    known.record,
  );
  const times = placeableTimes(evidence);
  session.run(
    `update record set version = ?, hash = ?, mask_version = ?, first_at = ?, last_at = ?, placed_at = ?, seen_at = ?, deleted_at = ?, evidence = ?
     where record = ?`,
    known.version + 1,
    hash,
    maskVersion,
    times[0] ?? null,
    times.at(-1) ?? null,
    placedAt,
    at,
    deletedAt(evidence, known.deleted_at, at),
    canonicalJson(evidence),
    known.record,
  );
  session.run("delete from record_time where record = ?", known.record);
  putTimes(session, known.record, times);
}

/** The same text again: it is there after all, or newer mask rules found nothing more in it. */
function refresh(session: Session, known: HeadRow, { evidence, maskVersion }: HashedEvidence, at: EpochMicros): boolean {
  if (maskVersion > known.mask_version) session.run("update record set mask_version = ? where record = ?", maskVersion, known.record);
  const deleted = deletedAt(evidence, known.deleted_at, at);
  if (deleted === known.deleted_at) return false;
  session.run("update record set deleted_at = ? where record = ?", deleted, known.record);
  return true;
}

function deletedAt(evidence: Evidence, known: EpochMicros | null, at: EpochMicros): EpochMicros | null {
  return evidence.signals.deletedAtSource === true ? (known ?? at) : null;
}

function putTimes(session: Session, record: number, times: readonly EpochMicros[]): void {
  if (times.length <= 2) return;
  for (const at of times) session.run("insert into record_time (record, at) values (?, ?)", record, at);
}

function placeableTimes(evidence: Evidence): EpochMicros[] {
  const times = evidence.times.map(({ at }) => at).filter((at) => at !== null && isPlaceable(at));
  return [...new Set(times as EpochMicros[])].sort((a, b) => a - b);
}

function stored(row: VersionRow): StoredEvidence {
  return { evidence: JSON.parse(row.evidence) as Evidence, hash: row.hash, version: row.version, deletedAt: row.deleted_at };
}
