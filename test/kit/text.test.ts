import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareText, oneLine, shorten, slug, trimEndOf, trimStartOf, visible, wellFormed, wellFormedDeep } from "../../src/kit/text.js";

describe("wellFormed", () => {
  it.each([
    ["a\ud800b", "a\ufffdb"],
    ["a\u0000b", "a\u2400b"],
    ["👍🏽", "👍🏽"],
  ])("%j", (text, expected) => {
    expect(wellFormed(text)).toBe(expected);
  });

  it("goes into values and keys, and gives a hostile key no power", () => {
    const value = JSON.parse('{"\\ud800":["\\u0000",{"a":null,"b":1}],"__proto__":{"polluted":true}}') as object;

    const clean = wellFormedDeep(value);

    expect(JSON.stringify(clean)).toBe('{"\ufffd":["\u2400",{"a":null,"b":1}],"__proto__":{"polluted":true}}');
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
  });
});

describe("visible", () => {
  it.each([
    ["a\r\nb\rc\u2028d\u2029e\u0085f", "a\nb\nc\nd\ne\nf"],
    ["\u001b[31mred\u0007\b", "\\x1b[31mred\\x07\\x08"],
    ["\u009b31m\u007f", "\\x9b31m\\x7f"],
    ["a\tb", "a\tb"],
    ["a\u202eb\u2066c\u200fd", "a\\u202eb\\u2066c\\u200fd"],
    ["e\u0301", "e\u0301"],
    [`e${"\u0301".repeat(50)}x`, `e${"\u0301".repeat(8)}x`],
    ["👩‍🚒 zero\u200bwidth", "👩‍🚒 zero\u200bwidth"],
  ])("%j", (text, expected) => {
    expect(visible(text)).toBe(expected);
  });

  it("leaves no control but tabs and line feeds, and changes nothing the second time", () => {
    const wild = fc.string({ unit: fc.constantFrom("\u001b", "\u009b", "\r", "\n", "\t", "\u202e", "\ufeff", "\u0301", "a", "\u0000") });
    fc.assert(
      fc.property(wild, (text) => {
        const shown = visible(text);
        expect(shown).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });
});

describe("one line and short", () => {
  it.each([
    ["  a \n\n b\u00a0c\t", "a b c"],
    ["\n", ""],
  ])("%j is %j", (text, expected) => {
    expect(oneLine(text)).toBe(expected);
  });

  it.each([
    ["short", 10, "short"],
    ["exactly 10", 10, "exactly 10"],
    ["cut at a word here", 12, "cut at a…"],
    ["abcdefghijklmnop", 6, "abcde…"],
    ["👍👍👍👍", 3, "👍👍…"],
  ])("%j at %d is %j", (text, max, expected) => {
    expect(shorten(text, max)).toBe(expected);
  });

  it("is never longer than asked, and never cuts a character in two", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", " ", "👍", "é", "\ud800"), maxLength: 60 }),
        fc.integer({ min: 1, max: 30 }),
        (text, max) => {
          const short = shorten(text.toWellFormed(), max);
          return Array.from(short).length <= max && short.isWellFormed();
        },
      ),
    );
  });
});

describe("slug", () => {
  it.each([
    ["Checkout errors!", "checkout-errors"],
    ["../../etc/passwd", "etc-passwd"],
    ["Störung Café", "storung-cafe"],
    ["日本", "incident"],
    ["", "incident"],
    ["a".repeat(200), "a".repeat(60)],
    [`${"a".repeat(59)} b`, "a".repeat(59)],
  ])("%j is %j", (text, expected) => {
    expect(slug(text)).toBe(expected);
  });
});

describe("trimming", () => {
  it("takes the given characters off the ends alone", () => {
    expect([trimEndOf("\na\n\n", "\n"), trimStartOf(" \ta b ", " \t"), trimEndOf("   ", " "), trimStartOf("", " ")]).toEqual([
      "\na",
      "a b ",
      "",
      "",
    ]);
  });
});

describe("compareText", () => {
  it("goes by code unit, in every locale", () => {
    expect(["ä", "a", "Z", "z", "10", "9"].sort(compareText)).toEqual(["10", "9", "Z", "a", "z", "ä"]);
    expect(compareText("a", "a")).toBe(0);
  });
});
