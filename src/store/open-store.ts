import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type BetterSqlite3 from "better-sqlite3";
import type { Store } from "../contract/store.js";
import { UnsafeWriteError } from "../kit/errors.js";
import { migrationFailure, storeFailure } from "./failure.js";
import { fileSystemType, notOurs, prepareLocation, type FileSystemType } from "./location.js";
import { APPLICATION_ID, SCHEMA_VERSION, type Tables } from "./schema.js";
import { createSession, type Session } from "./session.js";
import { createStore } from "./sqlite-store.js";

export interface StoreOptions {
  /** How long to wait for another process that writes; 30,000 when nothing is said. */
  readonly busyTimeoutMs?: number;
  readonly randomBytes?: (size: number) => Uint8Array;
  readonly fileSystemType?: FileSystemType;
  /** A store of an earlier version is refused instead of being brought up to date. */
  readonly asItIs?: boolean;
}

/** Older ones may damage a store that two processes write (the WAL-reset bug). https://www.sqlite.org/wal.html#walresetbug */
const OLDEST_LIBRARY = [3, 51, 3] as const;

/**
 * Opens the store at `path`, or makes one: SQLite, durable, one file, 0600. A store that is up to date is not written.
 *
 * @throws {UnsafeWriteError} for whatever it may not write: another program's file, a newer version's, a damaged or
 * read-only one, a folder, a network file system; and when SQLite itself is too old.
 */
export async function openStore(path: string, options: StoreOptions = {}): Promise<Store> {
  const full = resolve(path);
  let database: BetterSqlite3.Database | null = null;
  try {
    await prepareLocation(full, options.fileSystemType ?? fileSystemType);
    const { default: Database } = await import("better-sqlite3");
    database = new Database(full, { timeout: options.busyTimeoutMs ?? 30_000 });
    refuseOldLibrary(database.prepare("select sqlite_version()").pluck().get() as string);
    applySettings(database);
    await bringUpToDate(database, full, options.asItIs === true);
    await useWriteAheadLog(database);
    proveWritable(database);
    return createStore(createSession(full, database, typedSql(database), options.randomBytes ?? randomBytes));
  } catch (error) {
    database?.close();
    throw storeFailure(error, full);
  }
}

/** @throws {UnsafeWriteError} for a library older than 3.51.3. */
export function refuseOldLibrary(version: string): void {
  const found = version.split(".").map(Number);
  const at = OLDEST_LIBRARY.findIndex((part, index) => (found[index] ?? 0) !== part);
  if (at === -1 || (found[at] ?? 0) > OLDEST_LIBRARY[at]!) return;
  throw new UnsafeWriteError(`SQLite ${version} may damage the store; 3.51.3 or newer is needed`, {
    hint: "Install the dependencies anew with `npm ci`: they bring their own SQLite.",
  });
}

/** Of the connection, not of the file: none of these writes. */
function applySettings(database: BetterSqlite3.Database): void {
  for (const setting of [
    "synchronous = FULL",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "mmap_size = 0",
    "secure_delete = ON",
    "temp_store = MEMORY",
  ])
    database.pragma(setting);
}

function typedSql(database: BetterSqlite3.Database): Session["kysely"] {
  let loading: ReturnType<Session["kysely"]> | undefined;
  const load = async () => {
    const { Kysely, SqliteDialect } = await import("kysely");
    return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
  };
  return () => (loading ??= load());
}

async function bringUpToDate(database: BetterSqlite3.Database, path: string, asItIs: boolean): Promise<void> {
  if (schemaVersion(database, path, SCHEMA_VERSION) === SCHEMA_VERSION) return;
  if (asItIs)
    throw new UnsafeWriteError(`the store was written by an earlier version of this program, and a dry run changes nothing (${path})`, {
      id: "STORE_OLDER",
      hint: "The next build brings it up to date; until then `timeline config check` tells what can be known without the store.",
    });
  const { migrations } = await import("./migrations/index.js");
  const { Kysely, Migrator, SqliteDialect } = await import("kysely");
  // One transaction of ours around all of them: kysely uses none with SQLite, and a kill must not leave half a schema.
  database.exec("begin immediate");
  try {
    const found = schemaVersion(database, path, SCHEMA_VERSION);
    if (found < SCHEMA_VERSION) {
      const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
      const { error } = await new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } }).migrateToLatest();
      if (error !== undefined) throw migrationFailure(error, found, path);
      database.pragma(`application_id = ${APPLICATION_ID}`);
      database.pragma(`user_version = ${SCHEMA_VERSION}`);
    }
    database.exec("commit");
  } catch (error) {
    if (database.inTransaction) database.exec("rollback");
    throw error;
  }
}

/** @throws {UnsafeWriteError} when the file is not ours, from a newer version, or has parts that we never made. */
function schemaVersion(database: BetterSqlite3.Database, path: string, newest: number): number {
  const version = database.pragma("user_version", { simple: true }) as number;
  const parts = database.prepare("select type, count(*) as count from sqlite_schema group by type").all() as {
    type: string;
    count: number;
  }[];
  if (parts.length === 0 && version === 0) return 0;
  if (database.pragma("application_id", { simple: true }) !== APPLICATION_ID) throw notOurs(path);
  if (parts.some(({ type }) => type !== "table" && type !== "index")) throw notOurs(path);
  if (version <= newest) return version;
  throw new UnsafeWriteError(
    `the store was written by a newer version of this program (schema ${version}, known up to ${newest}) (${path})`,
    {
      id: "STORE_NEWER",
      hint: 'Use that version, or choose another place with "store" in the config.',
    },
  );
}

/** Changing the journal mode does not wait for other processes by itself. */
async function useWriteAheadLog(database: BetterSqlite3.Database): Promise<void> {
  for (let tries = 0; database.pragma("journal_mode", { simple: true }) !== "wal"; tries++) {
    try {
      database.pragma("journal_mode = WAL");
    } catch (error) {
      if (tries >= 100) throw error;
      await delay(20);
    }
  }
}

/** A build must not ask any source before it knows that it may write. Takes the write lock and gives it back. */
function proveWritable(database: BetterSqlite3.Database): void {
  database.exec("begin immediate");
  database.exec("rollback");
}
