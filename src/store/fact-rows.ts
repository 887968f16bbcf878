import { createHmac } from "node:crypto";
import type { Identity } from "../contract/connector.js";
import type { JsonObject, JsonValue, Visibility } from "../contract/evidence.js";
import type { DiscoveredScope, Reference } from "../contract/page.js";
import type { IncidentRecord, Owner } from "../contract/store.js";
import { canonicalJson } from "../kit/hash.js";
import type { EpochMicros, Span } from "../kit/instant.js";
import type { Tables } from "./schema.js";
import { ensureOwner, findOwner } from "./scope-rows.js";
import type { Session } from "./session.js";

/** The span grows; of the rest the newest answer wins. */
export function putDiscovered(session: Session, scope: number, found: DiscoveredScope): void {
  session.run(
    `insert into discovered (scope, name, from_at, until_at, visibility, data) values (?, ?, ?, ?, ?, ?)
     on conflict (scope) do update set name = excluded.name, from_at = min(from_at, excluded.from_at),
       until_at = max(until_at, excluded.until_at), visibility = excluded.visibility, data = excluded.data
     where name <> excluded.name or from_at > excluded.from_at or until_at < excluded.until_at
       or visibility <> excluded.visibility or data <> excluded.data`,
    scope,
    found.name,
    found.span.from,
    found.span.until,
    found.visibility,
    canonicalJson(found.data),
  );
}

/** Both ends of a discovered span are inside it. */
export async function readDiscovered(session: Session, owner: Owner, source: string, span: Span): Promise<DiscoveredScope[]> {
  const ownerId = findOwner(session, owner);
  if (ownerId === null) return [];
  const rows = await (
    await session.kysely()
  )
    .selectFrom("discovered as d")
    .innerJoin("scope as s", "s.scope", "d.scope")
    .select(["s.name as scope", "d.name", "d.from_at", "d.until_at", "d.visibility", "d.data"])
    .where("s.owner", "=", ownerId)
    .where("s.source", "=", source)
    .where("d.from_at", "<", span.until)
    .where("d.until_at", ">=", span.from)
    .orderBy("s.name")
    .execute();
  return rows.map((row) => ({
    source,
    scope: row.scope,
    name: row.name,
    span: { from: row.from_at, until: row.until_at },
    visibility: row.visibility as Visibility,
    data: JSON.parse(row.data) as JsonObject,
  }));
}

/** The newest answer wins; of two in one run the greater text, so that the order of pages never shows. */
export function putReference(session: Session, owner: number, reference: Reference, at: EpochMicros): void {
  session.run(
    `insert into reference (owner, type, id, reference, seen_at) values (?, ?, ?, ?, ?)
     on conflict (owner, type, id) do update set reference = excluded.reference, seen_at = excluded.seen_at
     where reference <> excluded.reference
       and (seen_at < excluded.seen_at or (seen_at = excluded.seen_at and reference < excluded.reference))`,
    owner,
    reference.type,
    reference.id,
    canonicalJson(reference),
    at,
  );
}

export async function readReferences(session: Session, owner: Owner): Promise<Reference[]> {
  const ownerId = findOwner(session, owner);
  if (ownerId === null) return [];
  const rows = await (
    await session.kysely()
  )
    .selectFrom("reference")
    .select("reference")
    .where("owner", "=", ownerId)
    .orderBy("type")
    .orderBy("id")
    .execute();
  return rows.map((row) => JSON.parse(row.reference) as Reference);
}

export async function readAnswer(session: Session, owner: Owner, question: string) {
  const ownerId = findOwner(session, owner);
  if (ownerId === null) return null;
  const row = await (
    await session.kysely()
  )
    .selectFrom("answer")
    .select(["value", "checked_at"])
    .where("owner", "=", ownerId)
    .where("question", "=", question)
    .executeTakeFirst();
  return row ? { value: JSON.parse(row.value) as JsonValue, checkedAt: row.checked_at } : null;
}

export function putAnswer(session: Session, owner: Owner, question: string, value: JsonValue, at: EpochMicros): void {
  session.run(
    `insert into answer (owner, question, value, checked_at) values (?, ?, ?, ?)
     on conflict (owner, question) do update set value = excluded.value, checked_at = excluded.checked_at
     where value <> excluded.value or checked_at <> excluded.checked_at`,
    ensureOwner(session, owner),
    question,
    canonicalJson(value),
    at,
  );
}

export function readIdentity(session: Session, connector: string, host: string, credential: string): Identity | null {
  const key = fingerprintKey(session);
  if (key === null) return null;
  const row = session.get<{ tenant: string; data: string }>(
    "select tenant, data from identity where fingerprint = ?",
    fingerprint(key, connector, host, credential),
  );
  return row ? { tenant: row.tenant, data: JSON.parse(row.data) as Record<string, string> } : null;
}

export function putIdentity(session: Session, connector: string, host: string, credential: string, identity: Identity): void {
  if (fingerprintKey(session) === null)
    session.run("insert into meta (name, value) values ('fingerprint-key', ?)", session.randomBytes(32));
  session.run(
    `insert into identity (fingerprint, connector, host, tenant, data) values (?, ?, ?, ?, ?)
     on conflict (fingerprint) do update set tenant = excluded.tenant, data = excluded.data
     where tenant <> excluded.tenant or data <> excluded.data`,
    fingerprint(fingerprintKey(session)!, connector, host, credential),
    connector,
    host,
    identity.tenant,
    canonicalJson(identity.data),
  );
}

export function readIncidents(session: Session, id?: string): IncidentRecord[] {
  const rows = session.all<Tables["incident"]>(
    "select * from incident where ? is null or id = ? order by start_at, id",
    id ?? null,
    id ?? null,
  );
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    incidentStart: row.start_at,
    incidentEnd: row.end_at,
    history: JSON.parse(row.history) as JsonValue,
  }));
}

export function putIncident(session: Session, incident: IncidentRecord): void {
  session.run(
    `insert into incident (id, title, start_at, end_at, history) values (?, ?, ?, ?, ?)
     on conflict (id) do update set title = excluded.title, start_at = excluded.start_at, end_at = excluded.end_at,
       history = excluded.history
     where title <> excluded.title or start_at <> excluded.start_at or end_at is not excluded.end_at
       or history <> excluded.history`,
    incident.id,
    incident.title,
    incident.incidentStart,
    incident.incidentEnd,
    canonicalJson(incident.history),
  );
}

function fingerprintKey(session: Session): Uint8Array | null {
  return session.get<{ value: Uint8Array }>("select value from meta where name = 'fingerprint-key'")?.value ?? null;
}

/** The parts are told apart by their lengths: no two credentials share a fingerprint by where one part ends. */
function fingerprint(key: Uint8Array, ...parts: readonly string[]): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part);
  return hmac.digest("hex");
}
