import { describe, expect, it } from "vitest";
import { formatNumber } from "../../src/draft/numbers.js";
import { anomaly, at, draftOf, series, textOf, WINDOW } from "./builders.js";

describe("formatNumber", () => {
  it.each([
    [0, "0"],
    [38, "38"],
    [0.4, "0.4"],
    [0.123_456, "0.123"],
    [9.999, "10"],
    [1234.5, "1235"],
    [12_345.6, "12,346"],
    [-2_500_000, "-2,500,000"],
    [0.000_012_34, "0.0000123"],
    [1e-9, "almost 0"],
    [3e18, "10^18"],
    [Number.NaN, "no value"],
  ])("%d is %s", (value, expected) => {
    expect(formatNumber(value)).toBe(expected);
  });
});

describe("an anomaly as an entry", () => {
  const wording = (fields: Parameters<typeof anomaly>[2], unit: string | null = null) =>
    textOf(
      draftOf([], { anomalies: [anomaly("checkout.errors", "12:05", fields)], series: [series("checkout.errors", { unit })] }).entries[0]!
        .text,
    );

  it.each([
    [{ end: at("14:09") }, "checkout.errors rose from 0.4 to 38 (95 x usual); back to usual at 14:09:00Z"],
    [{ end: at("14:09") + 86_400e6 }, "checkout.errors rose from 0.4 to 38 (95 x usual); back to usual at 2031-05-07T14:09:00Z"],
    [{ direction: "down", factor: 0.2 }, "checkout.errors fell from 0.4 to 38; not back to usual by the end of the window"],
    [{ kind: "missing" }, "checkout.errors reported nothing; usual is 0.4; not back to usual by the end of the window"],
    [{ kind: "flatline", extreme: 0 }, "checkout.errors stayed at 0; usual is 0.4; not back to usual by the end of the window"],
    [{ kind: "variance" }, "checkout.errors became unsteady, up to 38; usual is 0.4; not back to usual by the end of the window"],
  ] as const)("reads %#", (fields, expected) => {
    expect(wording(fields)).toBe(expected);
  });

  it("names the unit once", () => {
    expect(wording({}, "requests")).toContain("from 0.4 to 38 requests (95 x usual)");
  });

  it("has the evidence id of the design, an end, a link, and a record", () => {
    const result = draftOf([], { anomalies: [anomaly("e{env:prod}", "12:05", { end: at("13:00") })], series: [series("e{env:prod}")] });
    const id = "watch-metric:e{env:prod}@2031-05-06T12:05:00Z";
    expect(result.entries[0]).toMatchObject({
      kind: "metric.anomaly",
      category: "metric",
      at: at("12:05"),
      endedAt: at("13:00"),
      evidence: [id],
      confidence: "inferred",
      links: [{ label: "e{env:prod}", url: "https://watch.example/g" }],
    });
    expect(result.anomalies).toMatchObject([{ id, entry: result.entries[0]!.id }]);
    expect(result.evidence.map((each) => each.id)).toEqual([id]);
  });

  it("shows none that began outside the metric span or of a series that this build does not see", () => {
    const early = anomaly("a", "12:00", { onset: WINDOW.spans.metric.from - 1 });
    expect(draftOf([], { anomalies: [early, anomaly("b", "12:00")], series: [series("a")] }).entries).toEqual([]);
  });

  it("keeps a private series private", () => {
    const result = draftOf([], { anomalies: [anomaly("a", "12:00")], series: [series("a", { visibility: "private" })] });
    expect(result.entries[0]!.visibility).toBe("private");
  });

  it("is one entry with its members, which stand beside it", () => {
    const member = anomaly("checkout.p95", "12:06", { usual: 0.2, extreme: 1, factor: 5, score: 0.95 });
    const first = anomaly("checkout.errors", "12:05", { end: at("14:09"), members: [member] });
    const result = draftOf([], { anomalies: [first], series: [series("checkout.errors"), series("checkout.p95")] });
    const [entry] = result.entries;
    expect(result.entries).toHaveLength(1);
    expect(textOf(entry!.text)).toBe(
      "checkout.errors rose from 0.4 to 38 (95 x usual); back to usual at 14:09:00Z. With it checkout.p95 rose from 0.2 to 1 (5 x usual)",
    );
    expect(result.anomalies.map((each) => [each.series, each.entry, each.members])).toEqual([
      ["checkout.errors", entry!.id, undefined],
      ["checkout.p95", entry!.id, undefined],
    ]);
    expect(entry!.evidence).toEqual(result.anomalies.map(({ id }) => id));
    expect(result.evidence.map(({ id }) => id)).toEqual(entry!.evidence);
  });

  it("tells members apart that not everybody may see", () => {
    const first = anomaly("a.b", "12:05", { members: [anomaly("a.c", "12:05")] });
    const result = draftOf([], { anomalies: [first], series: [series("a.b"), series("a.c", { visibility: "private" })] });
    expect(result.entries.map(({ visibility, evidence }) => [visibility, evidence.length])).toEqual([
      ["public", 1],
      ["private", 1],
    ]);
  });
});
