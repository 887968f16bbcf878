import { compareText } from "./text.js";

/** The known key that was most likely meant: at most a third of its letters differ. */
export function nearestKey(written: string, known: readonly string[]): string | null {
  if (written.length > 60) return null;
  const ranked = known
    .map((key) => ({ key, distance: distance(written.toLowerCase(), key.toLowerCase()) }))
    .filter(({ key, distance }) => distance <= Math.max(1, Math.ceil(key.length / 3)))
    .sort((a, b) => a.distance - b.distance || compareText(a.key, b.key));
  return ranked[0]?.key ?? null;
}

/** Letters to insert, remove, replace, or swap with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Infinity;
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, replaced, swapped));
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
