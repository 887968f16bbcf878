import type { Run } from "../contract/store.js";
import { UnsafeWriteError } from "../kit/errors.js";
import { MICROS_PER_DAY, type EpochMicros } from "../kit/instant.js";
import type { Session } from "./session.js";

interface RunRow {
  readonly token: number;
  readonly started_at: number;
  readonly finished_at: number | null;
}

/** One that was killed longer ago is not taken up: what it asked is too old to count as just asked. */
const TAKEN_UP_WITHIN = MICROS_PER_DAY;

/** Reads only: the run enters the store with the first thing that it changes. */
export function beginRun(session: Session, incident: string, now: EpochMicros): Run {
  const last = runOf(session, incident);
  const takenUp = last !== undefined && last.finished_at === null && now - last.started_at <= TAKEN_UP_WITHIN && last.started_at <= now;
  const run: Run = { incident, token: (last?.token ?? 0) + 1, startedAt: takenUp ? last.started_at : now };
  if (takenUp) session.takenUp.add(run);
  return run;
}

/** Writes when the run has written, or when it ends one that it took up. */
export function finishRun(session: Session, run: Run, now: EpochMicros): void {
  if (!isClaimed(session, run) && !session.takenUp.has(run)) return;
  immediate(session, () => {
    refuseOvertaken(session, run);
    writeRun(session, run, now);
  });
}

/**
 * One write: `BEGIN IMMEDIATE`, refused when a later run of the same incident has written meanwhile. When nothing
 * changes, the run itself leaves no trace either.
 *
 * @throws {UnsafeWriteError} when `run` was overtaken.
 */
export function write<T>(session: Session, run: Run, change: () => T): T {
  const { result, changed } = immediate(session, () => {
    refuseOvertaken(session, run);
    const before = totalChanges(session);
    const result = change();
    const changed = totalChanges(session) !== before;
    if (changed && !isClaimed(session, run)) writeRun(session, run, null);
    return { result, changed };
  });
  if (changed) session.claimed.add(claimOf(run));
  return result;
}

/** The same without a run: facts that belong to no collecting. */
export function immediate<T>(session: Session, change: () => T): T {
  return session.database.transaction(change).immediate();
}

function refuseOvertaken(session: Session, run: Run): void {
  const stored = runOf(session, run.incident)?.token ?? 0;
  if (isClaimed(session, run) ? stored === run.token : stored < run.token) return;
  throw new UnsafeWriteError(`another build of the incident ${run.incident} began to write after this one was started`, {
    id: "BUILD_OVERTAKEN",
    hint: "Let the other build end, then build again: what both have read is kept.",
  });
}

function isClaimed(session: Session, run: Run): boolean {
  return session.claimed.has(claimOf(run));
}

function claimOf({ incident, token }: Run): string {
  return `${token} ${incident}`;
}

function runOf(session: Session, incident: string): RunRow | undefined {
  return session.get<RunRow>("select token, started_at, finished_at from run where incident = ?", incident);
}

function writeRun(session: Session, run: Run, finishedAt: EpochMicros | null): void {
  session.run(
    `insert into run (incident, token, started_at, finished_at) values (?, ?, ?, ?)
     on conflict (incident) do update set token = excluded.token, started_at = excluded.started_at, finished_at = excluded.finished_at`,
    run.incident,
    run.token,
    run.startedAt,
    finishedAt,
  );
}

function totalChanges(session: Session): number {
  return session.get<{ count: number }>("select total_changes() as count")!.count;
}
