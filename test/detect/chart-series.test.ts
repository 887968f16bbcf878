import { describe, expect, it } from "vitest";
import type { MetricSeries } from "../../src/contract/detect.js";
import { chartSeries } from "../../src/detect/index.js";

const MINUTE = 60_000_000;
const DAY = 1440 * MINUTE;
const START = 1_772_000_000 * 1_000_000;

function series(values: readonly number[], baseline: readonly number[] = []): MetricSeries {
  const window = { from: START, until: START + values.length * MINUTE };
  const earlier = baseline.map((_, index) => START - DAY + index * MINUTE);
  return {
    series: "checkout.errors",
    unit: "errors",
    type: "gauge",
    stepMicros: MINUTE,
    times: Float64Array.from([...earlier, ...values.map((_, index) => START + index * MINUTE)]),
    values: Float64Array.from([...baseline, ...values]),
    window,
    baselines: baseline.length === 0 ? [] : [{ from: START - DAY, until: window.until - DAY }],
  };
}

describe("a series for a chart", () => {
  it("keeps a short one as it is, with null for what is missing", () => {
    const chart = chartSeries(series([1, Number.NaN, 3]));

    expect(chart).toEqual({
      series: "checkout.errors",
      unit: "errors",
      stepSeconds: 60,
      times: [START, START + MINUTE, START + 2 * MINUTE],
      values: [1, null, 3],
    });
  });

  it("thins a long one to 300 points at the most, in order, and loses no peak", () => {
    const values = Array.from({ length: 5000 }, (_, index) => (index === 3777 ? 99 : index === 1234 ? -99 : index % 7));
    const chart = chartSeries(series(values));

    expect(chart.times.length).toBeLessThanOrEqual(300);
    expect(chart.times).toEqual([...chart.times].sort((a, b) => a - b));
    expect(chart.values[chart.times.indexOf(START + 3777 * MINUTE)]).toBe(99);
    expect(chart.values[chart.times.indexOf(START + 1234 * MINUTE)]).toBe(-99);
  });

  it("has the range of earlier days where they are known", () => {
    const chart = chartSeries(series(Array<number>(120).fill(50), Array<number>(120).fill(7)));

    expect(chart.baseline).toHaveLength(chart.times.length);
    expect(chart.baseline![60]).toEqual({ lower: 7, upper: 7 });
  });

  it("is empty for a series without points", () => {
    expect(chartSeries(series([]))).toMatchObject({ times: [], values: [] });
  });
});
