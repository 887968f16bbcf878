import type { PurgedSpan } from "../../contract/retention.js";
import type { ScopeKey } from "../../contract/store.js";
import type { EpochMicros, Span } from "../../kit/instant.js";
import { scopeList } from "../scope-rows.js";
import type { Session } from "../session.js";
import { withLosses, withoutSpan, type Loss, type Tombstone } from "./tombstones.js";

interface PurgedRow {
  readonly from_at: number;
  readonly until_at: number;
  readonly purge: number;
  readonly count: number | null;
}

/** Spans of these scopes whose records were purged, by scope and time. */
export function readPurged(session: Session, keys: readonly ScopeKey[]): PurgedSpan[] {
  const rows = session.all<PurgedRow & ScopeKey & { at: number; words: string }>(
    `select o.connector, o.tenant, s.source, s.name as scope, p.from_at, p.until_at, p.count, u.at, u.rule as words
     from purged p join purge u on u.purge = p.purge join scope s on s.scope = p.scope join owner o on o.owner = s.owner
     where p.scope in (select value from json_each(?)) order by o.connector, o.tenant, s.source, s.name, p.from_at`,
    scopeList(session, keys),
  );
  return rows.map(({ connector, tenant, source, scope, from_at, until_at, at, words, count }) => ({
    connector,
    tenant,
    source,
    scope,
    words,
    count,
    span: { from: from_at, until: until_at },
    purgedAt: at,
  }));
}

/** Keeps in mind where a scope has lost something, so that nobody takes it for empty, or asks for it again. */
export function putLosses(session: Session, scope: number, losses: readonly Loss[], until: EpochMicros, purge: number): void {
  const covered = session.all<Span>('select from_at as "from", until_at as until from covered where scope = ? order by from_at', scope);
  replace(session, scope, withLosses(tombstones(session, scope), covered, losses, until), purge);
}

/** The span was read again: what was purged of it is back, as far as its source still has it. */
export function forgetPurged(session: Session, scope: number, span: Span): void {
  const before = tombstones(session, scope);
  const after = withoutSpan(before, span);
  if (before.length > 0 && JSON.stringify(before) !== JSON.stringify(after)) replace(session, scope, after, null);
}

function tombstones(session: Session, scope: number): Tombstone[] {
  return session
    .all<PurgedRow>("select from_at, until_at, purge, count from purged where scope = ? order by from_at", scope)
    .map(({ from_at, until_at, purge, count }) => ({ from: from_at, until: until_at, count, purge }));
}

function replace(session: Session, scope: number, after: readonly Tombstone[], purge: number | null): void {
  session.run("delete from purged where scope = ?", scope);
  for (const each of after)
    session.run(
      "insert into purged (scope, from_at, until_at, purge, count) values (?, ?, ?, ?, ?)",
      scope,
      each.from,
      each.until,
      each.purge ?? purge,
      each.count,
    );
}
