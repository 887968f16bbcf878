import { sql, type Kysely, type Migration } from "kysely";

/** What was purged when and by which rule, where it is missing since, and what may not be purged. */
export const retention: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [
      "create table hold (incident text primary key, reason text not null, since_at integer not null) strict",
      `create table purge (
         purge integer primary key, at integer not null, rule text not null, records integer not null, series integer not null,
         people integer not null, scrubbed_at integer) strict`,
      `create table purged (
         scope integer not null references scope, from_at integer not null, until_at integer not null,
         purge integer not null references purge, count integer, primary key (scope, from_at)) strict, without rowid`,
    ])
      await sql.raw(statement).execute(db);
  },
};
