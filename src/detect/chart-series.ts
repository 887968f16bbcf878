import type { MetricSeries } from "../contract/detect.js";
import type { ChartSeries } from "../contract/export.js";
import { MICROS_PER_SECOND } from "../kit/instant.js";
import { gridOf, type Grid } from "./grid.js";

/** Two of a bucket are kept: its lowest and its highest point, so that a chart loses no peak. */
const MOST_BUCKETS = 150;

/** A series thinned to at most 300 points for a small chart, with the range of earlier days. Same series, same points. */
export function chartSeries(series: MetricSeries): ChartSeries {
  const { unit, stepMicros } = series;
  const facts = { series: series.series, unit, stepSeconds: stepMicros / MICROS_PER_SECOND };
  const grid = gridOf(series);
  if (grid === null) return { ...facts, times: [], values: [] };
  const kept = keptIndexes(grid.values);
  const points = { times: kept.map((index) => grid.from + index * grid.step), values: kept.map((index) => known(grid.values[index]!)) };
  if (!grid.hasBaseline) return { ...facts, ...points };
  return { ...facts, ...points, baseline: kept.map((index) => rangeAt(grid, index)) };
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

function rangeAt({ low, high }: Grid, index: number): { lower: number; upper: number } | null {
  const [lower, upper] = [known(low[index]!), known(high[index]!)];
  return lower === null || upper === null ? null : { lower, upper };
}
