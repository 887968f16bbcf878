import { describe, expect, it } from "vitest";
import { missingSpans, type AskingRules } from "../../src/collect/missing-spans.js";
import { vanished } from "../../src/collect/vanished.js";
import type { WantedSpan } from "../../src/contract/connector.js";

const rules: AskingRules = { now: 1000, windowUntil: 900, recheckFor: 200, refresh: false, runStartedAt: 1000 };
const part = (from: number, until: number, checkedAt: number) => ({ source: "s", scope: "c", span: { from, until }, checkedAt });

describe("what is missing of a wanted span", () => {
  it.each<[string, WantedSpan["purpose"], [number, number], ReturnType<typeof part>[], Partial<AskingRules>, [number, number][]]>([
    ["nothing is known", "window", [0, 500], [], {}, [[0, 500]]],
    ["nothing after now is asked", "window", [0, 2000], [], {}, [[0, 1000]]],
    ["a span of the future", "window", [1500, 2000], [], {}, []],
    ["what is settled counts, whenever it was asked", "window", [0, 700], [part(0, 700, 710)], {}, []],
    ["what is not settled does not", "window", [0, 900], [part(0, 900, 910)], {}, [[800, 900]]],
    ["unless this run asked it", "window", [0, 900], [part(0, 900, 1000)], {}, []],
    ["or the killed one that it goes on with", "window", [0, 900], [part(400, 900, 950)], { runStartedAt: 940 }, [[0, 400]]],
    [
      "holes are asked",
      "window",
      [0, 700],
      [part(100, 200, 710), part(300, 400, 720)],
      {},
      [
        [0, 100],
        [200, 300],
        [400, 700],
      ],
    ],
    [
      "refresh counts only what this run asked",
      "window",
      [0, 700],
      [part(0, 300, 1000), part(300, 700, 999)],
      { refresh: true },
      [[300, 700]],
    ],
    ["a baseline is as a window", "baseline", [0, 900], [part(0, 900, 910)], {}, [[800, 900]]],
    ["a lookback looked at after the window's end counts", "lookback", [0, 100], [part(0, 100, 900)], {}, []],
    ["one looked at before does not", "lookback", [0, 100], [part(0, 100, 899)], {}, [[0, 100]]],
    ["with an open window it is looked at until now", "lookback", [0, 100], [part(0, 100, 999)], { windowUntil: 5000 }, [[0, 100]]],
  ])("%s", (_, purpose, [from, until], covered, overrides, expected) => {
    const missing = missingSpans({ from, until, purpose }, covered, { ...rules, ...overrides });
    expect(missing.map((span) => [span.from, span.until])).toEqual(expected);
  });
});

it("does not ask for what was purged, known or not, unless everything is asked anew", () => {
  const missing = (purpose: WantedSpan["purpose"], overrides: Partial<AskingRules> = {}) =>
    missingSpans({ from: 0, until: 500, purpose }, [part(0, 300, 310)], { ...rules, ...overrides }, [{ from: 0, until: 400 }]);
  expect(missing("window")).toEqual([{ from: 400, until: 500 }]);
  expect(missing("lookback")).toEqual([{ from: 400, until: 500 }]);
  expect(missing("window", { refresh: true })).toEqual([{ from: 0, until: 500 }]);
});

describe("what vanished", () => {
  const known = [1, 2, 3, 4].map((at) => ({ id: `r${at}`, at }));

  it.each<[string, string[], string[], string[]]>([
    ["nothing", ["r1", "r2", "r3", "r4"], [], []],
    ["one in the middle", ["r1", "r3", "r4"], ["r2"], []],
    ["the newest", ["r1", "r2", "r3"], ["r4"], []],
    ["the oldest: perhaps no longer kept", ["r2", "r3", "r4"], [], ["r1"]],
    ["the oldest and one behind", ["r2", "r4"], ["r3"], ["r1"]],
    ["all of it: nothing is concluded", [], [], ["r1", "r2", "r3", "r4"]],
    ["all that was known, and others are there", ["new"], [], ["r1", "r2", "r3", "r4"]],
  ])("%s", (_, seen, deleted, expired) => {
    const result = vanished(known, new Set(seen));
    expect(result.deleted).toEqual(deleted);
    expect(result.expired.map(({ id }) => id)).toEqual(expired);
  });
});
