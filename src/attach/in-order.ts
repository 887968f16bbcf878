import type { Place } from "../contract/destination.js";

/** Each place once, behind the one that it stands in; one that stands in a place which is not there is left out. Pure. */
export function inOrder(places: readonly Place[]): Place[] {
  const ordered = new Map<string, Place>();
  let waiting = [...places];
  while (waiting.length > 0) {
    const ready = waiting.filter(({ within }) => within === undefined || ordered.has(within));
    if (ready.length === 0) break;
    for (const place of ready) if (!ordered.has(place.id)) ordered.set(place.id, place);
    waiting = waiting.filter((place) => !ready.includes(place));
  }
  return [...ordered.values()];
}
