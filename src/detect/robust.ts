/** Makes a median absolute deviation comparable with a standard deviation, for normal noise. */
const MAD_TO_SIGMA = 1.4826;

/** NaN for nothing. Reorders `values`. */
export function medianInPlace(values: Float64Array): number {
  if (values.length === 0) return Number.NaN;
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2;
}

export function median(values: Iterable<number>): number {
  return medianInPlace(Float64Array.from(values));
}

/** Level and noise of a sample, both deaf to a minority of outliers. */
export function levelAndNoise(values: Float64Array): { readonly level: number; readonly sigma: number } {
  const level = medianInPlace(Float64Array.from(values));
  return { level, sigma: MAD_TO_SIGMA * medianInPlace(values.map((value) => Math.abs(value - level))) };
}

/** Noise from one sample to the next: a trend or season in `values` hardly raises it. */
export function jitter(values: Float64Array): number {
  const steps = new Float64Array(Math.max(0, values.length - 1));
  for (let index = 0; index < steps.length; index += 1) steps[index] = Math.abs(values[index + 1]! - values[index]!);
  return steps.length === 0 ? 0 : (MAD_TO_SIGMA * medianInPlace(steps)) / Math.SQRT2;
}
