import type { KindRule } from "../contract/connector.js";
import type { Item, Normalized } from "../contract/item.js";
import type { StoredEvidence } from "../contract/store.js";
import type { Window } from "../contract/window.js";
import { compareText } from "../kit/text.js";
import { deduplicate } from "./deduplicate.js";
import { linkChanges } from "./link-changes.js";
import { toItem } from "./to-item.js";
import { sortItems } from "./order.js";
import { accountReferences, joinAccounts, type KnownReference } from "./people.js";
import { describePeople, personsOf } from "./persons.js";
import { place } from "./place.js";
import { createRoleReplacer, type RoleReplacer } from "./role-replacer.js";
import { suspectSkew } from "./suspect-skew.js";

export { compareItems } from "./order.js";
export { accountKey, accountReferences, type AccountReference, type KnownReference } from "./people.js";
export { createRoleReplacer } from "./role-replacer.js";
export { suggestPeople } from "./suggest-people.js";

export interface NormalizeInput {
  /** In any order; the same evidence gives the same result. */
  readonly evidence: Iterable<StoredEvidence>;
  readonly references: readonly KnownReference[];
  readonly kinds: Readonly<Record<string, KindRule>>;
  /** Names for readers, by `scopeKey`. */
  readonly scopeNames: ReadonlyMap<string, string>;
  readonly window: Window;
  /** Accounts of one person each, as keys `<connector>:<account id>`: what the config tells. */
  readonly roster?: readonly (readonly string[])[];
}

export interface NormalizeResult extends Normalized {
  /** For strings that reach an export on another way: the same replacing as in the items. */
  readonly roles: RoleReplacer;
}

/** For what is told before there are items: takes the names of these people out of a text, without giving them roles. */
export function nameless(known: readonly KnownReference[]): (text: string) => string {
  return createRoleReplacer(personsOf(joinAccounts(known, [], [])), known).plain;
}

export function scopeKey(connector: string, source: string, scope: string): string {
  return `${connector}|${source}|${scope}`;
}

/** Stored evidence to placed, linked, de-duplicated, role-named items in total order. Pure. */
export function normalize(input: NormalizeInput): NormalizeResult {
  const stored = deduplicate(input.evidence);
  const accounts = joinAccounts(
    input.references,
    stored.map((each) => each.evidence),
    input.roster ?? [],
  );
  const roles = createRoleReplacer(personsOf(accounts), input.references);
  const references = new Map(accountReferences(input.references).map((each) => [`${each.connector}:${each.id}`, each]));
  const scopes = new Map([...input.scopeNames].map(([key, name]) => [key, roles.plain(name)]));
  const unplaced = new Map<string, number>();
  const placed: Item[] = [];
  for (const each of stored) {
    const { evidence } = each;
    const scopeName = scopes.get(scopeKey(evidence.connector, evidence.source, evidence.scope)) ?? roles.plain(evidence.scope);
    const rule = Object.hasOwn(input.kinds, evidence.kind) ? input.kinds[evidence.kind] : undefined;
    const where = rule === undefined ? null : place(evidence, rule, input.window);
    if (rule === undefined || where === null)
      count(unplaced, scopeName, rule === undefined ? "unknown kind" : "no time that can be placed");
    else placed.push(toItem({ stored: each, rule, placed: where, accounts, references, roles, scopeName }));
  }
  const { items, changes } = linkChanges(sortItems(placed));
  return { items, changes, people: describePeople(items, accounts), unplaced: counts(unplaced), suspectedSkew: suspectSkew(items), roles };
}

function count(counts: Map<string, number>, scope: string, reason: string): void {
  const key = `${scope}\n${reason}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function counts(found: ReadonlyMap<string, number>): Normalized["unplaced"] {
  return [...found]
    .sort(([a], [b]) => compareText(a, b))
    .map(([key, count]) => {
      const cut = key.lastIndexOf("\n");
      return { scope: key.slice(0, cut), reason: key.slice(cut + 1), count };
    });
}
