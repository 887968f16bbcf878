import type { Anomaly, Detect, MetricSeries } from "../contract/detect.js";
import { compareText } from "../kit/text.js";
import { scalesOf } from "./edges.js";
import { type Episode, episodesIn } from "./episodes.js";
import { residualsOf } from "./expectations.js";
import { type Lanes, lanesOf } from "./lanes.js";
import { contrastOf } from "./moving-sums.js";
import { median } from "./robust.js";
import { type Silence, silencesIn } from "./silences.js";
import { type Unsteady, unsteadyIn } from "./unsteadiness.js";

/** A run this short that is over is a spike or a drop. */
const SHORT = 14;

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
    lanes.baselines.map((lane) => contrastOf(lane.values)),
  );
  const levels = episodesIn(contrasts, scales);
  const unsteady = unsteadyIn(lanes, levels);
  const episodes = levels.filter((episode) => !unsteady.some((each) => covers(each, episode)));
  const loud = silences.filter((silence) => !episodes.some((episode) => silence.kind === "flatline" && touches(episode, silence)));
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

/** Some samples around: where unsteadiness begins is known less sharply. */
function covers(unsteady: Stretch, { onset }: Stretch): boolean {
  return onset >= unsteady.onset - 12 && onset <= (unsteady.until ?? Infinity) + 12;
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
