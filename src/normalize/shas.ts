import { compareText } from "../kit/text.js";

/** Git's own shortest abbreviation: below it, equal beginnings are chance. */
const SHORTEST = 7;

/**
 * Each sha to the one it abbreviates, where that is told by its beginning alone; an ambiguous one stays itself.
 * In sorted order everything that begins like a sha follows it, so one walk from the end settles all.
 */
export function resolveShas(shas: Iterable<string>): ReadonlyMap<string, string> {
  const sorted = [...new Set(shas)].filter((sha) => sha.length >= SHORTEST).sort(compareText);
  const full = [...sorted];
  const lastWithPrefix = sorted.map((_, index) => index);
  for (let index = sorted.length - 1; index >= 0; index--) {
    let next = index + 1;
    while (next < sorted.length && sorted[next]!.startsWith(sorted[index]!)) next = lastWithPrefix[next]! + 1;
    lastWithPrefix[index] = next - 1;
    const isUnique = next > index + 1 && lastWithPrefix[index + 1] === next - 1 && full[index + 1] === full[next - 1];
    if (isUnique) full[index] = full[index + 1]!;
  }
  return new Map(sorted.map((sha, index) => [sha, full[index]!]));
}
