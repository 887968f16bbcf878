import type { MetricSeries } from "../contract/detect.js";
import type { Span } from "../kit/instant.js";
import { medianInPlace } from "./robust.js";

/** The window as buckets of equal length; NaN: no sample. */
export interface Grid {
  readonly from: number;
  readonly step: number;
  readonly values: Float64Array;
  /** What earlier days were like at the same hour: the lowest and the highest of them; NaN: not known. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly hasBaseline: boolean;
}

/** A baseline value is the median of this much on either side of the same hour. */
const SMOOTHED_MICROS = 10 * 60_000_000;
/** It is worked out anew this often over that time. */
const STRIDES = 10;
/** Fewer say nothing of an hour. */
const FEWEST_NEIGHBOURS = 3;
/** With less of the window known from earlier days, the window alone is asked. */
const KNOWN_ENOUGH = 0.8;

export function gridOf(series: MetricSeries): Grid | null {
  const { window, stepMicros: step, times } = series;
  const first = lowerBound(times, window.from);
  const last = lowerBound(times, window.until) - 1;
  if (last < first || !(step > 0)) return null;
  const from = times[first]!;
  const length = Math.round((times[last]! - from) / step) + 1;
  const values = new Float64Array(length).fill(Number.NaN);
  for (let index = first; index <= last; index += 1) values[Math.round((times[index]! - from) / step)] = series.values[index]!;
  const low = new Float64Array(length).fill(Number.NaN);
  const high = new Float64Array(length).fill(Number.NaN);
  for (const baseline of series.baselines) widen(series, baseline, from, low, high);
  const known = low.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  return { from, step, values, low, high, hasBaseline: known >= length * KNOWN_ENOUGH };
}

/** Takes one earlier day into the range of what is usual. */
function widen(series: MetricSeries, baseline: Span, from: number, low: Float64Array, high: Float64Array): void {
  const shift = series.window.from - baseline.from;
  const stride = Math.max(1, Math.floor(SMOOTHED_MICROS / STRIDES / series.stepMicros));
  let usual = Number.NaN;
  for (let index = 0; index < low.length; index += 1) {
    const at = from + index * series.stepMicros - shift;
    if (index % stride === 0)
      usual = usualIn(series, Math.max(baseline.from, at - SMOOTHED_MICROS), Math.min(baseline.until, at + SMOOTHED_MICROS));
    if (Number.isNaN(usual)) continue;
    low[index] = Number.isNaN(low[index]!) ? usual : Math.min(low[index]!, usual);
    high[index] = Number.isNaN(high[index]!) ? usual : Math.max(high[index]!, usual);
  }
}

function usualIn({ times, values }: MetricSeries, from: number, until: number): number {
  const near = values.slice(lowerBound(times, from), lowerBound(times, until)).filter((value) => !Number.isNaN(value));
  return near.length < FEWEST_NEIGHBOURS ? Number.NaN : medianInPlace(near);
}

/** The first index whose time is not before `at`. */
export function lowerBound(times: Float64Array, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
