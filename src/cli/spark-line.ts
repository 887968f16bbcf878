import type { MetricSeries } from "../contract/detect.js";
import { formatNumber } from "../draft/numbers.js";
import { isWithin, toIso } from "../kit/instant.js";

const BARS = "▁▂▃▄▅▆▇█";
const WIDEST = 48;
const NARROWEST = 16;
/** For the words behind the bars. */
const CAPTION = 48;

/**
 * The window of a series as a line of bars, each the value farthest from the usual in its slice of time; a dot where
 * nothing was reported. The lowest bar is the least value shown and the highest the greatest; both are told behind, with
 * the window. `columns` is the width of the terminal; null: of none.
 */
export function sparkLine({ times, values, window }: MetricSeries, usual: number, columns: number | null): string {
  const width = columns === null ? WIDEST : Math.max(NARROWEST, Math.min(WIDEST, columns - CAPTION));
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
  const greatest = Math.max(...known);
  const range = greatest - least;
  const bars = slices
    .map((value) => (value === null ? "·" : BARS[range > 0 ? Math.round(((value - least) / range) * (BARS.length - 1)) : 0]!))
    .join("");
  const span = `${toIso(window.from).slice(11, 16)}Z to ${toIso(window.until).slice(11, 16)}Z`;
  return known.length === 0 ? `${bars}  ${span}, no samples` : `${bars}  ${span}, ${formatNumber(least)} to ${formatNumber(greatest)}`;
}
