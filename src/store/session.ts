import type BetterSqlite3 from "better-sqlite3";
import type { Kysely } from "kysely";
import type { Run } from "../contract/store.js";
import type { Tables } from "./schema.js";

/** One open store file. */
export interface Session {
  readonly path: string;
  readonly database: BetterSqlite3.Database;
  /** Typed SQL for the reads that are not bulk; loaded with the first, since it costs more than opening the file. Never for writes: those are prepared, inside one immediate transaction. */
  readonly kysely: () => Promise<Kysely<Tables>>;
  readonly randomBytes: (size: number) => Uint8Array;
  /** Runs that have written through this session. */
  readonly claimed: Set<string>;
  /** Runs that took up one that was not finished. */
  readonly takenUp: WeakSet<Run>;
  /** Prepared once per text. */
  run(sql: string, ...values: SqlValue[]): number;
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what its columns are
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined;
  all<Row>(sql: string, ...values: SqlValue[]): Row[];
}

type SqlValue = string | number | null | Uint8Array;

export function createSession(
  path: string,
  database: BetterSqlite3.Database,
  kysely: Session["kysely"],
  randomBytes: Session["randomBytes"],
): Session {
  const statements = new Map<string, BetterSqlite3.Statement>();
  const prepared = (sql: string): BetterSqlite3.Statement => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = database.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  return {
    path,
    database,
    kysely,
    randomBytes,
    claimed: new Set(),
    takenUp: new WeakSet(),
    run: (sql, ...values) => prepared(sql).run(...values).changes,
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller says what its columns are
    get: <Row>(sql: string, ...values: SqlValue[]) => prepared(sql).get(...values) as Row | undefined,
    all: <Row>(sql: string, ...values: SqlValue[]) => prepared(sql).all(...values) as Row[],
  };
}
