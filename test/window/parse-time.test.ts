import * as fc from "fast-check";
import { IANAZone } from "luxon";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/kit/errors.js";
import { toIso } from "../../src/kit/instant.js";
import { parseTime } from "../../src/window/parse-time.js";

const now = Date.UTC(2026, 2, 4, 14, 0, 0) * 1000;
const parse = (text: string, timezone: string | null = null) => toIso(parseTime(text, { now, timezone }));
const hour = 3_600_000;

describe("parseTime", () => {
  it.each([
    ["2026-03-04T11:20:00Z", "2026-03-04T11:20:00.000000Z"],
    ["2026-03-04T11:20Z", "2026-03-04T11:20:00.000000Z"],
    [" 2026-03-04 11:20z ", "2026-03-04T11:20:00.000000Z"],
    ["2026-03-04T11:20+01:00", "2026-03-04T10:20:00.000000Z"],
    ["2026-03-04T11:20:05.123456+0530", "2026-03-04T05:50:05.123456Z"],
    ["2026-10-25T01:30:00+02:00", "2026-10-24T23:30:00.000000Z"],
    ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z"],
    ["-3h", "2026-03-04T11:00:00.000000Z"],
    ["PT3H", "2026-03-04T11:00:00.000000Z"],
    ["-PT1H30M", "2026-03-04T12:30:00.000000Z"],
    ["90m", "2026-03-04T12:30:00.000000Z"],
    ["now", "2026-03-04T14:00:00.000000Z"],
  ])("reads %s", (text, expected) => {
    expect(parse(text)).toBe(expected);
  });

  it.each([
    ["2026-03-04T12:20", "Europe/Berlin", "2026-03-04T11:20:00.000000Z"],
    ["2026-07-04T12:20:07", "Europe/Berlin", "2026-07-04T10:20:07.000000Z"],
    ["2026-03-04 06:20", "America/New_York", "2026-03-04T11:20:00.000000Z"],
    ["2026-03-04T16:50", "Asia/Kolkata", "2026-03-04T11:20:00.000000Z"],
    ["2011-12-31T12:00", "Pacific/Apia", "2011-12-30T22:00:00.000000Z"],
  ])("reads %s in %s", (text, timezone, expected) => {
    expect(parse(text, timezone)).toBe(expected);
  });

  it.each([
    "",
    "yesterday",
    "2026-03-04",
    "11:20",
    "1700000000",
    "+3h",
    "-3 hours",
    "P1M",
    "20260304T101112Z",
    "2026-W10-3",
    "2024-02-30T00:00:00Z",
    "2023-02-29T00:00Z",
    "2026-13-01T00:00Z",
    "2026-03-04T24:00:00Z",
    "2026-03-04T10:60Z",
    "2016-12-31T23:59:61Z",
    "1969-12-31T23:59:59Z",
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "2026-03-04T10:11:12+99:00",
    "+275760-09-13T00:00:00.000Z",
    "２026-03-04T11:20Z",
    "-99999d",
    "2026-03-04T11:20",
    "NaN",
  ])("refuses %j and says what is expected", (text) => {
    const attempt = () => parse(text);

    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(/expected a time such as/);
  });

  it.each([
    [
      "2026-10-25T02:30",
      "Europe/Berlin",
      "happened twice",
      ["2026-10-25T02:30:00+02:00 (2026-10-25T00:30:00Z)", "2026-10-25T02:30:00+01:00 (2026-10-25T01:30:00Z)"],
    ],
    [
      "2026-03-29T02:30",
      "Europe/Berlin",
      "did not exist",
      ["2026-03-29T02:30:00+01:00 (2026-03-29T01:30:00Z)", "2026-03-29T02:30:00+02:00 (2026-03-29T00:30:00Z)"],
    ],
    [
      "2026-04-05T01:45",
      "Australia/Lord_Howe",
      "happened twice",
      ["2026-04-05T01:45:00+11:00 (2026-04-04T14:45:00Z)", "2026-04-05T01:45:00+10:30 (2026-04-04T15:15:00Z)"],
    ],
    [
      "2011-12-30T12:00",
      "Pacific/Apia",
      "did not exist",
      ["2011-12-30T12:00:00-10:00 (2011-12-30T22:00:00Z)", "2011-12-30T12:00:00+14:00 (2011-12-29T22:00:00Z)"],
    ],
  ])("shows both readings of %s in %s", (text, timezone, what, readings) => {
    const error = caught(() => parse(text, timezone));

    expect(error.message).toContain(what);
    expect(error.problems).toEqual(readings);
    expect(error.hint).toContain(readings[0]);
    expect(error.hint).toContain(readings[1]);
  });

  it("refuses a zone that does not exist", () => {
    expect(() => parse("2026-03-04T11:20", "Mars/Olympus")).toThrow(/not a time zone/);
  });

  it("agrees with the zone around every change of the clocks from 2020 to 2030", () => {
    for (const name of [
      "Europe/Berlin",
      "America/New_York",
      "America/St_Johns",
      "Africa/Casablanca",
      "Asia/Tehran",
      "Pacific/Chatham",
      "America/Santiago",
    ]) {
      const zone = IANAZone.create(name);
      for (const change of changesOf(zone)) {
        for (const minutes of [-181, -61, -31, -1, 0, 1, 29, 30, 59, 60, 61, 181]) expectConsistent(name, zone, change + minutes * 60_000);
      }
    }
  });

  it("never throws anything but a UsageError", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[-+PT0-9:. Zhmdsw]{0,24}$/)), (text) => {
        try {
          expect(Number.isSafeInteger(parseTime(text, { now, timezone: "Europe/Berlin" }))).toBe(true);
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
        }
      }),
    );
  });
});

/** A clock reading of a real instant is read back as that instant, or refused because another one reads the same. */
function expectConsistent(name: string, zone: IANAZone, millis: number): void {
  const offset = zone.offset(millis);
  const local = new Date(millis + offset * 60_000).toISOString().slice(0, 19);
  const twins = [-2, -1, -0.5, 0.5, 1, 2].filter((hours) => zone.offset(millis + hours * hour) === offset - hours * 60);
  if (twins.length > 0) expect(() => parse(local, name)).toThrow(/happened twice/);
  else expect(parseTime(local, { now, timezone: name })).toBe(millis * 1000);
}

function changesOf(zone: IANAZone): number[] {
  const found: number[] = [];
  for (let at = Date.UTC(2020, 0, 1); at < Date.UTC(2031, 0, 1); at += 24 * hour) {
    if (zone.offset(at) === zone.offset(at + 24 * hour)) continue;
    let [low, high] = [at, at + 24 * hour];
    while (high - low > 60_000) {
      const middle = low + Math.floor((high - low) / 120_000) * 60_000;
      if (zone.offset(middle) === zone.offset(low)) low = middle;
      else high = middle;
    }
    found.push(high);
  }
  return found;
}

function caught(attempt: () => unknown): UsageError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof UsageError) return error;
  }
  throw new Error("expected a UsageError");
}
