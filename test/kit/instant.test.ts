import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fromIso,
  fromSlackTs,
  fromUnixMillis,
  fromUnixSeconds,
  isoPrecisionMicros,
  isPlaceable,
  isWithin,
  overlaps,
  toIso,
  toSlackTs,
} from "../../src/kit/instant.js";

const LATEST = Date.UTC(2200, 0, 1) * 1000;
const anyInstant = fc.integer({ min: 1, max: LATEST - 1 });

describe("fromIso", () => {
  it.each([
    ["2026-03-04T11:20:00Z", "2026-03-04T11:20:00.000000Z"],
    ["2026-03-04t11:20:00z", "2026-03-04T11:20:00.000000Z"],
    ["2026-03-04 11:20:00Z", "2026-03-04T11:20:00.000000Z"],
    ["2026-03-04T11:20:00.5Z", "2026-03-04T11:20:00.500000Z"],
    ["2026-03-04T11:20:00,123456Z", "2026-03-04T11:20:00.123456Z"],
    ["2026-03-04T11:20:00.123456789Z", "2026-03-04T11:20:00.123456Z"],
    ["2026-03-04T11:20:00.999999999999999Z", "2026-03-04T11:20:00.999999Z"],
    ["2026-03-04T11:20:00+05:30", "2026-03-04T05:50:00.000000Z"],
    ["2026-03-04T11:20:00-0800", "2026-03-04T19:20:00.000000Z"],
    ["2026-03-04T11:20:00-00:00", "2026-03-04T11:20:00.000000Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000Z"],
    ["1998-12-31T23:59:60Z", "1999-01-01T00:00:00.000000Z"],
    ["1998-12-31T15:59:60.25-08:00", "1999-01-01T00:00:00.250000Z"],
    ["1999-01-01T05:29:60+05:30", "1999-01-01T00:00:00.000000Z"],
    ["1969-12-31T23:00:00-05:00", "1970-01-01T04:00:00.000000Z"],
    ["2199-12-31T23:59:59.999999Z", "2199-12-31T23:59:59.999999Z"],
  ])("%s is %s", (text, expected) => {
    expect(toIso(fromIso(text)!)).toBe(expected);
  });

  it.each([
    "",
    "2026-03-04",
    "2026-03-04T11:20Z",
    "2026-03-04T11:20:00",
    "2026-3-4T11:20:00Z",
    "2026-02-30T00:00:00Z",
    "2025-02-29T00:00:00Z",
    "2026-00-10T00:00:00Z",
    "2026-13-10T00:00:00Z",
    "2026-03-00T00:00:00Z",
    "2026-03-04T24:00:00Z",
    "2026-03-04T11:60:00Z",
    "2026-03-04T11:20:61Z",
    "1998-12-31T23:58:60Z",
    "1998-12-31T22:59:60Z",
    "1998-12-31T23:59:60+01:00",
    "2026-03-04T11:20:00+24:00",
    "2026-03-04T11:20:00+01:60",
    "2026-03-04T11:20:00.Z",
    "2026-03-04T11:20:00 Z",
    " 2026-03-04T11:20:00Z",
    "2026-03-04T11:20:00Z\n",
    "２０２６-03-04T11:20:00Z",
    "0001-01-01T00:00:00Z",
    "0075-01-01T00:00:00Z",
    "0099-12-31T23:59:59Z",
    "1969-12-31T23:59:59Z",
    "2200-01-01T00:00:00Z",
    "1700000000",
    "+002026-03-04T11:20:00Z",
  ])("%j is no instant that we place", (text) => {
    expect(fromIso(text)).toBeNull();
  });

  it("reads back what toIso wrote", () => {
    fc.assert(fc.property(anyInstant, (at) => fromIso(toIso(at)) === at));
  });
});

describe("toIso", () => {
  const at = fromIso("2026-03-04T11:20:05.120456Z")!;

  it.each([
    [1, "2026-03-04T11:20:05.120456Z"],
    [10, "2026-03-04T11:20:05.12045Z"],
    [1000, "2026-03-04T11:20:05.120Z"],
    [100_000, "2026-03-04T11:20:05.1Z"],
    [1_000_000, "2026-03-04T11:20:05Z"],
    [20_000_000, "2026-03-04T11:20:05Z"],
  ])("with a precision of %d is %s", (precision, expected) => {
    expect(toIso(at, precision)).toBe(expected);
  });

  it.each([
    ["2026-03-04T11:20:05Z", 1_000_000],
    ["2026-03-04T11:20:05.1Z", 100_000],
    ["2026-03-04T11:20:05.123Z", 1000],
    ["2026-03-04T11:20:05.123456Z", 1],
    ["2026-03-04T11:20:05.123456789Z", 1],
  ])("%s has a precision of %d", (text, micros) => {
    expect(isoPrecisionMicros(text)).toBe(micros);
  });
});

describe("fromSlackTs", () => {
  it.each([
    ["1700000000.000100", 1_700_000_000_000_100],
    ["1700000000", 1_700_000_000_000_000],
    ["1700000000.5", 1_700_000_000_500_000],
  ])("%s", (text, expected) => {
    expect(fromSlackTs(text)).toBe(expected);
  });

  it.each(["", "0000000000.000000", "-1.000000", "1e9", "NaN", "1700000000,000100", "1700000000.0001001", "99999999999.000000", "１７"])(
    "%j is refused",
    (text) => {
      expect(fromSlackTs(text)).toBeNull();
    },
  );

  it("reads back what toSlackTs wrote", () => {
    fc.assert(fc.property(anyInstant, (at) => fromSlackTs(toSlackTs(at)) === at));
    expect(toSlackTs(1_700_000_000_000_100)).toBe("1700000000.000100");
  });
});

describe("numbers", () => {
  it.each([
    [1_700_000_000, 1_700_000_000_000_000],
    [1_700_000_000.25, 1_700_000_000_250_000],
    [1_700_000_000_000, null],
    [0, null],
    [-5, null],
    [Number.NaN, null],
    [Infinity, null],
  ])("%d as seconds is %s", (seconds, expected) => {
    expect(fromUnixSeconds(seconds)).toBe(expected);
  });

  it.each([
    [1_700_000_000_123, 1_700_000_000_123_000],
    [1_700_000_000_123.4, 1_700_000_000_123_400],
    [1e18, null],
  ])("%d as milliseconds is %s", (millis, expected) => {
    expect(fromUnixMillis(millis)).toBe(expected);
  });

  it("are placed from 1970 to 2199", () => {
    expect([isPlaceable(0), isPlaceable(1), isPlaceable(LATEST - 1), isPlaceable(LATEST), isPlaceable(1.5)]).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("spans", () => {
  it("are half-open", () => {
    const span = { from: 10, until: 20 };

    expect([9, 10, 19, 20].map((at) => isWithin(at, span))).toEqual([false, true, true, false]);
    expect(
      [
        { from: 0, until: 10 },
        { from: 0, until: 11 },
        { from: 19, until: 30 },
        { from: 20, until: 30 },
      ].map((other) => overlaps(span, other)),
    ).toEqual([false, true, true, false]);
  });
});
