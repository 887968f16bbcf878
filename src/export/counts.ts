import type { Draft, Entry } from "../contract/draft.js";
import { compareText } from "../kit/text.js";
import { groupBy } from "../kit/group-by.js";

/** How much of a list is put forward: `shown` of `total`. */
export interface Shown {
  readonly shown: number;
  readonly total: number;
}

export function shownOf(entries: readonly Entry[]): Shown {
  return { shown: entries.filter((entry) => entry.highlighted).length, total: entries.length };
}

/** By kind, in the order of their names. */
export function countsByKind(draft: Draft): [kind: string, counts: Shown][] {
  return [...groupBy(draft.entries, (entry) => entry.kind)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([kind, entries]) => [kind, shownOf(entries)]);
}
