import type { Item, Person } from "../contract/item.js";
import type { RichText } from "../contract/rich-text.js";
import type { EpochMicros } from "../kit/instant.js";
import { inlinesOf } from "../kit/rich-text.js";
import { compareText } from "../kit/text.js";
import type { Accounts } from "./people.js";

/** All persons with their accounts, by key. */
export function personsOf(accounts: Accounts): Pick<Person, "key" | "accounts">[] {
  const byKey = new Map<string, string[]>();
  for (const [account, key] of accounts.personOf) {
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, [account]);
    else known.push(account);
  }
  return [...byKey].map(([key, keys]) => ({ key, accounts: keys.sort(compareText) })).sort((a, b) => compareText(a.key, b.key));
}

/** Those who acted or are named in an item, in the order of the first thing they did; those only named come last. */
export function describePeople(items: readonly Item[], accounts: Accounts): Person[] {
  const deeds = new Map<string, Deeds>();
  for (const item of items) {
    if (item.person !== null) record(deedsOf(deeds, item.person), item);
    for (const person of namedIn(item.title)) deedsOf(deeds, person);
    for (const person of namedIn(item.body)) deedsOf(deeds, person);
  }
  const hasIncidentChannel = items.some((item) => item.signals.incidentChannel === true);
  return personsOf(accounts)
    .flatMap(({ key, accounts }): Person[] => {
      const done = deeds.get(key);
      return done === undefined ? [] : [{ key, accounts, firstSeen: done.firstSeen, function: functionOf(done, hasIncidentChannel) }];
    })
    .sort((a, b) => (a.firstSeen ?? Infinity) - (b.firstSeen ?? Infinity) || compareText(a.key, b.key));
}

interface Deeds {
  firstSeen: EpochMicros | null;
  inIncidentChannel: number;
  conversation: number;
  changes: number;
}

function deedsOf(deeds: Map<string, Deeds>, person: string): Deeds {
  let known = deeds.get(person);
  if (known === undefined) deeds.set(person, (known = { firstSeen: null, inIncidentChannel: 0, conversation: 0, changes: 0 }));
  return known;
}

/** Items come in total order, so the first one is the first thing they did. Joining a channel is nothing said. */
function record(deeds: Deeds, item: Item): void {
  deeds.firstSeen ??= item.at;
  if (item.signals.routine === true) return;
  if (item.rule.category === "change") deeds.changes++;
  if (item.rule.category !== "conversation") return;
  deeds.conversation++;
  if (item.signals.incidentChannel === true) deeds.inIncidentChannel++;
}

/** Where an incident has a channel of its own, talk elsewhere makes nobody a responder. */
function functionOf(deeds: Deeds, hasIncidentChannel: boolean): string {
  if (deeds.inIncidentChannel > 0 || (!hasIncidentChannel && deeds.conversation >= 3)) return "responder";
  return deeds.changes > 0 && deeds.conversation === 0 ? "author" : "participant";
}

function* namedIn(text: RichText): Generator<string> {
  for (const inline of inlinesOf(text)) if (inline.type === "role") yield inline.person;
}
