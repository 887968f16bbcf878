import { sql, type Kysely, type Migration } from "kysely";

/** What owners note by hand. Rows are added and marked, never changed or deleted. */
export const notes: Migration = {
  async up(db: Kysely<unknown>) {
    await sql
      .raw(
        `create table note (
           id text primary key, incident text not null, at integer not null, precision_micros integer not null,
           source_text text not null, text text not null, noted_at integer not null, removed_at integer) strict`,
      )
      .execute(db);
    await sql.raw("create index note_by_incident on note (incident, at, id)").execute(db);
  },
};
