/** In so many days there may be this many true changes each way, before changes are what the series does. */
const CHANGES = 3;
const DAYS_A_CHANGE = 2;
/** Chance that noise with the tail of this series comes so far in all that was seen. */
const ODDS = 0.3;
/** Spacings below the changes that tell how heavy the tail is; and what is taken for granted of it, as so many spacings. */
const SPACINGS = 16;
const USUAL_TAIL = 8;
const USUAL_WEIGHT = 6;
/** Tails heavier or lighter than these are not told apart by so few spacings. */
const [HEAVIEST, LIGHTEST] = [1.5, 12];

/**
 * What a series does elsewhere, on other days too, is no news: the size that its largest contrasts would not reach by its own
 * habit. The tail below the largest few is taken as a power law, its exponent from the spacings of the order statistics (Hill
 * 1975), and drawn out to where one is expected with small odds (Weissman 1978). A series of equal spikes has a bound just
 * above them; one with a heavy tail a bound far out.
 *
 * @param sorted the largest contrast of each stretch, the largest first
 */
export function beyondHabit(sorted: Float64Array, days: number): number {
  const changes = CHANGES + Math.floor(days / DAYS_A_CHANGE);
  const usual = sorted[changes] ?? 0;
  if (!(usual > 0)) return 0;
  const last = changes + Math.min(SPACINGS, (sorted.length - changes - 1) >> 1);
  let [count, sum] = [USUAL_WEIGHT, USUAL_WEIGHT / USUAL_TAIL];
  for (let rank = changes + 1; rank <= last && sorted[rank]! > 0; rank += 1) {
    sum += rank * Math.log(sorted[rank - 1]! / sorted[rank]!);
    count += 1;
  }
  const tail = Math.min(LIGHTEST, Math.max(HEAVIEST, count / sum));
  return usual * ((changes + 1) / ODDS) ** (1 / tail);
}

/** The largest contrast of every stretch, the largest first. */
export function peaks(lanes: readonly Float64Array[], width: number, direction: 1 | -1): Float64Array {
  const stretch = 3 * width + 12;
  const largest: number[] = [];
  for (const lane of lanes) {
    for (let start = 0; start < lane.length; start += stretch) {
      let most = 0;
      const end = Math.min(lane.length, start + stretch);
      for (let index = start; index < end; index += 1) {
        const value = lane[index]! * direction;
        if (value > most) most = value;
      }
      largest.push(most);
    }
  }
  return Float64Array.from(largest).sort().reverse();
}
