import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { Kysely, Migrator, SqliteDialect } from "kysely";
import { canonicalJson } from "../../src/kit/hash.js";
import { migrations } from "../../src/store/migrations/index.js";
import { APPLICATION_ID } from "../../src/store/schema.js";
import { at, hashed, message, temporaryFolder } from "./samples.js";

/** What stands in each of them: a page of one channel, and an incident. */
const kept = message("chat:C1:1", at);

/**
 * A store as the version with `schema` left it: its migrations and no later one, and rows as that version wrote them. The
 * tables of schema 1 are the ones that hold them; a migration that changes these must carry them over.
 */
export async function earlierStore(schema: number): Promise<string> {
  const path = join(await temporaryFolder(), "data", "timeline.db");
  await mkdir(dirname(path), { mode: 0o700 });
  const database = new Database(path);
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateTo(Object.keys(migrations).sort()[schema - 1]!);
  if (error !== undefined) throw error;
  const { hash, maskVersion, placedAt } = hashed(kept);
  const insert = (table: string, row: readonly (string | number | null)[]) =>
    database.prepare(`insert into ${table} values (${row.map(() => "?").join(", ")})`).run(...row);
  insert("owner", [1, "chat", "T1"]);
  insert("scope", [1, 1, "messages", "C1"]);
  insert("record", [1, 1, kept.id, 1, hash, maskVersion, at, at, placedAt, at, null, canonicalJson(kept)]);
  insert("record_scope", [1, 1]);
  insert("covered", [1, at - 10, at + 10, at + 20]);
  insert("incident", ["i1", "Checkout", at, null, "{}"]);
  insert("run", ["i1", 1, at, at + 30]);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma(`user_version = ${schema}`);
  database.pragma("journal_mode = WAL");
  database.close();
  return path;
}
