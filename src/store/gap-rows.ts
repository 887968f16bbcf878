import type { Gap } from "../contract/page.js";
import type { ScopeKey, StoredGap } from "../contract/store.js";
import type { GapReason } from "../kit/errors.js";
import type { EpochMicros, Span } from "../kit/instant.js";
import { findScope, scopeList } from "./scope-rows.js";
import type { Session } from "./session.js";

/** The same gap told twice is one: in a walk the counts add up, elsewhere the newer count stands. */
export function putGap(session: Session, scope: number, gap: Gap, at: EpochMicros, inWalk: boolean): void {
  const [from, until] = [gap.span?.from ?? null, gap.span?.until ?? null];
  const known = session.get<{ gap: number; count: number | null }>(
    `select gap, count from gap where scope = ? and from_at is ? and until_at is ? and reason = ? and detail = ? and hint is ?`,
    scope,
    from,
    until,
    gap.reason,
    gap.detail,
    gap.hint,
  );
  if (!known) {
    session.run(
      "insert into gap (scope, from_at, until_at, reason, count, detail, hint, seen_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
      scope,
      from,
      until,
      gap.reason,
      gap.count,
      gap.detail,
      gap.hint,
      at,
    );
    return;
  }
  const count = inWalk && known.count !== null && gap.count !== null ? known.count + gap.count : gap.count;
  if (count !== known.count) session.run("update gap set count = ?, seen_at = ? where gap = ?", count, at, known.gap);
}

/**
 * What a new walk of the span will tell anew. A gap of single records (`malformed`) is forgotten only when all of it
 * is walked again, since the rest of its span is known and is not asked.
 */
export function forgetGaps(session: Session, key: ScopeKey, span: Span | null): void {
  const scope = findScope(session, key);
  if (scope === null) return;
  if (span === null) {
    session.run("delete from gap where scope = ?", scope);
    return;
  }
  session.run("delete from gap where scope = ? and reason = 'malformed' and from_at >= ? and until_at <= ?", scope, span.from, span.until);
  session.run(
    "delete from gap where scope = ? and reason <> 'malformed' and (from_at is null or (from_at < ? and until_at > ?))",
    scope,
    span.until,
    span.from,
  );
}

export async function readGaps(session: Session, keys: readonly ScopeKey[]): Promise<StoredGap[]> {
  const scopes = new Set(JSON.parse(scopeList(session, keys)) as number[]);
  const rows = await (
    await session.kysely()
  )
    .selectFrom("gap as g")
    .innerJoin("scope as s", "s.scope", "g.scope")
    .innerJoin("owner as o", "o.owner", "s.owner")
    .select(["g.scope as id", "o.connector", "o.tenant", "s.source", "s.name as scope"])
    .select(["g.from_at", "g.until_at", "g.reason", "g.count", "g.detail", "g.hint", "g.seen_at"])
    .orderBy("o.connector")
    .orderBy("o.tenant")
    .orderBy("s.source")
    .orderBy("s.name")
    .orderBy("g.from_at")
    .orderBy("g.until_at")
    .orderBy("g.reason")
    .orderBy("g.detail")
    .execute();
  return rows
    .filter((row) => scopes.has(row.id))
    .map((row) => ({
      connector: row.connector,
      tenant: row.tenant,
      source: row.source,
      scope: row.scope,
      span: row.from_at === null || row.until_at === null ? null : { from: row.from_at, until: row.until_at },
      reason: row.reason as GapReason,
      count: row.count,
      detail: row.detail,
      hint: row.hint,
      seenAt: row.seen_at,
    }));
}
