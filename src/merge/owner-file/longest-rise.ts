/**
 * Positions in `values` of a longest strictly ascending subsequence: what kept its order. The others are what moved.
 * O(n log n).
 */
export function longestRise(values: readonly number[]): Set<number> {
  const tails: number[] = [];
  const before = values.map(() => -1);
  values.forEach((value, index) => {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? -1 : tails[low - 1]!;
    tails[low] = index;
  });
  const kept = new Set<number>();
  for (let at = tails.at(-1) ?? -1; at !== -1; at = before[at]!) kept.add(at);
  return kept;
}
