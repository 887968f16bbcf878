import type { MetricSeries } from "../contract/detect.js";
import { isWithin } from "../kit/instant.js";

const BARS = "▁▂▃▄▅▆▇█";
const WIDTH = 48;

/**
 * The window of a series as a line of bars, each the value farthest from the usual in its slice of time; a dot where
 * nothing was reported. The lowest bar is the least value shown and the highest the greatest.
 */
export function sparkLine({ times, values, window }: MetricSeries, usual: number, width = WIDTH): string {
  const slices: (number | null)[] = Array.from({ length: width }, () => null);
  times.forEach((at, index) => {
    const value = values[index]!;
    if (!isWithin(at, window) || Number.isNaN(value)) return;
    const slice = Math.floor(((at - window.from) / (window.until - window.from)) * width);
    const there = slices[slice] ?? null;
    if (there === null || Math.abs(value - usual) > Math.abs(there - usual)) slices[slice] = value;
  });
  const known = slices.filter((value) => value !== null);
  const least = Math.min(...known);
  const range = Math.max(...known) - least;
  return slices
    .map((value) => (value === null ? "·" : BARS[range > 0 ? Math.round(((value - least) / range) * (BARS.length - 1)) : 0]!))
    .join("");
}
