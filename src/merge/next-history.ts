import type { Draft } from "../contract/draft.js";
import type { History } from "../contract/history.js";
import { compareText } from "../kit/text.js";

/**
 * What this build hands on. Roles and ids of earlier builds stay known: a letter is not given twice, an entry that is
 * missing while its source is down has its id when it comes back, and an alias stays one.
 */
export function nextHistory(draft: Draft, roles: Readonly<Record<string, string>>, history: History): History {
  const entries = new Map(Object.entries(history.entries));
  for (const entry of draft.entries) entries.set(entry.id, [...entry.evidence].sort(compareText));
  return { roles: sorted(new Map([...Object.entries(history.roles), ...Object.entries(roles)])), entries: sorted(entries) };
}

function sorted<Value>(members: ReadonlyMap<string, Value>): Record<string, Value> {
  return Object.fromEntries([...members].sort(([a], [b]) => compareText(a, b)));
}
