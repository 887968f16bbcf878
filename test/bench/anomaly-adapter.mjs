import { detectAnomalies } from "../../dist/src/detect/index.js";

const MICROS = 1_000_000;

/**
 * The detector in the form that the anomaly bench calls: unix seconds, one series at a time, an inclusive window. Needs a
 * build (`npm run build`) first.
 */
export function detect({ id, step, type, t, v, window, baseline }) {
  const [from, last] = window ?? [t[0], t[t.length - 1]];
  const until = last + step;
  const series = {
    series: id,
    unit: null,
    type,
    stepMicros: step * MICROS,
    times: Float64Array.from(t).map((at) => at * MICROS),
    values: Float64Array.from(v),
    window: { from: from * MICROS, until: until * MICROS },
    baselines: (baseline ?? []).map(([first, end]) => ({ from: first * MICROS, until: (end + step) * MICROS })),
  };
  return detectAnomalies([series]).map(({ onset, end, kind, score }) => ({
    onset: onset / MICROS,
    end: end === null ? null : end / MICROS,
    kind,
    score,
  }));
}
