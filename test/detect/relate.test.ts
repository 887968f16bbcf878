import { describe, expect, it } from "vitest";
import { detectAnomalies } from "../../src/detect/index.js";
import { seriesOf, timeOf } from "./series.js";

/** Steps up at a sample, thirty seconds each. */
const stepAt = (name: string, first: number, seed: number) =>
  seriesOf({ name, seed, at: (index, noise) => 100 + noise + (index >= first ? 30 : 0) });
const told = (...series: Parameters<typeof detectAnomalies>[0]) =>
  detectAnomalies(series).map(({ series: name, members = [] }) => [name, ...members.map((each) => each.series)]);

describe("series of one service that depart together", () => {
  it("are one finding, the earliest first, by the beginning of their names", () => {
    expect(told(stepAt("shop.errors", 402, 1), stepAt("shop.p95", 401, 2), stepAt("shop.cpu", 400, 3))).toEqual([
      ["shop.cpu", "shop.p95", "shop.errors"],
    ]);
  });

  it("are one finding by their tag", () => {
    const [errors, cpu] = [stepAt("trace.errors{env:prod,service:shop}", 400, 1), stepAt("box.cpu{service:shop}", 401, 2)];
    expect(told(errors, cpu, stepAt("trace.errors{env:prod,service:bank}", 400, 3))).toEqual([
      ["trace.errors{env:prod,service:bank}"],
      ["trace.errors{env:prod,service:shop}", "box.cpu{service:shop}"],
    ]);
  });

  it("are told apart when they depart apart, and when nothing says that they belong together", () => {
    expect(told(stepAt("shop.errors", 400, 1), stepAt("shop.p95", 410, 2))).toEqual([["shop.errors"], ["shop.p95"]]);
    expect(told(stepAt("errors", 400, 1), stepAt("latency", 400, 2))).toEqual([["errors"], ["latency"]]);
  });
});

describe("what a finding rests on", () => {
  it("is told in the metric's unit", () => {
    const [found] = detectAnomalies([
      seriesOf({ days: [1, 7], at: (index, noise, day) => 100 + noise + (day === 0 && index >= 400 ? 30 : 0) }),
    ]);
    expect(found?.figures).toMatchObject({ test: "level", expectedFrom: ["the samples before", "a day earlier", "7 days earlier"] });
    expect(found!.figures!.change).toBeCloseTo(30, -0.5);
    expect(found!.figures!.needed).toBeLessThan(30);
    expect(found!.figures!.noise).toBeLessThan(found!.figures!.needed!);
  });

  it("is the length of a run, or how far values scatter", () => {
    const find = (at: Parameters<typeof seriesOf>[0]["at"]) => detectAnomalies([seriesOf({ at })])[0]!;
    const silent = find((index, noise) => (index >= 350 && index < 400 ? Number.NaN : 100 + noise));
    expect(silent.figures).toMatchObject({ test: "silence", samples: 50 });
    const wild = find((index, noise) => 100 + noise * (index >= 300 && index < 450 ? 8 : 1));
    expect(wild.figures!.test).toBe("scatter");
    expect(wild.figures!.change).toBeGreaterThan(4 * wild.figures!.noise!);
    expect(timeOf(300)).toBeLessThan(wild.end!);
  });
});
