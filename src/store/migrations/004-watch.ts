import { sql, type Kysely, type Migration } from "kysely";

/** What `timeline watch` keeps: the incidents it was told of, when it looked, what it attached, deliveries it has had. */
export const watch: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of [
      "create table watched (incident text primary key, record text not null) strict",
      "create table look (connector text primary key, record text not null) strict",
      `create table attached (
         incident text not null, connector text not null, place text not null, record text not null,
         primary key (incident, connector, place)) strict`,
      `create table delivery (
         connector text not null, delivery text not null, at integer not null, primary key (connector, delivery)) strict`,
      "create index delivery_by_time on delivery (at)",
    ])
      await sql.raw(statement).execute(db);
  },
};
