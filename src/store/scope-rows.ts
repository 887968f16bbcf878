import type { Owner, ScopeKey } from "../contract/store.js";
import type { Session } from "./session.js";

export function findOwner(session: Session, owner: Owner): number | null {
  const row = session.get<{ owner: number }>("select owner from owner where connector = ? and tenant = ?", owner.connector, owner.tenant);
  return row?.owner ?? null;
}

export function ensureOwner(session: Session, owner: Owner): number {
  const found = findOwner(session, owner);
  if (found !== null) return found;
  session.run("insert into owner (connector, tenant) values (?, ?)", owner.connector, owner.tenant);
  return findOwner(session, owner)!;
}

export function findScope(session: Session, key: ScopeKey): number | null {
  const owner = findOwner(session, key);
  return owner === null ? null : scopeOf(session, owner, key.source, key.scope);
}

export function ensureScope(session: Session, owner: Owner, source: string, name: string): number {
  const ownerId = ensureOwner(session, owner);
  const found = scopeOf(session, ownerId, source, name);
  if (found !== null) return found;
  session.run("insert into scope (owner, source, name) values (?, ?, ?)", ownerId, source, name);
  return scopeOf(session, ownerId, source, name)!;
}

/** Row ids as one JSON text: thousands of threads are one variable of a statement. */
export function scopeList(session: Session, keys: readonly ScopeKey[]): string {
  return JSON.stringify(keys.map((key) => findScope(session, key)).filter((id) => id !== null));
}

function scopeOf(session: Session, owner: number, source: string, name: string): number | null {
  const row = session.get<{ scope: number }>("select scope from scope where owner = ? and source = ? and name = ?", owner, source, name);
  return row?.scope ?? null;
}
