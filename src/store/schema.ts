import type { Generated } from "kysely";

/** "ITL1": says in the file's header that it is ours. https://www.sqlite.org/pragma.html#pragma_application_id */
export const APPLICATION_ID = 0x49544c31;

/** The `user_version` of a store that all migrations went over: their number, known without loading them. */
export const SCHEMA_VERSION = 4;

/** The tables as the newest migration leaves them. Instants are microseconds UTC, JSON is text. */
export interface Tables {
  meta: { name: string; value: Uint8Array };
  owner: { owner: Generated<number>; connector: string; tenant: string };
  scope: { scope: Generated<number>; owner: number; source: string; name: string };
  record: RecordTable;
  record_version: { record: number; version: number; hash: string; mask_version: number; seen_at: number; evidence: string };
  /** Only of records with more than two different times: the first and the last stand in `record`. */
  record_time: { record: number; at: number };
  record_scope: { scope: number; record: number };
  covered: { scope: number; from_at: number; until_at: number; checked_at: number };
  gap: GapTable;
  discovered: { scope: number; name: string; from_at: number; until_at: number; visibility: string; data: string };
  series: SeriesTable;
  reference: { owner: number; type: string; id: string; reference: string; seen_at: number };
  answer: { owner: number; question: string; value: string; checked_at: number };
  identity: { fingerprint: string; connector: string; host: string; tenant: string; data: string };
  incident: { id: string; title: string; start_at: number; end_at: number | null; history: string };
  note: NoteTable;
  /** Of `timeline watch`; `record` is a whole record of `src/contract/watch.ts`. */
  watched: { incident: string; record: string };
  look: { connector: string; record: string };
  attached: { incident: string; connector: string; place: string; record: string };
  delivery: { connector: string; delivery: string; at: number };
  run: { incident: string; token: number; started_at: number; finished_at: number | null };
  hold: { incident: string; reason: string; since_at: number };
  /** `scrubbed_at` is null until no byte of what was deleted is left in the files. */
  purge: {
    purge: Generated<number>;
    at: number;
    rule: string;
    records: number;
    series: number;
    people: number;
    scrubbed_at: number | null;
  };
  /** Spans whose records were purged; `count` is null where a later walk has brought back a part of them. */
  purged: { scope: number; from_at: number; until_at: number; purge: number; count: number | null };
}

interface NoteTable {
  id: string;
  incident: string;
  at: number;
  precision_micros: number;
  source_text: string;
  text: string;
  noted_at: number;
  removed_at: number | null;
}

interface RecordTable {
  record: Generated<number>;
  owner: number;
  id: string;
  version: number;
  hash: string;
  mask_version: number;
  /** First and last placeable time; null when there is none. */
  first_at: number | null;
  last_at: number | null;
  /** The time that its kind is placed by. */
  placed_at: number | null;
  seen_at: number;
  deleted_at: number | null;
  evidence: string;
}

interface GapTable {
  gap: Generated<number>;
  scope: number;
  from_at: number | null;
  until_at: number | null;
  reason: string;
  count: number | null;
  detail: string;
  hint: string | null;
  seen_at: number;
}

interface SeriesTable {
  scope: number;
  series: string;
  from_at: number;
  until_at: number;
  name: string;
  query: string;
  unit: string | null;
  type: string;
  step_seconds: number;
  visibility: string;
  url: string | null;
  /** Little-endian doubles: instants, and values with NaN where there is no sample. */
  times: Uint8Array;
  points: Uint8Array;
}
