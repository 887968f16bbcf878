import type { PurgeResult, PurgeRule } from "../../contract/retention.js";
import type { EpochMicros } from "../../kit/instant.js";
import { readIncidents } from "../fact-rows.js";
import type { Session } from "../session.js";
import { deleteDiscovered, deletePeople } from "./delete-people.js";
import { deleteRecords, deleteSeries, type Deleted, type Judge } from "./delete-evidence.js";
import { emptyDeleted } from "./delete-texts.js";
import { drawnOn } from "./drawn-on.js";
import { readHolds } from "./hold-rows.js";
import { putLosses } from "./purged-rows.js";
import { scrub } from "./scrub.js";

/**
 * Deletes what the rule meets and no held incident draws on, in one transaction, and then every byte of it. A dry run
 * does the same and takes it back.
 */
export function purge(session: Session, rule: PurgeRule, now: EpochMicros, dryRun: boolean): PurgeResult {
  session.database.exec("begin immediate");
  let result: PurgeResult;
  try {
    result = deleteMet(session, rule, now);
    session.database.exec(dryRun ? "rollback" : "commit");
  } catch (error) {
    if (session.database.inTransaction) session.database.exec("rollback");
    throw error;
  }
  if (!dryRun) scrubAll(session, now);
  return result;
}

function deleteMet(session: Session, rule: PurgeRule, now: EpochMicros): PurgeResult {
  const judge = judgeOf(session, rule);
  const deleted: Deleted = { records: 0, series: 0, kept: 0, losses: new Map(), referred: new Map() };
  deleteRecords(session, judge, deleted);
  deleteSeries(session, judge, deleted);
  if (rule.incident === null) deleteDiscovered(session, rule, judge.spared, deleted);
  const texts = rule.deletedAtSource === null ? 0 : emptyDeleted(session, judge, rule.deletedAtSource);
  const notes = rule.withIncident && rule.incident !== null ? deleteIncident(session, rule.incident) : 0;
  const people = deletePeople(session, deleted);
  const { records, series, kept } = deleted;
  const result = { records, series, people, texts, notes, kept };
  if (records + series + people + texts + notes === 0 && !rule.withIncident) return result;
  const id = insertPurge(session, rule.words, result, now);
  const until = Math.max(rule.public ?? -1, rule.private ?? -1);
  for (const [scope, losses] of deleted.losses) putLosses(session, scope, losses, until, id);
  return result;
}

function judgeOf(session: Session, rule: PurgeRule): Judge {
  const incidents = readIncidents(session);
  const held = new Set(readHolds(session).map(({ incident }) => incident));
  const isMeant = ({ id }: { id: string }) => id === rule.incident;
  const spared = incidents.filter((each) => (rule.incident === null ? held.has(each.id) : !isMeant(each)));
  return { rule, only: rule.incident === null ? null : drawnOn(session, incidents.filter(isMeant)), spared: drawnOn(session, spared) };
}

/** @returns how many notes its owner had made. */
function deleteIncident(session: Session, incident: string): number {
  const notes = session.run("delete from note where incident = ?", incident);
  for (const sql of ["delete from run where incident = ?", "delete from incident where id = ?"]) session.run(sql, incident);
  return notes;
}

function insertPurge(session: Session, words: string, { records, series, people }: PurgeResult, now: EpochMicros): number {
  session.run(
    "insert into purge (at, rule, records, series, people, scrubbed_at) values (?, ?, ?, ?, ?, null)",
    now,
    words,
    records,
    series,
    people,
  );
  return session.get<{ id: number }>("select last_insert_rowid() as id")!.id;
}

/** Also what a purge before left undone. */
function scrubAll(session: Session, now: EpochMicros): void {
  if (session.get("select 1 as one from purge where scrubbed_at is null") === undefined) return;
  scrub(session);
  session.run("update purge set scrubbed_at = ? where scrubbed_at is null", now);
}
