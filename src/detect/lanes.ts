import type { MetricSeries } from "../contract/detect.js";
import type { Span } from "../kit/instant.js";
import { median } from "./robust.js";

/** One unbroken span of a series as buckets of equal length; NaN: no sample. A hole between two spans is in neither. */
export interface Lane {
  readonly from: number;
  readonly step: number;
  readonly values: Float64Array;
}

export interface Lanes {
  readonly window: Lane;
  /** Earlier days, each on the window's own grid: index for index the same time of day. */
  readonly baselines: readonly Lane[];
}

export const DAY_MICROS = 86_400_000_000;
/** A grid with this many buckets a sample was made with the wrong step: the points tell the right one. */
const FEWEST_FILLED = 1 / 12;

/** null where the window shows too little to say anything of. */
export function lanesOf(series: MetricSeries): Lanes | null {
  const { times, window } = series;
  const values = series.type === "counter" ? ratesOf(series) : series.values;
  const first = lowerBound(times, window.from);
  const end = lowerBound(times, window.until);
  if (end - first < FEWEST || !(series.stepMicros > 0)) return null;
  const step = trueStep(times.subarray(first, end), series.stepMicros);
  const from = times[first]!;
  const length = Math.round((times[end - 1]! - from) / step) + 1;
  const baselines = series.baselines
    .map((baseline) => laneOf(times, values, baseline, from - window.from + baseline.from, step, length))
    .filter((lane) => lane !== null);
  const lane = laneOf(times, values, window, from, step, length);
  return lane === null ? null : { window: lane, baselines };
}

/** With fewer samples there is no telling what is usual. */
const FEWEST = 24;

/** How much was looked at, the window and the baselines together. */
export function daysOf({ window, baselines }: Lanes): number {
  return (window.values.length * window.step * (1 + baselines.length)) / DAY_MICROS;
}

function laneOf(times: Float64Array, values: Float64Array, span: Span, from: number, step: number, length: number): Lane | null {
  const lane = new Float64Array(length).fill(Number.NaN);
  let seen = 0;
  const end = lowerBound(times, span.until);
  for (let index = lowerBound(times, span.from); index < end; index += 1) {
    const at = Math.round((times[index]! - from) / step);
    if (at < 0 || at >= length || !Number.isFinite(values[index]!)) continue;
    lane[at] = values[index]!;
    seen += 1;
  }
  return seen < FEWEST ? null : { from, step, values: lane };
}

/** Growth a second. Where the total falls, its process began anew: how much was counted between is not known. */
function ratesOf({ times, values }: MetricSeries): Float64Array {
  const rates = new Float64Array(values.length).fill(Number.NaN);
  let last = -1;
  for (let index = 0; index < values.length; index += 1) {
    if (!Number.isFinite(values[index]!)) continue;
    const growth = last < 0 ? Number.NaN : values[index]! - values[last]!;
    if (growth >= 0) rates[index] = (growth * 1e6) / (times[index]! - times[last]!);
    last = index;
  }
  return rates;
}

function trueStep(times: Float64Array, said: number): number {
  const buckets = (times.at(-1)! - times[0]!) / said;
  if (buckets * FEWEST_FILLED <= times.length) return said;
  const between = new Float64Array(times.length - 1);
  for (let index = 0; index < between.length; index += 1) between[index] = times[index + 1]! - times[index]!;
  return Math.max(said, median(between), ((times.at(-1)! - times[0]!) * FEWEST_FILLED) / times.length);
}

/** The first index whose time is not before `at`. */
function lowerBound(times: Float64Array, at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
