import { describe, expect, it } from "vitest";
import { detectAnomalies, type Series } from "../../src/detect-entry.js";

const MINUTE = 60_000_000;
const from = Date.UTC(2026, 2, 4) * 1000;
const times = Float64Array.from({ length: 480 }, (_, index) => from + index * MINUTE);
const values = times.map((_, index) => 10 + (index % 3) + (index >= 200 && index < 240 ? 50 : 0));
const series: Series = { times, values, stepMicros: MINUTE, window: { from, until: from + 480 * MINUTE } };

describe("the package's detector", () => {
  it("takes one series or several, and needs no more than points, step and window", () => {
    const one = detectAnomalies(series);
    expect(one.map(({ kind, onset, end }) => [kind, (onset - from) / MINUTE, (end! - from) / MINUTE])).toEqual([["level_shift", 200, 240]]);
    expect(detectAnomalies([series, { ...series, series: "b" }]).map((each) => each.series)).toEqual(["", "b"]);
    expect(detectAnomalies([])).toEqual([]);
  });

  it.each<[string, Partial<Series>, RegExp]>([
    ["lists instead of arrays of doubles", { values: [1, 2] as unknown as Float64Array }, /Float64Array/],
    ["two lengths", { values: values.subarray(1) }, /received 480 and 479/],
    ["no step", { stepMicros: 0 }, /received 0/],
    ["a span that ends before it begins", { baselines: [{ from: 2, until: 1 }] }, /received 2 and 1/],
  ])("refuses %s", (_, change, message) => {
    expect(() => detectAnomalies({ ...series, ...change })).toThrow(message);
  });
});
