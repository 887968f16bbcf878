import type { Evidence, Visibility } from "../../contract/evidence.js";
import type { PurgeRule } from "../../contract/retention.js";
import type { EpochMicros } from "../../kit/instant.js";
import type { Session } from "../session.js";
import { isDrawnOn, type DrawnOn } from "./drawn-on.js";
import type { Loss } from "./tombstones.js";

/** What decides about each record and slice. */
export interface Judge {
  readonly rule: PurgeRule;
  /** Only what these draw on may go; null: no matter who does. */
  readonly only: DrawnOn | null;
  /** What these draw on stays. */
  readonly spared: DrawnOn;
}

/** What was deleted, by where it is missed and whom it referred to. */
export interface Deleted {
  records: number;
  series: number;
  kept: number;
  readonly losses: Map<number, Loss[]>;
  /** Owners that lost records, each with the ids that these held anywhere. */
  readonly referred: Map<number, Set<string>>;
}

interface Candidate {
  readonly record: number;
  readonly owner: number;
  readonly first: number;
  readonly last: number;
  readonly placed: number;
  readonly visibility: Visibility;
}

/** Up to this instant something of that visibility is too old; null: never. */
function cutoffOf(rule: PurgeRule, visibility: string): EpochMicros | null {
  return visibility === "private" ? rule.private : rule.public;
}

/** Records all of whose times lie before the rule's instant, each with its versions. One without a time goes by when it was read. */
export function deleteRecords(session: Session, judge: Judge, deleted: Deleted): void {
  const newest = Math.max(judge.rule.public ?? -1, judge.rule.private ?? -1);
  const candidates = session.all<Candidate>(
    `select record, owner, coalesce(first_at, seen_at) as first, coalesce(last_at, seen_at) as last,
            coalesce(placed_at, first_at, seen_at) as placed, evidence ->> '$.visibility' as visibility
     from record where coalesce(last_at, seen_at) < ?`,
    newest,
  );
  for (const each of candidates) {
    const cutoff = cutoffOf(judge.rule, each.visibility);
    if (cutoff === null || each.last >= cutoff) continue;
    const scopes = session.all<{ scope: number }>("select scope from record_scope where record = ?", each.record).map(({ scope }) => scope);
    if (judge.only !== null && !isDrawnOn(judge.only, scopes, each.first, each.last)) continue;
    if (isDrawnOn(judge.spared, scopes, each.first, each.last)) {
      deleted.kept += 1;
      continue;
    }
    remember(session, each, deleted);
    for (const scope of scopes) addLoss(deleted, scope, { at: each.placed, count: 1 });
    for (const table of ["record_version", "record_time", "record_scope", "record"])
      session.run(`delete from ${table} where record = ?`, each.record);
    deleted.records += 1;
  }
}

/** Slices of series that end before the rule's instant. */
export function deleteSeries(session: Session, { rule, only, spared }: Judge, deleted: Deleted): void {
  const slices = session.all<{ scope: number; series: string; from_at: number; until_at: number; visibility: string; points: number }>(
    "select scope, series, from_at, until_at, visibility, length(times) / 8 as points from series where until_at <= ?",
    Math.max(rule.public ?? -1, rule.private ?? -1),
  );
  for (const { scope, series, from_at, until_at, visibility, points } of slices) {
    const cutoff = cutoffOf(rule, visibility);
    if (cutoff === null || until_at > cutoff) continue;
    if (only !== null && !isDrawnOn(only, [scope], from_at, until_at - 1)) continue;
    if (isDrawnOn(spared, [scope], from_at, until_at - 1)) {
      deleted.kept += 1;
      continue;
    }
    session.run("delete from series where scope = ? and series = ? and from_at = ?", scope, series, from_at);
    addLoss(deleted, scope, { at: from_at, count: points });
    deleted.series += 1;
  }
}

/** Every text in a record that could be the id of an account. */
export function textsIn(value: unknown, into: Set<string>): void {
  if (typeof value === "string") into.add(value);
  else if (value !== null && typeof value === "object") for (const member of Object.values(value)) textsIn(member, into);
}

function remember(session: Session, { record, owner }: Candidate, deleted: Deleted): void {
  const texts = deleted.referred.get(owner) ?? new Set<string>();
  deleted.referred.set(owner, texts);
  for (const table of ["record", "record_version"])
    for (const { evidence } of session.all<{ evidence: string }>(`select evidence from ${table} where record = ?`, record))
      textsIn(JSON.parse(evidence) as Evidence, texts);
}

function addLoss(deleted: Deleted, scope: number, loss: Loss): void {
  const losses = deleted.losses.get(scope);
  if (losses) losses.push(loss);
  else deleted.losses.set(scope, [loss]);
}
