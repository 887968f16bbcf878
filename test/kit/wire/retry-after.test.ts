import { describe, expect, it } from "vitest";
import { httpDateMs, retryAfterMs } from "../../../src/kit/wire/retry-after.js";

const NOW = Date.UTC(1994, 10, 6, 8, 49, 7);

describe("retryAfterMs", () => {
  it.each([
    ["0", 0],
    ["1", 1000],
    ["30", 30_000],
    ["  2  ", 2000],
    ["31536000", 31_536_000_000],
    ["99999999999", 99_999_999_999_000],
    ["Sun, 06 Nov 1994 08:49:37 GMT", 30_000],
    ["Sunday, 06-Nov-94 08:49:37 GMT", 30_000],
    ["Sun Nov  6 08:49:37 1994", 30_000],
    ["Mon Nov 14 08:49:07 1994", 8 * 86_400_000],
    ["Wed, 21 Oct 1992 07:28:00 GMT", 0],
    ["Sunday, 06-Nov-60 08:49:37 GMT", 0],
  ])("%j asks for %d ms", (value, ms) => {
    expect(retryAfterMs(value, NOW)).toBe(ms);
  });

  it.each([
    null,
    "",
    "1.5",
    "-5",
    "+5",
    "1e3",
    "0x10",
    "２",
    "2, 30",
    "NaN",
    "abc",
    "tomorrow",
    "1994-11-06T08:49:37Z",
    "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 CET",
    "Sun, 06 Foo 1994 08:49:37 GMT",
    "Sun, 31 Feb 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:49:37 GMT",
    "Sun, 00 Nov 1994 08:49:37 GMT",
    "9".repeat(40),
  ])("%j is unreadable", (value) => {
    expect(retryAfterMs(value, NOW)).toBeNull();
  });
});

describe("httpDateMs", () => {
  it.each([
    [1994, 94, 1994],
    [1994, 44, 2044 - 100],
    [2026, 26, 2026],
    [2026, 76, 2076],
    [2026, 77, 1977],
    [2099, 1, 2001],
  ])("in %d the year %d is %d", (now, digits, year) => {
    const text = `Sunday, 06-Nov-${String(digits).padStart(2, "0")} 08:49:37 GMT`;

    expect(httpDateMs(text, Date.UTC(now, 5, 1))).toBe(Date.UTC(year, 10, 6, 8, 49, 37));
  });
});
