import { describe, expect, it } from "vitest";
import { formatDuration, parseDuration } from "../../src/kit/duration.js";

const SECOND = 1_000_000;

describe("parseDuration", () => {
  it.each([
    ["90m", 5400],
    ["24h", 86_400],
    ["7d", 604_800],
    ["2w", 1_209_600],
    ["30s", 30],
    ["PT24H", 86_400],
    ["P1D", 86_400],
    ["P1DT1H1M1S", 90_061],
    ["PT1H30M", 5400],
    ["P1W", 604_800],
    ["PT0S", 0],
  ])("%s is %d seconds", (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds * SECOND);
  });

  it.each(["", "P", "PT", "P1DT", "1", "90", "-90m", "1.5h", "90 m", "P1M", "P1Y", "PT1.5H", "1h30m", "PT-1H", "99999999w", "９m"])(
    "%j has no length",
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );
});

describe("formatDuration", () => {
  it.each([
    [0, "0 ms"],
    [850_000, "850 ms"],
    [999_600, "1 s"],
    [SECOND, "1 s"],
    [59.6 * SECOND, "1 min"],
    [250 * SECOND, "4 min 10 s"],
    [-250 * SECOND, "4 min 10 s"],
    [7500 * SECOND, "2 h 5 min"],
    [7199.9 * SECOND, "2 h"],
    [3605 * SECOND, "1 h"],
    [(3 * 86_400 + 4 * 3600 + 59) * SECOND, "3 d 4 h"],
    [(3 * 86_400 + 59) * SECOND, "3 d"],
    [400 * 86_400 * SECOND, "400 d"],
  ])("%d is %s", (micros, expected) => {
    expect(formatDuration(micros)).toBe(expected);
  });
});
