import type { Anomaly, Detect, MetricSeries } from "../contract/detect.js";
import { compareText } from "../kit/text.js";
import { departuresIn, type Departure } from "./departures.js";
import { gridOf, lowerBound, type Grid } from "./grid.js";
import { residualsOf } from "./residuals.js";
import { median } from "./robust.js";
import { silencesIn, type Silence } from "./silences.js";

/** A run this short that is over is a spike or a drop. */
const SHORT = 12;
/** It takes this part of the run or more to rise: a ramp. */
const SLOW = 0.3;
/** Peaks of at least this part of each other's height are alike. */
const ALIKE = 0.7;

/**
 * Where a metric left what is usual for it: usual is the same hour of earlier days where they are known, else the hour
 * before. Built to be silent when in doubt. Pure; no randomness, no settings.
 */
export const detectAnomalies: Detect = (series) =>
  series.flatMap(anomaliesOf).sort((a, b) => a.onset - b.onset || compareText(a.series, b.series));

function anomaliesOf(series: MetricSeries): readonly Anomaly[] {
  const grid = gridOf(series);
  if (grid === null) return [];
  const residuals = residualsOf(grid);
  const departures = departuresIn(residuals, smallestEffect(grid.values), grid.hasBaseline).filter(
    (departure) => !isRecurring(series, grid, residuals, departure),
  );
  const silences = silencesIn(grid.values).filter((silence) => !departures.some((departure) => touches(departure, silence)));
  return [
    ...departures.map((departure) => fromDeparture(series, grid, residuals, departure)),
    ...silences.map((silence) => fromSilence(series, grid, silence)),
  ];
}

/**
 * What a reader would call a change at all: a tenth of what the metric usually is. One that usually is zero, as errors
 * are, has no size of its own: then well above what the beginning of the window shows, or half of the largest value.
 */
function smallestEffect(values: Float64Array): number {
  const sizes = values.filter((value) => !Number.isNaN(value)).map(Math.abs);
  const usual = median(sizes);
  if (!(usual === 0)) return Number.isNaN(usual) ? 0 : usual * 0.1;
  const beginning = largest(sizes.subarray(0, Math.ceil(sizes.length / 4)));
  return beginning > 0 ? beginning * 1.5 : largest(sizes) * 0.5;
}

function largest(sizes: Float64Array): number {
  return sizes.reduce((most, size) => Math.max(most, size), 0);
}

/** Jobs that run by the clock make short peaks all day: as high at least twice before, it is one of them. */
function isRecurring(series: MetricSeries, grid: Grid, residuals: Float64Array, departure: Departure): boolean {
  if (departure.until === null || departure.until - departure.onset > SHORT) return false;
  const { onset, direction, peak } = departure;
  const extreme = grid.values[peak]!;
  const alike = extreme - (1 - ALIKE) * (extreme - usualAt(grid, residuals, departure));
  const before = series.values.subarray(0, lowerBound(series.times, grid.from + onset * grid.step));
  return shortRuns(before, (value) => (value - alike) * direction >= 0) >= 2;
}

function shortRuns(values: Float64Array, isIn: (value: number) => boolean): number {
  let count = 0;
  let length = 0;
  for (const value of values) {
    if (isIn(value)) length += 1;
    else {
      if (length > 0 && length <= SHORT) count += 1;
      length = 0;
    }
  }
  return count;
}

/** What went to a level and stayed there is told once. */
function touches(departure: Departure, silence: Silence): boolean {
  return silence.kind === "flatline" && silence.onset < (departure.until ?? Infinity) && (silence.until ?? Infinity) > departure.onset;
}

function fromDeparture(series: MetricSeries, grid: Grid, residuals: Float64Array, departure: Departure): Anomaly {
  const extreme = grid.values[departure.peak]!;
  const usual = usualAt(grid, residuals, departure);
  const length = (departure.until ?? grid.values.length) - departure.onset;
  return {
    series: series.series,
    kind: kindOf(residuals, departure, length),
    ...placeOf(grid, departure),
    direction: departure.direction > 0 ? "up" : "down",
    usual: rounded(usual),
    extreme: rounded(extreme),
    factor: usual > 0 && extreme >= 0 && Number.isFinite(extreme / usual) ? rounded(extreme / usual) : null,
    score: rounded(1 - 10 / (departure.z + 10)),
  };
}

/** What the metric would have been at the peak, as far as one can tell. */
function usualAt(grid: Grid, residuals: Float64Array, { peak, level }: Departure): number {
  return grid.values[peak]! - (residuals[peak]! - level);
}

function kindOf(residuals: Float64Array, departure: Departure, length: number): Anomaly["kind"] {
  const { onset, until, direction, level, peak } = departure;
  if (until !== null && length <= SHORT) return direction > 0 ? "spike" : "drop";
  const most = (residuals[peak]! - level) * direction;
  let risen = onset;
  while (risen < peak && !((residuals[risen]! - level) * direction >= 0.8 * most)) risen += 1;
  return risen - onset >= SLOW * length && risen - onset > SHORT ? "ramp" : "level_shift";
}

function fromSilence(series: MetricSeries, grid: Grid, silence: Silence): Anomaly {
  const before = grid.values.slice(0, silence.onset).filter((value) => !Number.isNaN(value));
  const usual = rounded(median(before));
  const length = (silence.until ?? grid.values.length) - silence.onset;
  return {
    series: series.series,
    kind: silence.kind,
    ...placeOf(grid, silence),
    direction: "none",
    usual,
    extreme: silence.kind === "missing" ? usual : grid.values[silence.onset]!,
    factor: null,
    score: rounded(length / (length + 30)),
  };
}

function placeOf(grid: Grid, { onset, until }: { readonly onset: number; readonly until: number | null }) {
  const at = (index: number) => grid.from + index * grid.step;
  return { onset: at(onset), end: until === null ? null : at(until), precisionMicros: grid.step };
}

/** Six digits: the same on every machine, and all that a metric means. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
