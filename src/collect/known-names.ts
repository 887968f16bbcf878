import type { Evidence } from "../contract/evidence.js";
import type { Reference } from "../contract/page.js";
import type { Owner, Store } from "../contract/store.js";
import { readReferences } from "./read-back.js";

/** Given the accounts that are known, what takes the names of their people out of a text. */
export type Nameless = (known: readonly (Reference & { readonly connector: string })[]) => (text: string) => string;

/** Who is known so far of those that a text may name: what is told while reading goes on comes before most names do. */
export interface KnownNames {
  /** From now on everybody in the store that belongs to it is known. */
  meet(owner: Owner): void;
  /** Accounts were committed. */
  grown(): void;
  /** What takes names out of the texts of a page, also of those who acted in it. */
  hide(page: readonly Evidence[]): Promise<(text: string) => string>;
}

export function createKnownNames(store: Store, nameless: Nameless): KnownNames {
  const owners: Owner[] = [];
  const acted = new Map<string, Reference & { readonly connector: string }>();
  let current: ((text: string) => string) | null = null;
  return {
    meet: (owner) => {
      owners.push(owner);
      current = null;
    },
    grown: () => void (current = null),
    hide: async (page) => {
      for (const { actor } of page) {
        const key = actor === null ? "" : `${actor.connector}:${actor.id}`;
        if (actor === null || actor.kind === "bot" || acted.has(key)) continue;
        acted.set(key, { ...actor, type: "account", handle: actor.id, names: [], emails: [] });
        current = null;
      }
      return (current ??= nameless([...acted.values(), ...(await readReferences(store, owners))]));
    },
  };
}
