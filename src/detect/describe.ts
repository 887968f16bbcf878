import type { Anomaly, MetricSeries } from "../contract/detect.js";
import type { Episode } from "./episodes.js";
import { type Expectation, JUST_BEFORE } from "./expectations.js";
import type { Lanes } from "./lanes.js";
import { median, sigma } from "./robust.js";
import type { Silence } from "./silences.js";
import type { Unsteady } from "./unsteadiness.js";

/** A run this short that is over is a spike or a drop. */
const SHORT = 14;
/** Samples before an unsteady stretch that tell what was usual. */
const AROUND = 60;

/** A change of level: a spike, a drop, a shift or a ramp. */
export function describeLevel(series: MetricSeries, lanes: Lanes, episode: Episode, expectations: readonly Expectation[]): Anomaly {
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
    score: scoreOf(episode),
    figures: {
      test: "level",
      samples: episode.width,
      expectedFrom: expectations.map(({ from }) => from),
      change: rounded(episode.change),
      noise: rounded(episode.noise),
      needed: rounded(episode.needed),
    },
  };
}

/** A stretch that scatters: `change` is how much the values do then, `noise` how much they did before. */
export function describeUnsteady(series: MetricSeries, lanes: Lanes, unsteady: Unsteady): Anomaly {
  const { values } = lanes.window;
  const during = values.subarray(unsteady.onset, unsteady.until ?? values.length);
  const before = values.subarray(Math.max(0, unsteady.onset - AROUND), unsteady.onset);
  const usual = median(before);
  const scatter = (some: Float64Array) => rounded(sigma(some.map((value) => value - usual)));
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
    score: scoreOf(unsteady),
    figures: {
      test: "scatter",
      samples: during.length,
      expectedFrom: [JUST_BEFORE],
      change: scatter(during),
      noise: scatter(before),
      needed: null,
    },
  };
}

/** Nothing, or nothing new. */
export function describeSilence(series: MetricSeries, lanes: Lanes, silence: Silence): Anomaly {
  const usual = rounded(median(lanes.window.values.subarray(0, silence.onset)));
  return {
    series: series.series,
    kind: silence.kind,
    ...placeOf(lanes, silence),
    direction: "none",
    usual,
    extreme: silence.kind === "missing" ? usual : lanes.window.values[silence.onset]!,
    factor: null,
    score: scoreOf(silence),
    figures: {
      test: "silence",
      samples: (silence.until ?? lanes.window.values.length) - silence.onset,
      expectedFrom: ["other runs of this series"],
      change: null,
      noise: null,
      needed: null,
    },
  };
}

function placeOf({ window }: Lanes, { onset, until }: { readonly onset: number; readonly until: number | null }) {
  const at = (index: number) => window.from + index * window.step;
  return { onset: at(onset), end: until === null ? null : at(until), precisionMicros: window.step };
}

/** Above 0.5: what was just enough is 0.5. */
function scoreOf({ strength }: { readonly strength: number }): number {
  return rounded(strength / (strength + 1));
}

/** Six digits: the same on every machine, and all that a metric means. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
