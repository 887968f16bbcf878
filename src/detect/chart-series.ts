import type { MetricSeries } from "../contract/detect.js";
import type { ChartSeries } from "../contract/export.js";
import { isWithin, MICROS_PER_SECOND } from "../kit/instant.js";
import { lanesOf, type Lane } from "./lanes.js";
import { median } from "./robust.js";

/** Two of a bucket are kept: its lowest and its highest point, so that a chart loses no peak. */
const MOST_BUCKETS = 150;
/** What an earlier day was like at an hour: the median of this many buckets on either side. */
const SMOOTHED = 15;

/** A series thinned to at most 300 points for a small chart, with the range of earlier days. Same series, same points. */
export function chartSeries(series: MetricSeries): ChartSeries {
  const { unit, stepMicros } = series;
  const facts = { series: series.series, unit, stepSeconds: stepMicros / MICROS_PER_SECOND };
  const lanes = lanesOf(series);
  if (lanes === null) return { ...facts, ...pointsInside(series) };
  const { from, step, values } = lanes.window;
  const kept = keptIndexes(values);
  const points = { times: kept.map((index) => from + index * step), values: kept.map((index) => known(values[index]!)) };
  if (lanes.baselines.length === 0) return { ...facts, ...points };
  return { ...facts, ...points, baseline: kept.map((index) => rangeAt(lanes.baselines, index)) };
}

/** Too few to tell what is usual, and so few that all of them can be shown. */
function pointsInside({ times, values, window }: MetricSeries): Pick<ChartSeries, "times" | "values"> {
  const inside = Array.from(times.keys()).filter((index) => isWithin(times[index]!, window));
  const kept = inside.slice(0, 2 * MOST_BUCKETS);
  return { times: kept.map((index) => times[index]!), values: kept.map((index) => known(values[index]!)) };
}

function keptIndexes(values: Float64Array): number[] {
  const size = Math.ceil(values.length / MOST_BUCKETS);
  if (size <= 2) return Array.from(values.keys());
  const kept: number[] = [];
  for (let from = 0; from < values.length; from += size) kept.push(...extremesOf(values, from, Math.min(from + size, values.length)));
  return kept;
}

/** Ascending; one index where nothing, or only one value, is known. */
function extremesOf(values: Float64Array, from: number, until: number): number[] {
  let [low, high] = [-1, -1];
  for (let index = from; index < until; index += 1) {
    const value = values[index]!;
    if (Number.isNaN(value)) continue;
    if (low === -1 || value < values[low]!) low = index;
    if (high === -1 || value > values[high]!) high = index;
  }
  if (low === -1) return [from];
  return low === high ? [low] : [Math.min(low, high), Math.max(low, high)];
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The lowest and the highest of the earlier days; null where none of them is known. */
function rangeAt(baselines: readonly Lane[], index: number): { lower: number; upper: number } | null {
  const usual = baselines
    .map(({ values }) => values.subarray(Math.max(0, index - SMOOTHED), index + SMOOTHED + 1).filter((value) => !Number.isNaN(value)))
    .filter((values) => values.length > 0)
    .map((values) => median(values));
  return usual.length === 0 ? null : { lower: Math.min(...usual), upper: Math.max(...usual) };
}
