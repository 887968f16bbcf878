/** A run of buckets with nothing, or with nothing new. Indices; `until` null: to the end. */
export interface Silence {
  readonly kind: "missing" | "flatline";
  readonly onset: number;
  readonly until: number | null;
}

/** So many buckets in a row. */
const MISSING = 5;
const FLAT = 20;
/** And so many times longer than any such run before it. */
const LONGER = 4;
/** A metric that reports less often than this says nothing by being silent. */
const DENSE = 0.9;

/** Where a metric that always reported stopped, and where one that always moved stood still. Pure. */
export function silencesIn(values: Float64Array): readonly Silence[] {
  return [...runs(values, "missing", isMissing, MISSING), ...runs(values, "flatline", isHeld, FLAT)];
}

function* runs(
  values: Float64Array,
  kind: Silence["kind"],
  isSilent: (values: Float64Array, index: number) => boolean,
  fewest: number,
): Generator<Silence> {
  let longest = 1;
  let silent = 0;
  for (let start = 0; start < values.length;) {
    let end = start;
    while (end < values.length && isSilent(values, end)) end += 1;
    const length = end - start;
    const usuallyLoud = start >= FLAT && silent <= start * (1 - DENSE);
    if (usuallyLoud && length >= Math.max(fewest, longest * LONGER)) yield { kind, onset: start, until: end < values.length ? end : null };
    else {
      longest = Math.max(longest, length);
      silent += length;
    }
    start = end + 1;
  }
}

function isMissing(values: Float64Array, index: number): boolean {
  return Number.isNaN(values[index]!);
}

function isHeld(values: Float64Array, index: number): boolean {
  return index > 0 && values[index] === values[index - 1];
}
