import type { Entry } from "../../contract/draft.js";
import type { History } from "../../contract/history.js";
import { baseIn } from "./closing.js";
import { parseFile } from "./parse.js";

/** What a file carries of earlier builds, so that it merges the same where no store has heard of it. */
export interface FileMemory {
  /** Entry id to what it may be known by now: evidence ids, or ids minted of them. */
  readonly entries: Readonly<Record<string, readonly string[]>>;
  /** Role as printed to the id of an entry of the person who has it. */
  readonly roles: readonly (readonly [role: string, entry: string])[];
}

/** Null for a file without a closing mark that can be read. */
export function memoryOf(text: string | null): FileMemory | null {
  const base = text === null ? null : baseIn(parseFile(text));
  if (base === null) return null;
  const entries = [...base.gone, ...base.records].flatMap(({ entry }) => (entry ? [[entry.id, [entry.id, ...entry.known]] as const] : []));
  return { entries: Object.fromEntries(entries), roles: base.roles };
}

/** The ids of earlier builds: the file goes before the store, since other machines have the one and not the other. */
export function idsKnown(history: Pick<History, "entries">, memory: FileMemory | null): Pick<History, "entries"> {
  return { entries: { ...history.entries, ...memory?.entries } };
}

/** The roles of earlier builds, the file before the store. A role is one person's, so another's claim to it goes. */
export function rolesKnown(history: Pick<History, "roles">, memory: FileMemory | null, entries: readonly Entry[]): Pick<History, "roles"> {
  if (memory === null) return history;
  const persons = new Map(entries.flatMap(({ id, person }) => (person === null ? [] : [[id, person] as const])));
  const fromFile = new Map(memory.roles.flatMap(([role, id]) => (persons.has(id) ? [[persons.get(id)!, role] as const] : [])));
  const claimed = new Set(fromFile.values());
  const fromStore = Object.entries(history.roles).filter(([person, role]) => !fromFile.has(person) && !claimed.has(role));
  return { roles: Object.fromEntries([...fromStore, ...fromFile]) };
}
