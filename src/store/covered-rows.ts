import type { ScopeKey, StoredCovered } from "../contract/store.js";
import type { EpochMicros, Span } from "../kit/instant.js";
import { withCovered } from "./covered-spans.js";
import { findScope } from "./scope-rows.js";
import type { Session } from "./session.js";

interface CoveredRow {
  readonly from_at: number;
  readonly until_at: number;
  readonly checked_at: number;
}

export function putCovered(session: Session, scope: number, span: Span, at: EpochMicros): void {
  const touching = session
    .all<CoveredRow>(
      "select from_at, until_at, checked_at from covered where scope = ? and from_at <= ? and until_at >= ? order by from_at",
      scope,
      span.until,
      span.from,
    )
    .map((row) => ({ from: row.from_at, until: row.until_at, checkedAt: row.checked_at }));
  const after = withCovered(touching, { from: span.from, until: span.until, checkedAt: at });
  if (JSON.stringify(after) === JSON.stringify(touching)) return;
  for (const part of touching) session.run("delete from covered where scope = ? and from_at = ?", scope, part.from);
  for (const part of after)
    session.run(
      "insert into covered (scope, from_at, until_at, checked_at) values (?, ?, ?, ?)",
      scope,
      part.from,
      part.until,
      part.checkedAt,
    );
}

/** Disjoint, ascending. */
export async function readCovered(session: Session, key: ScopeKey): Promise<StoredCovered[]> {
  const scope = findScope(session, key);
  if (scope === null) return [];
  const rows = await (await session.kysely()).selectFrom("covered").selectAll().where("scope", "=", scope).orderBy("from_at").execute();
  return rows.map((row) => ({
    source: key.source,
    scope: key.scope,
    span: { from: row.from_at, until: row.until_at },
    checkedAt: row.checked_at,
  }));
}
