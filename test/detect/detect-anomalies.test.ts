import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MetricSeries } from "../../src/contract/detect.js";
import { detectAnomalies } from "../../src/detect/detect-anomalies.js";

const STEP = 20_000_000;
const START = Date.UTC(2026, 2, 4, 6) * 1000;
const DAY = 86_400_000_000;
const LENGTH = 600;

type Shape = (index: number) => number;

/** Noise that is the same on every machine. */
function noise(seed: number): Shape {
  return (index) => {
    const wave = Math.sin((index + 1) * 12.9898 + seed * 78.233) * 43758.5453;
    return (wave - Math.floor(wave) - 0.5) * 2;
  };
}

function seriesOf(value: Shape, options: { name?: string; earlier?: readonly Shape[] } = {}): MetricSeries {
  const earlier = options.earlier ?? [];
  const buckets = Array.from({ length: LENGTH }, (_, index) => index);
  const times = (from: number) => buckets.map((index) => from + index * STEP);
  const window = { from: START, until: START + LENGTH * STEP };
  // Furthest first, as the points come; the window names the nearest first.
  const baselines = earlier.map((_, index) => ({ from: window.from - (index + 1) * DAY, until: window.until - (index + 1) * DAY }));
  return {
    series: options.name ?? "checkout.errors",
    unit: null,
    type: "gauge",
    stepMicros: STEP,
    times: Float64Array.from([...baselines.toReversed().flatMap(({ from }) => times(from)), ...times(START)]),
    values: Float64Array.from([...earlier.toReversed().flatMap((shape) => buckets.map(shape)), ...buckets.map(value)]),
    window,
    baselines,
  };
}

const quiet: Shape = (index) => 100 + 3 * noise(1)(index);
const inside = (index: number, from: number, until: number) => index >= from && index < until;
const found = (series: MetricSeries) =>
  detectAnomalies([series]).map(({ kind, direction, onset, end }) => [
    kind,
    direction,
    (onset - START) / STEP,
    end === null ? null : (end - START) / STEP,
  ]);

describe("what stands out", () => {
  it.each<[string, Shape, unknown[]]>([
    ["a short peak", (i) => quiet(i) + (inside(i, 300, 306) ? 80 : 0), ["spike", "up", 300, 306]],
    ["a short drop", (i) => quiet(i) - (inside(i, 300, 306) ? 80 : 0), ["drop", "down", 300, 306]],
    ["another level that ends", (i) => quiet(i) + (inside(i, 300, 420) ? 50 : 0), ["level_shift", "up", 300, 420]],
    ["another level that goes on", (i) => quiet(i) - (i >= 400 ? 50 : 0), ["level_shift", "down", 400, null]],
    ["short dips inside", (i) => quiet(i) + (inside(i, 300, 420) && i % 30 > 2 ? 50 : 0), ["level_shift", "up", 303, 420]],
    ["errors from nothing", (i) => (inside(i, 300, 340) ? 40 + (i % 5) : 0), ["level_shift", "up", 300, 340]],
    ["a slow rise", (i) => quiet(i) + (i >= 300 ? Math.min(200, i - 300) : 0), ["ramp", "up", expect.any(Number), null]],
    ["silence", (i) => (inside(i, 300, 330) ? Number.NaN : quiet(i)), ["missing", "none", 300, 330]],
    ["standing still", (i) => (inside(i, 300, 360) ? 100 : quiet(i)), ["flatline", "none", 301, 360]],
  ])("%s", (_, shape, expected) => {
    expect(found(seriesOf(shape))).toEqual([expected]);
  });

  it("is told with what is usual, how far it went and how sure it is", () => {
    const [anomaly] = detectAnomalies([seriesOf((i) => (inside(i, 300, 420) ? 400 : quiet(i)))]);

    expect(anomaly).toMatchObject({ series: "checkout.errors", extreme: 400, precisionMicros: STEP });
    expect(anomaly!.usual).toBeGreaterThan(95);
    expect(anomaly!.usual).toBeLessThan(105);
    expect(anomaly!.factor).toBeCloseTo(4, 0);
    expect(anomaly!.score).toBeGreaterThan(0.5);
    expect(anomaly!.score).toBeLessThan(1);
  });

  it("has a score and no factor where the usual value is next to nothing", () => {
    const tiny = Number.MIN_VALUE;
    const [anomaly] = detectAnomalies([seriesOf((i) => (i >= 400 ? 1e12 : i % 2 === 0 ? tiny : 3 * tiny))]);
    expect(anomaly).toMatchObject({ score: 1, factor: null });
  });

  it("comes in order of onset, then of series", () => {
    const at = (from: number, name: string) => seriesOf((i) => quiet(i) + (i >= from ? 90 : 0), { name });
    expect(detectAnomalies([at(400, "a"), at(300, "c"), at(300, "b")]).map(({ series }) => series)).toEqual(["b", "c", "a"]);
  });
});

describe("what stays silent", () => {
  const wave: Shape = (i) => 100 + 90 * Math.sin(i / 60) + 3 * noise(2)(i);

  it.each<[string, Shape, Shape[]?]>([
    ["noise", quiet],
    ["a constant", () => 5],
    ["nothing but zeros", () => 0],
    ["no samples", () => Number.NaN],
    ["one dropped sample", (i) => (i === 300 ? 0 : quiet(i))],
    ["an unfinished last bucket", (i) => (i === LENGTH - 1 ? 10 : quiet(i))],
    ["few samples", (i) => (i % 7 === 0 ? quiet(i) : Number.NaN)],
    ["a job by the clock, seen on the day before", (i) => quiet(i) + (i % 100 < 4 ? 80 : 0), [(i) => quiet(i) + (i % 100 < 4 ? 80 : 0)]],
    ["the same hours as the day before", wave, [(i) => 100 + 90 * Math.sin(i / 60) + 3 * noise(3)(i)]],
    ["a busier day as a whole", (i) => wave(i) + 40, [wave]],
    ["an incident of one of two earlier days", quiet, [(i) => quiet(i) + (inside(i, 300, 330) ? 500 : 0), quiet]],
  ])("%s", (_, shape, earlier) => {
    expect(found(seriesOf(shape, earlier ? { earlier } : {}))).toEqual([]);
  });

  it("while a departure from the day before is found on the sample", () => {
    expect(found(seriesOf((i) => wave(i) + (inside(i, 300, 400) ? 80 : 0), { earlier: [wave] }))).toEqual([
      ["level_shift", "up", 300, 400],
    ]);
  });
});

it("gives the same for the same, inside the window, for any values", () => {
  const value = fc.oneof(fc.double({ noNaN: false, min: -1e12, max: 1e12 }), fc.constant(0), fc.constant(Number.NaN));
  fc.assert(
    fc.property(fc.array(value, { minLength: LENGTH, maxLength: LENGTH }), (values) => {
      const series = seriesOf((index) => values[index]!);
      const anomalies = detectAnomalies([series]);
      expect(detectAnomalies([series])).toEqual(anomalies);
      for (const { onset, end, score } of anomalies) {
        expect(onset >= series.window.from && onset < series.window.until && (end === null || end > onset)).toBe(true);
        expect(score >= 0 && score <= 1).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
});
