import { compareText } from "../kit/text.js";
import type { EpochMicros } from "../kit/instant.js";
import { CATEGORIES, type Category } from "./window.js";

/** What the total order looks at. `id` is the smallest evidence id: it stays when an entry is renamed in a merge. */
export interface Ordered {
  readonly at: EpochMicros;
  readonly precisionMicros: number;
  readonly category: string;
  readonly kind: string;
  readonly id: string;
}

/**
 * The one order of everything that is placed: instant, then precision (coarser first, since it covers the finer), then
 * kind rank (category as listed, others behind them, then kind), then id.
 */
export function compareOrdered(a: Ordered, b: Ordered): number {
  return (
    a.at - b.at ||
    b.precisionMicros - a.precisionMicros ||
    rankOf(a.category) - rankOf(b.category) ||
    compareText(a.kind, b.kind) ||
    compareText(a.id, b.id)
  );
}

function rankOf(category: string): number {
  const rank = CATEGORIES.indexOf(category as Category);
  return rank === -1 ? CATEGORIES.length : rank;
}

/** A list in total order. Each key is made once: a list may hold a hundred thousand things. */
export function inTotalOrder<T>(list: readonly T[], orderedOf: (each: T) => Ordered): T[] {
  return list
    .map((each) => ({ each, key: orderedOf(each) }))
    .sort((a, b) => compareOrdered(a.key, b.key))
    .map(({ each }) => each);
}
