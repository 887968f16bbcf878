/** Makes a median absolute deviation comparable with a standard deviation, for normal noise. */
const MAD_TO_SIGMA = 1.4826;
/** Enough to tell a quantile of noise by; more would cost time and change nothing. */
const SAMPLE = 1200;

/** The `part` quantile of what is finite, from an evenly spread sample where there is much; NaN for nothing. */
export function quantile(values: Float64Array, part: number, of: (value: number) => number = itself): number {
  const stride = Math.max(1, Math.ceil(values.length / SAMPLE));
  const kept = new Float64Array(Math.ceil(values.length / stride));
  let count = 0;
  for (let index = 0; index < values.length; index += stride) {
    const value = of(values[index]!);
    if (Number.isFinite(value)) kept[count++] = value;
  }
  if (count === 0) return Number.NaN;
  const place = (count - 1) * part;
  const below = Math.floor(place);
  const low = select(kept, count, below);
  if (below === place) return low;
  let high = Infinity;
  for (let index = below + 1; index < count; index += 1) if (kept[index]! < high) high = kept[index]!;
  return low + (high - low) * (place - below);
}

/** The value that would stand at `place` were the first `count` sorted (Hoare 1961); what is behind it is then no smaller. */
function select(values: Float64Array, count: number, place: number): number {
  let [left, right] = [0, count - 1];
  while (left < right) {
    const pivot = values[place]!;
    let [low, high] = [left, right];
    while (low <= high) {
      while (values[low]! < pivot) low += 1;
      while (values[high]! > pivot) high -= 1;
      if (low > high) break;
      const value = values[low]!;
      values[low++] = values[high]!;
      values[high--] = value;
    }
    if (high < place) left = low;
    if (low > place) right = high;
  }
  return values[place]!;
}

function itself(value: number): number {
  return value;
}

export function median(values: Float64Array): number {
  return quantile(values, 0.5);
}

/** Spread around zero, deaf to a minority of outliers. */
export function sigma(values: Float64Array): number {
  return MAD_TO_SIGMA * quantile(values, 0.5, Math.abs);
}

/** The median of up to `half` samples on either side, NaN where there is none. One walk with a sorted buffer. */
export function runningMedian(values: Float64Array, half: number): Float64Array {
  const out = new Float64Array(values.length).fill(Number.NaN);
  const sorted = new Float64Array(2 * half + 2);
  let size = 0;
  for (let index = -half; index < values.length; index += 1) {
    const coming = index + half < values.length ? values[index + half]! : Number.NaN;
    if (!Number.isNaN(coming)) {
      let at = size++;
      while (at > 0 && sorted[at - 1]! > coming) {
        sorted[at] = sorted[at - 1]!;
        at -= 1;
      }
      sorted[at] = coming;
    }
    const going = index - half - 1 >= 0 ? values[index - half - 1]! : Number.NaN;
    if (!Number.isNaN(going)) {
      let at = 0;
      while (sorted[at]! < going) at += 1;
      size -= 1;
      for (; at < size; at += 1) sorted[at] = sorted[at + 1]!;
    }
    if (index >= 0 && size > 0) out[index] = (sorted[(size - 1) >> 1]! + sorted[size >> 1]!) / 2;
  }
  return out;
}
