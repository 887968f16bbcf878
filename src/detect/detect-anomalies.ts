import type { Anomaly, Detect, MetricSeries } from "../contract/detect.js";
import { compareText } from "../kit/text.js";
import { scalesOf } from "./edges.js";
import { type Episode, episodesIn } from "./episodes.js";
import { residualsOf } from "./expectations.js";
import { daysOf, type Lanes, lanesOf } from "./lanes.js";
import { contrastOf } from "./moving-sums.js";
import { median, quantile } from "./robust.js";
import { type Silence, silencesIn } from "./silences.js";
import { type Unsteady, unsteadyIn } from "./unsteadiness.js";

/** A run this short that is over is a spike or a drop. */
const SHORT = 14;

/**
 * Where metrics left what is usual for them, over whole spans that are over: it looks back, it does not stream.
 *
 * A series is `times` (Float64Array, bucket starts in microseconds UTC, ascending; the window and the baselines together),
 * `values` (Float64Array of the same length, in the metric's own unit; NaN: no sample), `stepMicros` (microseconds between
 * samples, as coarse as the vendor made them), `type` (`counter`: a running total, read as growth a second), `window` and
 * `baselines` (half-open spans, microseconds; a baseline is as long as the window and lies days before it; none is fine).
 * Findings are inside the window; `onset` is the first sample that departs, `end` the first that is back, null when none is;
 * both are as precise as `precisionMicros`. `usual` and `extreme` are in the metric's unit, `score` is above 0.5 and below 1.
 *
 * Pure, without settings or randomness, and never throws for values of any size, holes, or times that are not even.
 */
export const detectAnomalies: Detect = (series) =>
  series.flatMap(anomaliesOf).sort((a, b) => a.onset - b.onset || compareText(a.series, b.series));

function anomaliesOf(series: MetricSeries): readonly Anomaly[] {
  const lanes = lanesOf(series);
  if (lanes === null) return [];
  const silences = silencesIn(
    lanes.window.values,
    lanes.baselines.map((lane) => lane.values),
  );
  const contrasts = residualsOf(lanes).map(contrastOf);
  const scales = scalesOf(
    contrasts,
    lanes.baselines.map((lane) => [contrastOf(lane.values)]),
    daysOf(lanes),
  );
  const levels = episodesIn(contrasts, scales);
  const unsteady = unsteadyIn(lanes, levels);
  const loud = silences.filter((silence) => silence.kind === "missing" || !levels.some((level) => isSame(lanes, level, silence)));
  // The newest bucket is often not full yet: nothing is said of it alone.
  const episodes = levels.filter(
    (level) =>
      level.onset < lanes.window.values.length - 1 &&
      !unsteady.some((each) => covers(each, level)) &&
      !loud.some((silence) => borders(level, silence)),
  );
  const told = [...episodes, ...loud];
  return [
    ...episodes.map((episode) => fromEpisode(series, lanes, episode)),
    ...unsteady.filter((each) => !told.some((other) => touches(other, each))).map((each) => fromUnsteady(series, lanes, each)),
    ...loud.map((silence) => fromSilence(series, lanes, silence)),
  ];
}

interface Stretch {
  readonly onset: number;
  readonly until: number | null;
}

function touches(one: Stretch, other: Stretch): boolean {
  return other.onset < (one.until ?? Infinity) && (other.until ?? Infinity) > one.onset;
}

/** What went to a level that was not usual and stands still there is told as the change of level. */
function isSame({ window }: Lanes, level: Episode, silence: Silence): boolean {
  if (!touches(level, silence)) return false;
  const before = window.values.subarray(0, silence.onset);
  const held = window.values[silence.onset]!;
  return held < quantile(before, 0.02) || held > quantile(before, 0.98);
}

/** A change that begins where the samples stop, come back or stand still is the doing of that. */
function borders(level: Stretch, silence: Silence): boolean {
  const near = (at: number | null) => at !== null && Math.abs(level.onset - at) <= 6;
  const inside = silence.kind === "flatline" && touches(level, silence);
  return near(silence.onset) || near(silence.until) || inside;
}

/** Some samples around: where unsteadiness begins is known less sharply. */
function covers(unsteady: Stretch, { onset }: Stretch): boolean {
  const until = unsteady.until ?? Infinity;
  return onset >= unsteady.onset - 12 && onset <= until + Math.max(12, (until - unsteady.onset) / 4);
}

function fromEpisode(series: MetricSeries, lanes: Lanes, episode: Episode): Anomaly {
  const { onset, until, direction, residual, level } = episode;
  const { values } = lanes.window;
  const end = until ?? values.length;
  let peak = onset;
  for (let at = onset; at < end; at += 1)
    if (!((values[at]! - values[peak]!) * direction <= 0)) peak = Number.isNaN(values[at]!) ? peak : at;
  const extreme = values[peak]!;
  const usual = extreme - (residual[peak]! - level);
  const isShort = until !== null && until - onset <= SHORT;
  return {
    series: series.series,
    kind: isShort ? (direction > 0 ? "spike" : "drop") : episode.isRamp ? "ramp" : "level_shift",
    ...placeOf(lanes, episode),
    direction: direction > 0 ? "up" : "down",
    usual: rounded(usual),
    extreme: rounded(extreme),
    factor: usual > 0 && extreme >= 0 ? rounded(extreme / usual) : null,
    score: rounded(episode.strength / (episode.strength + 1)),
  };
}

function fromUnsteady(series: MetricSeries, lanes: Lanes, unsteady: Unsteady): Anomaly {
  const { values } = lanes.window;
  const during = values.subarray(unsteady.onset, unsteady.until ?? values.length);
  const usual = median(values.subarray(Math.max(0, unsteady.onset - 60), unsteady.onset));
  let extreme = usual;
  for (const value of during) if (Math.abs(value - usual) > Math.abs(extreme - usual)) extreme = value;
  return {
    series: series.series,
    kind: "variance",
    ...placeOf(lanes, unsteady),
    direction: "none",
    usual: rounded(usual),
    extreme: rounded(extreme),
    factor: null,
    score: rounded(unsteady.strength / (unsteady.strength + 1)),
  };
}

function fromSilence(series: MetricSeries, lanes: Lanes, silence: Silence): Anomaly {
  const usual = rounded(median(lanes.window.values.subarray(0, silence.onset)));
  return {
    series: series.series,
    kind: silence.kind,
    ...placeOf(lanes, silence),
    direction: "none",
    usual,
    extreme: silence.kind === "missing" ? usual : lanes.window.values[silence.onset]!,
    factor: null,
    score: rounded(silence.strength / (silence.strength + 1)),
  };
}

function placeOf({ window }: Lanes, { onset, until }: { readonly onset: number; readonly until: number | null }) {
  const at = (index: number) => window.from + index * window.step;
  return { onset: at(onset), end: until === null ? null : at(until), precisionMicros: window.step };
}

/** Six digits: the same on every machine, and all that a metric means. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
