import type { MetricSeries } from "../../src/contract/detect.js";

const MICROS = 1_000_000;
/** A Monday, so that weekends are where one expects them. */
export const START = Date.UTC(2024, 2, 4, 12) * 1000;

/** Small, seeded, even noise: the same series on every machine. */
export function noiseOf(seed: number): () => number {
  let state = seed >>> 0 || 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  return () => uniform() + uniform() + uniform() + uniform() + uniform() + uniform() - 3;
}

export interface Made {
  readonly length?: number;
  readonly stepSeconds?: number;
  readonly type?: MetricSeries["type"];
  /** Value at a sample; `day` is 0 in the window, 1 on the day before, 7 a week before. */
  readonly at: (index: number, noise: number, day: number) => number;
  readonly days?: readonly number[];
  readonly seed?: number;
  readonly name?: string;
}

export function seriesOf({
  length = 720,
  stepSeconds = 30,
  type = "gauge",
  at,
  days = [],
  seed = 1,
  name = "shop.load",
}: Made): MetricSeries {
  const noise = noiseOf(seed);
  const step = stepSeconds * MICROS;
  const times: number[] = [];
  const values: number[] = [];
  for (const day of [...days].sort((a, b) => b - a).concat(0)) {
    for (let index = 0; index < length; index += 1) {
      times.push(START - day * 86_400 * MICROS + index * step);
      values.push(at(index, noise(), day));
    }
  }
  const span = (day: number) => ({ from: START - day * 86_400 * MICROS, until: START - day * 86_400 * MICROS + length * step });
  return {
    series: name,
    unit: null,
    type,
    stepMicros: step,
    times: Float64Array.from(times),
    values: Float64Array.from(values),
    window: span(0),
    baselines: days.map(span),
  };
}

export function timeOf(index: number, stepSeconds = 30): number {
  return START + index * stepSeconds * MICROS;
}
