import type { Person } from "../contract/item.js";
import { compareText } from "../kit/text.js";
import { accountKey, type AccountReference } from "./people.js";
import { UnionFind } from "./union-find.js";

/** Accounts that look like one person, to be confirmed by somebody who knows: nothing is joined by a likeness. */
export interface Suggestion {
  /** At most one of each connector, by their keys `<connector>:<id>`, ascending. */
  readonly accounts: readonly string[];
  readonly because: readonly string[];
}

/** Short handles and first names alone are shared by many. */
const SHORTEST_HANDLE = 4;

/** People of different connectors who have a full name, a handle, or the name in an e-mail address in common. */
export function suggestPeople(people: readonly Pick<Person, "key" | "accounts">[], accounts: readonly AccountReference[]): Suggestion[] {
  const personOf = new Map(people.flatMap(({ key, accounts: keys }) => keys.map((account) => [account, key] as const)));
  const accountsOf = new Map(people.map(({ key, accounts: keys }) => [key, keys]));
  const joined = new UnionFind();
  const reasons: { readonly key: string; readonly text: string }[] = [];
  for (const [text, keys] of likenesses(accounts, personOf)) {
    const found = [...keys];
    if (found.length < 2 || !isOnePerConnector(found.flatMap((key) => accountsOf.get(key) ?? []))) continue;
    for (const key of found) joined.add(key);
    for (const key of found.slice(1)) joined.join(found[0]!, key);
    reasons.push({ key: found[0]!, text });
  }
  return groupsOf(joined)
    .map(({ root, keys }) => ({
      accounts: keys.flatMap((key) => accountsOf.get(key) ?? []).sort(compareText),
      because: reasons.filter(({ key }) => joined.find(key) === root).map(({ text }) => text),
    }))
    .filter(({ accounts: all }) => isOnePerConnector(all))
    .sort((a, b) => compareText(a.accounts[0]!, b.accounts[0]!));
}

/** What accounts have in common, in words, with the people who have it. */
function likenesses(accounts: readonly AccountReference[], personOf: ReadonlyMap<string, string>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const account of accounts) {
    const person = personOf.get(accountKey(account.connector, account.id));
    if (person === undefined || account.kind === "bot") continue;
    for (const text of likenessesOf(account)) found.set(text, (found.get(text) ?? new Set()).add(person));
  }
  return new Map([...found].sort(([a], [b]) => compareText(a, b)));
}

function likenessesOf({ names, handle, emails, id }: AccountReference): string[] {
  const full = names.map(plainName).filter((name) => name.includes(" "));
  const handles = [handle ?? "", id, ...emails.map((email) => email.slice(0, email.indexOf("@")))].map(plainHandle);
  return [
    ...full.map((name) => `both are called ${name}`),
    ...handles.filter((each) => each.length >= SHORTEST_HANDLE && /[a-z]/.test(each)).map((each) => `both go by ${each}`),
  ];
}

function plainName(name: string): string {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
}

/** `Rose.Tamblyn`, `rose-tamblyn` and `rosetamblyn` are one handle. Addresses are handles of their own. */
function plainHandle(handle: string): string {
  const at = handle.indexOf("@");
  return (at > 0 ? handle.slice(0, at) : handle).toLowerCase().replace(/[^a-z0-9]/g, "");
}

function isOnePerConnector(accounts: readonly string[]): boolean {
  const connectors = accounts.map((key) => key.slice(0, key.indexOf(":")));
  return new Set(connectors).size === connectors.length;
}

function groupsOf(joined: UnionFind): { root: string; keys: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const key of joined.keys()) groups.set(joined.find(key), [...(groups.get(joined.find(key)) ?? []), key]);
  return [...groups].map(([root, keys]) => ({ root, keys })).filter(({ keys }) => keys.length > 1);
}
