import type { Evidence } from "../../contract/evidence.js";
import { canonicalJson, sha256 } from "../../kit/hash.js";
import type { EpochMicros } from "../../kit/instant.js";
import type { Session } from "../session.js";
import { isDrawnOn } from "./drawn-on.js";
import type { Judge } from "./delete-evidence.js";

interface Row {
  readonly record: number;
  readonly first: number;
  readonly last: number;
  readonly evidence: string;
}

/**
 * Takes the text out of what its source has deleted, and its earlier versions with it. That it was there, when, and who
 * acted stays, as the draft shows it. Should the source show it again, it is a new version. @returns how many
 */
export function emptyDeleted(session: Session, { only, spared }: Judge, before: EpochMicros): number {
  const rows = session.all<Row>(
    `select record, coalesce(first_at, seen_at) as first, coalesce(last_at, seen_at) as last, evidence
     from record where deleted_at is not null and deleted_at < ?`,
    before,
  );
  let emptied = 0;
  for (const { record, first, last, evidence } of rows) {
    const scopes = session.all<{ scope: number }>("select scope from record_scope where record = ?", record).map(({ scope }) => scope);
    if (isDrawnOn(spared, scopes, first, last) || (only !== null && !isDrawnOn(only, scopes, first, last))) continue;
    const left = canonicalJson({ ...(JSON.parse(evidence) as Evidence), title: "", body: [], payload: {} });
    const versions = session.run("delete from record_version where record = ?", record);
    if (left === evidence && versions === 0) continue;
    session.run("update record set evidence = ?, hash = ? where record = ?", left, sha256(left), record);
    emptied += 1;
  }
  return emptied;
}
