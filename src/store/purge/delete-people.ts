import type { JsonValue } from "../../contract/evidence.js";
import type { History } from "../../contract/history.js";
import type { Reference } from "../../contract/page.js";
import { canonicalJson } from "../../kit/hash.js";
import type { EpochMicros } from "../../kit/instant.js";
import { putIncident, readIncidents } from "../fact-rows.js";
import type { Session } from "../session.js";
import { isDrawnOnAnywhere, type DrawnOn } from "./drawn-on.js";
import { textsIn, type Deleted } from "./delete-evidence.js";

type Account = Extract<Reference, { type: "account" }>;

/**
 * Names of people whom the deleted records referred to and nothing does any more: neither an account's id nor one of its
 * names stands in what is left, where a name must still become a role. Answers that list people go with them: they are
 * asked again. @returns how many
 */
export function deletePeople(session: Session, { referred }: Pick<Deleted, "referred">): number {
  let count = 0;
  for (const [owner, texts] of referred) {
    const left = accountsIn(session, owner, texts);
    dropReferred(session, left);
    if (left.size === 0) continue;
    for (const id of left.keys()) session.run("delete from reference where owner = ? and type = 'account' and id = ?", owner, id);
    session.run("delete from answer where owner = ?", owner);
    forgetRoles(session, owner, left);
    count += left.size;
  }
  return count;
}

/** What was found beside the records and is as old: threads of a channel, sightings of an account. */
export function deleteDiscovered(
  session: Session,
  cutoffs: Readonly<Record<"public" | "private", EpochMicros | null>>,
  spared: DrawnOn,
  deleted: Deleted,
): void {
  const rows = session.all<{ scope: number; owner: number; from_at: number; until_at: number; visibility: string; data: string }>(
    `select d.scope, s.owner, d.from_at, d.until_at, d.visibility, d.data from discovered d join scope s on s.scope = d.scope where d.until_at < ?`,
    Math.max(cutoffs.public ?? -1, cutoffs.private ?? -1),
  );
  for (const { scope, owner, from_at, until_at, visibility, data } of rows) {
    const cutoff = cutoffs[visibility === "private" ? "private" : "public"];
    if (cutoff === null || until_at >= cutoff || isDrawnOnAnywhere(spared, from_at, until_at)) continue;
    const texts = deleted.referred.get(owner) ?? new Set<string>();
    deleted.referred.set(owner, texts);
    textsIn(JSON.parse(data), texts);
    session.run("delete from discovered where scope = ?", scope);
  }
}

function accountsIn(session: Session, owner: number, texts: ReadonlySet<string>): Map<string, Account> {
  const rows = session.all<{ id: string; reference: string }>(
    "select id, reference from reference where owner = ? and type = 'account'",
    owner,
  );
  return new Map(rows.filter(({ id }) => texts.has(id)).map(({ id, reference }) => [id, JSON.parse(reference) as Account]));
}

/** Those that anything left still refers to are taken out: a name is replaced in the texts of all connectors. */
function dropReferred(session: Session, accounts: Map<string, Account>): void {
  for (const sql of [
    "select evidence as text, record as id from record where record > ? order by record limit 500",
    "select data as text, scope as id from discovered where scope > ? order by scope limit 500",
  ])
    for (const text of textsOf(session, sql)) {
      if (accounts.size === 0) return;
      const lower = text.toLowerCase();
      for (const [id, account] of accounts) if (wordsOf(account).some((word) => lower.includes(word))) accounts.delete(id);
    }
}

function* textsOf(session: Session, sql: string): Generator<string> {
  for (let last = -1; ;) {
    const rows = session.all<{ text: string; id: number }>(sql, last);
    for (const { text } of rows) yield text;
    if (rows.length < 500) return;
    last = rows.at(-1)!.id;
  }
}

/** As they stand inside JSON text, in lower case. */
function wordsOf({ id, handle, names, emails }: Account): string[] {
  const words = [id, handle ?? "", ...names, ...emails].filter((word) => word.length > 1);
  return words.map((word) => JSON.stringify(word).slice(1, -1).toLowerCase());
}

/** The letter stays taken, and says no more whose it was: the owner's file may name it. */
function forgetRoles(session: Session, owner: number, gone: ReadonlyMap<string, Account>): void {
  const { connector } = session.get<{ connector: string }>("select connector from owner where owner = ?", owner)!;
  const elsewhere = session
    .all<{ id: string }>(
      "select id from reference r join owner o on o.owner = r.owner where o.connector = ? and r.type = 'account'",
      connector,
    )
    .map(({ id }) => id);
  const keys = new Set([...gone.keys()].filter((id) => !elsewhere.includes(id)).map((id) => `${connector}:${id}`));
  for (const incident of readIncidents(session)) {
    const history = incident.history as unknown as Partial<History>;
    const roles = Object.entries(history.roles ?? {});
    if (!roles.some(([key]) => keys.has(key))) continue;
    const after = roles.map(([key, role]) => [keys.has(key) ? `purged:${role}` : key, role] as const);
    const changed = { ...history, roles: Object.fromEntries(after) };
    putIncident(session, { ...incident, history: JSON.parse(canonicalJson(changed)) as JsonValue });
  }
}
