import type { Anomaly, Detect, MetricSeries } from "../contract/detect.js";
import { scalesOf } from "./edges.js";
import { type Episode, episodesIn } from "./episodes.js";
import { expectationsOf } from "./expectations.js";
import { describeLevel, describeSilence, describeUnsteady } from "./describe.js";
import { daysOf, type Lanes, lanesOf } from "./lanes.js";
import { contrastOf } from "./moving-sums.js";
import { relate } from "./relate.js";
import { quantile } from "./robust.js";
import { type Silence, silencesIn } from "./silences.js";
import { unsteadyIn } from "./unsteadiness.js";

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
 * Series of one service, told by its tag or by the beginning of the name, that depart together are one finding, the first to
 * depart, with the others as `members`. `figures` tells what a finding rests on.
 *
 * Pure, without settings or randomness, and never throws for values of any size, holes, or times that are not even.
 */
export const detectAnomalies: Detect = (series) => relate(series.flatMap(anomaliesOf));

function anomaliesOf(series: MetricSeries): readonly Anomaly[] {
  const lanes = lanesOf(series);
  if (lanes === null) return [];
  const silences = silencesIn(
    lanes.window.values,
    lanes.baselines.map((lane) => lane.values),
  );
  const expectations = expectationsOf(lanes);
  const contrasts = expectations.map(({ residual }) => contrastOf(residual));
  const scales = scalesOf(
    contrasts,
    lanes.baselines.map((lane) => [contrastOf(lane.values)]),
    daysOf(lanes),
  );
  const levels = episodesIn(contrasts, scales, lanes.window.step);
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
    ...episodes.map((episode) => describeLevel(series, lanes, episode, expectations)),
    ...unsteady.filter((each) => !told.some((other) => touches(other, each))).map((each) => describeUnsteady(series, lanes, each)),
    ...loud.map((silence) => describeSilence(series, lanes, silence)),
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
