import type { Item } from "../contract/item.js";
import { compareOrdered, inTotalOrder, type Ordered } from "../contract/total-order.js";

/** Two items in the total order of `src/contract/total-order.ts`. */
export function compareItems(a: Item, b: Item): number {
  return compareOrdered(orderedOf(a), orderedOf(b));
}

export function sortItems(items: readonly Item[]): Item[] {
  return inTotalOrder(items, orderedOf);
}

function orderedOf({ at, precisionMicros, rule, kind, id }: Item): Ordered {
  return { at, precisionMicros, category: rule.category, kind, id };
}
