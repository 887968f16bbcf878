import type { Store } from "../contract/store.js";
import { UnsafeWriteError } from "../kit/errors.js";
import { commitPage } from "./commit-page.js";
import { readCovered } from "./covered-rows.js";
import { countRecords, markDeleted, readEvidence, readIds, readVersions } from "./evidence-rows.js";
import {
  putAnswer,
  putIdentity,
  putIncident,
  readAnswer,
  readDiscovered,
  readIdentity,
  readIncidents,
  readReferences,
} from "./fact-rows.js";
import { isFatal, storeFailure } from "./failure.js";
import { forgetGaps, readGaps } from "./gap-rows.js";
import { holdIncident, holdStore } from "./hold-incident.js";
import { putNote, readNotes, removeNote } from "./note-rows.js";
import { putHold, readHolds, removeHold } from "./purge/hold-rows.js";
import { readPurged } from "./purge/purged-rows.js";
import { purge } from "./purge/purge.js";
import { findOwner } from "./scope-rows.js";
import { countPoints, readSeries } from "./series-rows.js";
import type { Session } from "./session.js";
import { beginRun, finishRun, immediate, write } from "./transaction.js";
import { watchStore } from "./watch-rows.js";

/** The port over one open file. What SQLite refuses becomes a failure that says what to do. */
export function createStore(session: Session): Store {
  const guarded = <T>(act: () => T | Promise<T>): Promise<T> => guard(session, act);
  return {
    holdIncident: (incident, options) => guarded(() => holdIncident(session.path, incident, options)),
    beginRun: (incident, now) => guarded(() => beginRun(session, incident, now)),
    finishRun: (run, now) => guarded(() => finishRun(session, run, now)),
    commitPage: (run, page) => guarded(() => commitPage(session, run, page)),
    forgetGaps: (run, key, span) => guarded(() => write(session, run, () => forgetGaps(session, key, span))),
    markDeleted: (run, owner, ids, at) =>
      guarded(() =>
        write(session, run, () => {
          const ownerId = findOwner(session, owner);
          return ownerId === null ? 0 : markDeleted(session, ownerId, ids, at);
        }),
      ),
    covered: (key) => guarded(() => readCovered(session, key)),
    gaps: (keys) => guarded(() => readGaps(session, keys)),
    discovered: (owner, source, span) => guarded(() => readDiscovered(session, owner, source, span)),
    evidence: (keys, span) => guardedStream(session, () => readEvidence(session, keys, span)),
    evidenceIds: (key, span) => guarded(() => readIds(session, key, span)),
    seen: (key, span) => guarded(() => countRecords(session, key, span) + countPoints(session, key, span)),
    versions: (owner, id) => guarded(() => readVersions(session, owner, id)),
    series: (keys, span) => guarded(() => readSeries(session, keys, span)),
    references: (owner) => guarded(() => readReferences(session, owner)),
    recall: (owner, key) => guarded(() => readAnswer(session, owner, key)),
    remember: (run, owner, key, value, at) => guarded(() => write(session, run, () => putAnswer(session, owner, key, value, at))),
    identity: (connector, host, credential) => guarded(() => readIdentity(session, connector, host, credential)),
    rememberIdentity: (run, connector, host, credential, identity) =>
      guarded(() => write(session, run, () => putIdentity(session, connector, host, credential, identity))),
    incident: (id) => guarded(() => readIncidents(session, id)[0] ?? null),
    incidents: () => guarded(() => readIncidents(session)),
    putIncident: (incident) => guarded(() => immediate(session, () => putIncident(session, incident))),
    notes: (incident) => guarded(() => readNotes(session, incident)),
    addNote: (note) => guarded(() => immediate(session, () => putNote(session, note))),
    withdrawNote: (incident, id, at) => guarded(() => immediate(session, () => removeNote(session, incident, id, at))),
    watch: watchStore(session, guarded),
    holdStore: (options) => guarded(() => holdStore(session.path, options)),
    purge: (rule, now, { dryRun }) => guarded(() => purge(session, rule, now, dryRun)),
    purged: (keys) => guarded(() => readPurged(session, keys)),
    holds: () => guarded(() => readHolds(session)),
    putHold: (hold) => guarded(() => immediate(session, () => putHold(session, hold))),
    releaseHold: (incident) => guarded(() => immediate(session, () => removeHold(session, incident))),
    close: async () => {
      session.database.close();
    },
  };
}

async function guard<T>(session: Session, act: () => T | Promise<T>): Promise<T> {
  try {
    refuseClosed(session);
    return await act();
  } catch (error) {
    throw failed(session, error);
  }
}

async function* guardedStream<T>(session: Session, open: () => AsyncIterable<T>): AsyncGenerator<T> {
  try {
    refuseClosed(session);
    yield* open();
  } catch (error) {
    throw failed(session, error);
  }
}

function failed(session: Session, error: unknown): unknown {
  if (isFatal(error)) session.database.close();
  return storeFailure(error, session.path);
}

function refuseClosed(session: Session): void {
  if (session.database.open) return;
  throw new UnsafeWriteError(`the store is closed (${session.path})`, { hint: "Build again: what was read so far is kept." });
}
