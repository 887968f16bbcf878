import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { givesSeveralSeries, isOneQuery, seriesType, withRollup } from "../../../connectors/datadog/query.js";
import { requestsOf, sliceSeconds, slicesOf } from "../../../connectors/datadog/slices.js";
import { MICROS_PER_SECOND } from "../../../src/kit/instant.js";

describe("withRollup", () => {
  it.each([
    ["system.cpu.idle{*}", "system.cpu.idle{*}.rollup(avg, 20)"],
    ["sum:a.b{x:y} by {host,env}.as_count()", "sum:a.b{x:y} by {host,env}.as_count().rollup(sum, 20)"],
    ["sum:a{*}.as_rate().fill(zero)", "sum:a{*}.as_rate().rollup(avg, 20).fill(zero)"],
    ["100 * sum:e{*}.as_count() / sum:h{*}.as_count()", "100 * sum:e{*}.as_count().rollup(sum, 20) / sum:h{*}.as_count().rollup(sum, 20)"],
    ["top(avg:m{*} by {h}, 5, 'mean', 'desc')", "top(avg:m{*} by {h}.rollup(avg, 20), 5, 'mean', 'desc')"],
    ["max:a{*}.rollup(max, 60) - min:b{*}", "max:a{*}.rollup(max, 60) - min:b{*}.rollup(min, 20)"],
    ["p95:trace.x{a:b AND (c:d OR e:f)}", "p95:trace.x{a:b AND (c:d OR e:f)}.rollup(20)"],
    ["moving_rollup(max:m{*} BY {h}, 60, 'max')", "moving_rollup(max:m{*} BY {h}.rollup(max, 20), 60, 'max')"],
    ["avg:m{", "avg:m{"],
    ["{*}", "{*}"],
  ])("%s", (query, expected) => {
    expect(withRollup(query, 20)).toBe(expected);
  });

  it("only adds, whatever the text, and a second time nothing", () => {
    const pieces = fc.array(
      fc.constantFrom("avg:", "m", "{", "}", "(", ")", ".", "as_count()", " by ", "'", '"', "*", ",", " ", "rollup(max, 60)"),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const query = parts.join("");
        const once = withRollup(query, 20);
        expect(once.replaceAll(/\.rollup\((?:(?:avg|sum|max|min), )?20\)/g, "")).toBe(query);
        expect(withRollup(once, 20)).toBe(once);
      }),
    );
  });
});

it("tells from the query alone how many series there may be, and of which type", () => {
  expect([givesSeveralSeries("avg:m{*} by {h}"), givesSeveralSeries("avg:m{by:x}"), givesSeveralSeries("avg:m{*} by {}")]).toEqual([
    true,
    false,
    false,
  ]);
  expect([isOneQuery("a{x,y} by {h,i}"), isOneQuery("top(a{*}, 5)"), isOneQuery("a{*},b{*}")]).toEqual([true, true, false]);
  expect([seriesType("sum:a{*}.as_count()"), seriesType("sum:a{*}.as_rate()"), seriesType("avg:a{*}")]).toEqual(["count", "rate", "gauge"]);
});

describe("slices", () => {
  it.each([
    [20, 3600],
    [60, 14_400],
    [1, 300],
    [300, 86_400],
    [86_400, 86_400],
    [7, null],
    [0, null],
    [1.5, null],
  ])("of a step of %i s are %s s long", (step, expected) => {
    expect(sliceSeconds(step)).toBe(expected);
  });

  it("cover the span without holes, on one grid whatever the span", () => {
    const second = fc.integer({ min: 1_700_000_000, max: 1_700_900_000 });
    fc.assert(
      fc.property(second, second, (a, b) => {
        const span = { from: Math.min(a, b) * MICROS_PER_SECOND, until: Math.max(a, b) * MICROS_PER_SECOND };
        const slices = slicesOf(span, 20, span.until);
        const length = 3600 * MICROS_PER_SECOND;
        expect(slices.every(({ from, until }) => from % length === 0 && until - from === length)).toBe(true);
        expect(slices.slice(1).every(({ from }, index) => from === slices[index]!.until)).toBe(true);
        if (span.from < span.until) expect(slices[0]!.from <= span.from && slices.at(-1)!.until >= span.until).toBe(true);
        expect(requestsOf(slices, 20).flat()).toEqual(slices);
      }),
    );
  });
});
