import { runningMedian, sigma } from "./robust.js";

/** Sums from the start, so that the mean of any stretch is two look-ups. */
export interface Sums {
  readonly total: Float64Array;
  readonly count: Float64Array;
}

export function sumsOf(values: Float64Array): Sums {
  const total = new Float64Array(values.length + 1);
  const count = new Float64Array(values.length + 1);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    const isKnown = !Number.isNaN(value);
    total[index + 1] = total[index]! + (isKnown ? value : 0);
    count[index + 1] = count[index]! + (isKnown ? 1 : 0);
  }
  return { total, count };
}

export function meanOf({ total, count }: Sums, from: number, until: number): number {
  const start = Math.max(0, from);
  const end = Math.min(total.length - 1, until);
  return (total[end]! - total[start]!) / (count[end]! - count[start]!);
}

/** Single outliers pulled in to four sigma around the running median; a step or a longer stay keeps its shape. */
function calmed(values: Float64Array): Float64Array {
  const centre = runningMedian(values, 5);
  const away = new Float64Array(values.length);
  for (let index = 0; index < values.length; index += 1) away[index] = values[index]! - centre[index]!;
  const most = 4 * sigma(away);
  for (let index = 0; index < values.length; index += 1) {
    const far = away[index]!;
    away[index] = Number.isNaN(far) ? Number.NaN : centre[index]! + Math.max(-most, Math.min(most, far));
  }
  return away;
}

/** Samples before a point that tell what was usual just before it, at least. */
const REFERENCE = 16;

/** One residual, ready to be asked how it differs before and after a point. */
export interface Contrast {
  readonly residual: Float64Array;
  readonly raw: Sums;
  readonly calm: Sums;
}

export function contrastOf(residual: Float64Array): Contrast {
  return { residual, raw: sumsOf(residual), calm: sumsOf(calmed(residual)) };
}

export function referenceOf(width: number): number {
  return Math.max(width, REFERENCE);
}

/** Mean of `width` samples from `index` on, less the mean of those before; NaN where too few are known. */
export function contrastAt({ raw, calm }: Contrast, index: number, width: number): number {
  const reference = referenceOf(width);
  const start = Math.max(0, index - reference);
  const end = index + width;
  const after = width < 8 ? raw : calm;
  if (end >= after.total.length) return Number.NaN;
  const known = calm.count[index]! - calm.count[start]!;
  const seen = after.count[end]! - after.count[index]!;
  if (known < Math.max(REFERENCE * 0.75, reference / 2) || seen < Math.max(1, width / 2)) return Number.NaN;
  return (after.total[end]! - after.total[index]!) / seen - (calm.total[index]! - calm.total[start]!) / known;
}

/** `contrastAt` of every sample, in one walk. */
function contrastsOf({ raw, calm }: Contrast, width: number): Float64Array {
  const length = calm.total.length - 1;
  const out = new Float64Array(length);
  const reference = referenceOf(width);
  const after = width < 8 ? raw : calm;
  const fewestBefore = Math.max(REFERENCE * 0.75, reference / 2);
  const fewestAfter = Math.max(1, width / 2);
  const last = length - width;
  for (let index = 0; index <= last; index += 1) {
    const start = index > reference ? index - reference : 0;
    const known = calm.count[index]! - calm.count[start]!;
    const seen = after.count[index + width]! - after.count[index]!;
    out[index] =
      known < fewestBefore || seen < fewestAfter
        ? Number.NaN
        : (after.total[index + width]! - after.total[index]!) / seen - (calm.total[index]! - calm.total[start]!) / known;
  }
  return out.fill(Number.NaN, Math.max(0, last + 1));
}

/** The smallest change that all expectations agree on, at every sample: zero where one saw it coming, or says the opposite. */
export function agreedContrasts(contrasts: readonly Contrast[], width: number): Float64Array {
  const agreed = contrastsOf(contrasts[0]!, width);
  for (let which = 1; which < contrasts.length; which += 1) {
    const other = contrastsOf(contrasts[which]!, width);
    for (let index = 0; index < agreed.length; index += 1) {
      const [one, two] = [agreed[index]!, other[index]!];
      // Where either is NaN, neither comparison holds.
      if (one * two <= 0) agreed[index] = 0;
      else if (Math.abs(two) < Math.abs(one)) agreed[index] = two;
    }
  }
  return agreed;
}
