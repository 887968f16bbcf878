import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { detectAnomalies } from "../../src/detect/index.js";
import { type Made, noiseOf, seriesOf, START, timeOf } from "./series.js";

const find = (made: Made) => detectAnomalies([seriesOf(made)]);
const within = (index: number, from: number, until: number) => index >= from && index < until;

describe("each kind, with its first and last sample", () => {
  const kinds: readonly (readonly [string, string, Made["at"], number, number | null])[] = [
    ["a spike", "spike", (index, noise) => 100 + noise + (within(index, 300, 305) ? 40 : 0), 300, 305],
    ["a drop", "drop", (index, noise) => 100 + noise - (within(index, 300, 306) ? 40 : 0), 300, 306],
    ["a level that stays", "level_shift", (index, noise) => 100 + noise + (index >= 400 ? 20 : 0), 400, null],
    ["a level that comes back", "level_shift", (index, noise) => 100 + noise + (within(index, 200, 330) ? 20 : 0), 200, 330],
    ["no samples", "missing", (index, noise) => (within(index, 350, 400) ? Number.NaN : 100 + noise), 350, 400],
    ["samples that stop", "missing", (index, noise) => (index >= 600 ? Number.NaN : 100 + noise), 600, null],
    ["a frozen value", "flatline", (index, noise) => (within(index, 350, 450) ? 100.25 : 100 + noise), 351, 450],
  ];
  test.each(kinds)("%s", (_, kind, at, onset, end) => {
    expect(find({ at }).map((each) => [each.kind, each.onset, each.end])).toEqual([
      [kind, timeOf(onset), end === null ? null : timeOf(end)],
    ]);
  });

  test("a slow rise begins where it leaves the level", () => {
    const [ramp, ...others] = find({ at: (index, noise) => 100 + noise + Math.max(0, Math.min(1, (index - 300) / 120)) * 40 });
    expect(others).toEqual([]);
    expect(ramp?.kind).toBe("ramp");
    expect(Math.abs(ramp!.onset - timeOf(300))).toBeLessThanOrEqual(8 * 30e6);
  });

  test("a stretch of wild values is unsteady, and not many spikes", () => {
    const [found, ...others] = find({ at: (index, noise) => 100 + noise * (within(index, 300, 450) ? 8 : 1) });
    expect(others).toEqual([]);
    expect(found?.kind).toBe("variance");
    expect(Math.abs(found!.onset - timeOf(300))).toBeLessThanOrEqual(12 * 30e6);
  });

  test("usual, extreme, factor and direction are in the metric's own unit", () => {
    const [found] = find({ at: (index, noise) => 2 + noise / 50 + (index >= 400 ? 18 : 0) });
    expect(found).toMatchObject({ direction: "up", precisionMicros: 30e6 });
    expect(found!.usual).toBeCloseTo(2, 0);
    expect(found!.factor).toBeGreaterThan(9);
    expect(found!.score).toBeGreaterThan(0.5);
  });
});

describe("no news", () => {
  const season = (index: number) => 100 + 40 * Math.sin((index / 720) * 1.5);
  const silent: readonly (readonly [string, Made])[] = [
    ["noise", { at: (_, noise) => 100 + noise }],
    ["a constant", { at: () => 5 }],
    ["zero", { at: () => 0 }],
    ["nothing at all", { at: () => Number.NaN }],
    ["a season that earlier days have", { at: (index, noise) => season(index) + noise, days: [1, 7] }],
    ["a batch job at its usual time", { at: (index, noise) => 100 + noise + (within(index, 300, 360) ? 60 : 0), days: [1] }],
    ["spikes by the clock", { at: (index, noise) => 100 + noise + (index % 60 < 2 ? 80 : 0), days: [7] }],
    ["an incident of a week ago", { at: (index, noise, day) => 100 + noise + (day === 7 && within(index, 300, 400) ? 60 : 0), days: [7] }],
    ["a lone sample like another one", { at: (index, noise) => 100 + noise + (index === 200 || index === 500 ? 40 : 0) }],
    ["one replica more of six", { at: (index) => (index < 400 ? 6 : 7) }],
    ["a hundredth more of what scatters by as much", { at: (index, noise) => 1000 + 4 * noise + (index >= 400 ? 10 : 0) }],
    ["single samples that are not there", { at: (index, noise) => (index % 37 === 0 ? Number.NaN : 100 + noise) }],
    ["a last bucket that is not full yet", { at: (index, noise) => (index === 719 ? 20 : 100 + noise) }],
    ["a few errors now and then", { at: (index, noise) => (noise > 1.1 ? 1 : 0) + (index % 97 === 0 ? 1 : 0) }],
    ["a metric that seldom reports", { at: (index, noise) => (index % 19 === 0 ? 3 + Math.round(noise) : Number.NaN) }],
  ];
  test.each(silent)("%s", (_, made) => {
    expect(find(made)).toEqual([]);
  });

  test("a lone sample of an hour is not brief", () => {
    const at: Made["at"] = (index, noise) => 100 + noise + (index === 200 || index === 500 ? 40 : 0);
    expect(find({ at, stepSeconds: 3600 }).map((each) => each.onset)).toEqual([timeOf(200, 3600), timeOf(500, 3600)]);
  });

  test("a lone sample unlike any other, and one unit more of two, are news", () => {
    expect(find({ at: (index, noise) => 100 + noise + (index === 300 ? 60 : 0) }).map((each) => each.onset)).toEqual([timeOf(300)]);
    expect(find({ at: (index) => (index < 400 ? 2 : 3) }).map((each) => each.onset)).toEqual([timeOf(400)]);
  });

  test("the way back is not told again", () => {
    const found = find({ at: (index, noise) => 100 + noise + (within(index, 100, 620) ? 20 + (index - 100) / 100 : 0) });
    expect(found.map((each) => each.direction)).toEqual(["up"]);
  });

  test("a counter that begins anew", () => {
    let total = 1e6;
    const at = (index: number, noise: number) => (total = index === 400 ? 0 : total + 300 + Math.round(10 * noise));
    expect(find({ type: "counter", at })).toEqual([]);
  });

  test("a counter that stops counting as it did is news", () => {
    let total = 1e6;
    const at = (index: number, noise: number) => (total += index >= 400 ? 30 : 300 + Math.round(10 * noise));
    expect(find({ type: "counter", at })[0]).toMatchObject({ onset: timeOf(400), direction: "down" });
  });
});

describe("any size, step and order", () => {
  test.each([1e-9, 1e-3, 1, 1e6, 1e15])("the same finding at %d times the size", (size) => {
    const found = find({ at: (index, noise) => size * (100 + noise + (index >= 400 ? 20 : 0)) });
    expect(found.map((each) => [each.kind, each.onset])).toEqual([["level_shift", timeOf(400)]]);
  });

  test.each([1, 10, 300, 3600])("a step of %d s", (stepSeconds) => {
    const found = find({ stepSeconds, at: (index, noise) => 100 + noise + (within(index, 400, 460) ? 30 : 0) });
    expect(found.map((each) => [each.onset, each.precisionMicros])).toEqual([[timeOf(400, stepSeconds), stepSeconds * 1e6]]);
  });

  test("times that are not even", () => {
    const made = seriesOf({ at: (index, noise) => 100 + noise + (index >= 400 ? 30 : 0) });
    const noise = noiseOf(9);
    const times = made.times.map((at) => at + Math.round(noise() * 2e6));
    const [found] = detectAnomalies([{ ...made, times, window: { from: START - 1e8, until: made.window.until + 1e8 } }]);
    expect(Math.abs(found!.onset - timeOf(400))).toBeLessThanOrEqual(30e6);
  });

  test("nothing is asked of too few samples", () => {
    expect(find({ length: 0, at: () => 1 })).toEqual([]);
    expect(find({ length: 5, at: (index) => index })).toEqual([]);
  });

  test("by onset, then by name", () => {
    const made = (name: string) => seriesOf({ name, at: (index, noise) => 100 + noise + (index >= 400 ? 30 : 0) });
    expect(detectAnomalies([made("b"), made("a")]).map((each) => each.series)).toEqual(["a", "b"]);
  });
});

test("whatever the values: no exception, the same answer twice, findings in order inside the window", () => {
  const value = fc.oneof(fc.double({ min: -1e15, max: 1e15 }), fc.constantFrom(0, 1, Number.NaN, 1e-9, 1e15, Infinity));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300 }), fc.boolean(), (values, hasBaseline) => {
      const made = seriesOf({ length: values.length, at: (index) => values[index]!, days: hasBaseline ? [1] : [] });
      const found = detectAnomalies([made]);
      expect(detectAnomalies([made])).toEqual(found);
      for (const { onset, end, score } of found) {
        expect(onset).toBeGreaterThanOrEqual(made.window.from);
        expect(end ?? Infinity).toBeGreaterThan(onset);
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 150 },
  );
});
