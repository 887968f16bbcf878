import type { AccountRef, Evidence } from "../contract/evidence.js";
import type { Reference } from "../contract/page.js";
import { inlinesOf } from "../kit/rich-text.js";
import { compareText } from "../kit/text.js";
import { UnionFind } from "./union-find.js";

export type KnownReference = Reference & { readonly connector: string };
export type AccountReference = Extract<KnownReference, { type: "account" }>;

/** Who is behind which account. Programs are no people. */
export interface Accounts {
  /** Account key to the key of the person; every account that is not known to be a program. */
  readonly personOf: ReadonlyMap<string, string>;
  /** Account keys of programs. */
  readonly programs: ReadonlySet<string>;
}

export function accountKey(connector: string, id: string): string {
  return `${connector}:${id}`;
}

export function accountReferences(references: readonly KnownReference[]): AccountReference[] {
  return references
    .filter((each): each is AccountReference => each.type === "account")
    .sort((a, b) => compareText(accountKey(a.connector, a.id), accountKey(b.connector, b.id)));
}

/**
 * Joins accounts to persons by the roster and by equal e-mail addresses, and by nothing else: equal handles of two
 * vendors are often two people. A person's key is the smallest of its account keys.
 */
export function joinAccounts(
  references: readonly KnownReference[],
  evidence: readonly Evidence[],
  roster: readonly (readonly string[])[],
): Accounts {
  const accounts = accountReferences(references);
  const programs = programKeys(accounts, evidence);
  const joined = new UnionFind();
  const known = [...accounts.map((each) => accountKey(each.connector, each.id)), ...accountsIn(evidence)];
  const listed = asTheyAreKnown(roster, known);
  for (const key of [...known, ...listed.flat()]) {
    if (!programs.has(key)) joined.add(key);
  }
  for (const keys of [...listed, ...sharedAddresses(accounts)])
    joinAll(
      joined,
      keys.filter((key) => !programs.has(key)),
    );
  return { personOf: new Map([...joined.keys()].map((key) => [key, joined.find(key)])), programs };
}

/** People write accounts as they see them (`Octo`): where one is known in another case only, that one is meant. */
function asTheyAreKnown(roster: readonly (readonly string[])[], known: readonly string[]): readonly (readonly string[])[] {
  const exact = new Set(known);
  const byCase = new Map(known.map((key) => [key.toLowerCase(), key]));
  return roster.map((keys) => keys.map((key) => (exact.has(key) ? key : (byCase.get(key.toLowerCase()) ?? key))));
}

function joinAll(joined: UnionFind, [first, ...rest]: readonly string[]): void {
  if (first === undefined) return;
  for (const key of rest) joined.join(first, key);
}

function programKeys(accounts: readonly AccountReference[], evidence: readonly Evidence[]): Set<string> {
  const programs = new Set(accounts.filter((each) => each.kind === "bot").map((each) => accountKey(each.connector, each.id)));
  const people = new Set(accounts.filter((each) => each.kind === "person").map((each) => accountKey(each.connector, each.id)));
  for (const { actor, signals } of evidence) {
    if (actor === null) continue;
    const key = accountKey(actor.connector, actor.id);
    if (isProgram(actor, signals.automated === true) && !people.has(key)) programs.add(key);
  }
  return programs;
}

function isProgram(actor: AccountRef, automated: boolean): boolean {
  return actor.kind === "bot" || (actor.kind === "unknown" && automated);
}

function* accountsIn(evidence: readonly Evidence[]): Generator<string> {
  for (const { actor, body } of evidence) {
    if (actor !== null) yield accountKey(actor.connector, actor.id);
    for (const inline of inlinesOf(body)) if (inline.type === "account") yield accountKey(inline.connector, inline.account);
  }
}

/** Addresses that tell of one person: not a machine's, and not used by two accounts of the same vendor. */
function sharedAddresses(accounts: readonly AccountReference[]): string[][] {
  const byAddress = new Map<string, AccountReference[]>();
  for (const account of accounts) {
    if (account.kind === "bot") continue;
    for (const address of new Set(account.emails.map((email) => email.toLowerCase()))) {
      byAddress.set(address, [...(byAddress.get(address) ?? []), account]);
    }
  }
  return [...byAddress]
    .filter(([address, users]) => users.length > 1 && !/^(no-?reply|do-?not-?reply)@/.test(address))
    .filter(([, users]) => new Set(users.map((each) => each.connector)).size === users.length)
    .map(([, users]) => users.map((each) => accountKey(each.connector, each.id)));
}
