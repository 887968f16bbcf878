import { sql, type Kysely, type Migration } from "kysely";

/** The first schema. STRICT tables: a wrong type is refused and not converted. */
export const initial: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};

const STATEMENTS = [
  `create table meta (name text primary key, value blob not null) strict, without rowid`,

  `create table owner (
     owner integer primary key, connector text not null, tenant text not null, unique (connector, tenant)) strict`,

  `create table scope (
     scope integer primary key, owner integer not null references owner, source text not null, name text not null,
     unique (owner, source, name)) strict`,

  `create table record (
     record integer primary key, owner integer not null references owner, id text not null, version integer not null,
     hash text not null, mask_version integer not null, first_at integer, last_at integer, placed_at integer,
     seen_at integer not null, deleted_at integer, evidence text not null, unique (owner, id)) strict`,
  `create index record_in_order on record (first_at, id, last_at)`,

  `create table record_version (
     record integer not null references record, version integer not null, hash text not null,
     mask_version integer not null, seen_at integer not null, evidence text not null,
     primary key (record, version)) strict, without rowid`,

  `create table record_time (
     record integer not null references record, at integer not null, primary key (record, at)) strict, without rowid`,

  `create table record_scope (
     scope integer not null references scope, record integer not null references record,
     primary key (scope, record)) strict, without rowid`,
  `create index record_scope_by_record on record_scope (record, scope)`,

  `create table covered (
     scope integer not null references scope, from_at integer not null, until_at integer not null,
     checked_at integer not null, primary key (scope, from_at)) strict, without rowid`,

  `create table gap (
     gap integer primary key, scope integer not null references scope, from_at integer, until_at integer,
     reason text not null, count integer, detail text not null, hint text, seen_at integer not null) strict`,
  `create index gap_by_scope on gap (scope)`,

  `create table discovered (
     scope integer primary key references scope, name text not null, from_at integer not null,
     until_at integer not null, visibility text not null, data text not null) strict`,

  `create table series (
     scope integer not null references scope, series text not null, from_at integer not null,
     until_at integer not null, name text not null, query text not null, unit text, type text not null,
     step_seconds integer not null, visibility text not null, url text, times blob not null, points blob not null,
     primary key (scope, series, from_at)) strict`,

  `create table reference (
     owner integer not null references owner, type text not null, id text not null, reference text not null,
     seen_at integer not null, primary key (owner, type, id)) strict, without rowid`,

  `create table answer (
     owner integer not null references owner, question text not null, value text not null,
     checked_at integer not null, primary key (owner, question)) strict`,

  `create table identity (
     fingerprint text primary key, connector text not null, host text not null, tenant text not null,
     data text not null) strict, without rowid`,

  `create table incident (
     id text primary key, title text not null, start_at integer not null, end_at integer, history text not null) strict`,

  `create table run (
     incident text primary key, token integer not null, started_at integer not null,
     finished_at integer) strict, without rowid`,
];
