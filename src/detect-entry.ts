import type { Anomaly, AnomalyKind, Detect, MetricSeries } from "./contract/detect.js";
import { detectAnomalies as detect } from "./detect/index.js";
import type { Span } from "./kit/instant.js";

export type { Anomaly, AnomalyKind, Span };

/** One metric series as anybody has it: points, and where to look. */
export interface Series extends Pick<MetricSeries, "times" | "values" | "stepMicros" | "window"> {
  /** Of the findings; empty when nothing is said. */
  readonly series?: string;
  readonly unit?: string | null;
  /** `gauge` when nothing is said. `counter`: a total that only grows, until its process starts anew. */
  readonly type?: MetricSeries["type"];
  /** Earlier days, each as long as the window; none when nothing is said. */
  readonly baselines?: readonly Span[];
}

/**
 * Where metrics left what is usual for them: looks back at whole spans, pure, without settings, the same answer each time.
 *
 * One series or several: `times` (Float64Array, bucket starts in microseconds UTC, ascending; the window and the baselines
 * together), `values` (Float64Array of the same length, in the metric's own unit; NaN: no sample), `stepMicros`
 * (microseconds between samples), `type`, `window` and `baselines` (half-open: `from` is in, `until` is out; microseconds UTC).
 *
 * Findings lie inside the window, by onset, then series. `onset` is the first sample that departs, `end` the first that is
 * back (null: none is), both microseconds UTC and as precise as `precisionMicros`; `usual` and `extreme` are in the metric's
 * unit, of counters in units a second; `score` lies between 0 and 1 and compares between metrics.
 *
 * @throws {TypeError} for series of another shape.
 */
export function detectAnomalies(series: Series | readonly Series[]): ReturnType<Detect> {
  const list = Array.isArray(series) ? (series as readonly Series[]) : [series as Series];
  return detect(list.map(whole));
}

function whole(series: Series): MetricSeries {
  const { times, values, stepMicros, window } = series;
  if (!(times instanceof Float64Array) || !(values instanceof Float64Array)) throw new TypeError("times and values are Float64Arrays");
  if (times.length !== values.length)
    throw new TypeError(`times and values are of the same length, received ${times.length} and ${values.length}`);
  if (!(stepMicros > 0)) throw new TypeError(`stepMicros is a number above 0, received ${stepMicros}`);
  for (const { from, until } of [window, ...(series.baselines ?? [])])
    if (!(from < until)) throw new TypeError(`a span has from before until, received ${from} and ${until}`);
  const { series: name = "", unit = null, type = "gauge", baselines = [] } = series;
  return { series: name, unit, type, stepMicros, times, values, window, baselines };
}
