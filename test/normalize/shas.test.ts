import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveShas } from "../../src/normalize/shas.js";

const FULL_A = "aaaaaaa1".padEnd(40, "0");
const FULL_B = "aaaaaaa2".padEnd(40, "0");

describe("resolveShas", () => {
  it("takes an abbreviation for the one that begins so", () => {
    expect(resolveShas([FULL_A, "aaaaaaa1", FULL_B]).get("aaaaaaa1")).toBe(FULL_A);
  });

  it("resolves an abbreviation of an abbreviation", () => {
    expect(resolveShas(["bbbbbbb", "bbbbbbb1", "bbbbbbb1".padEnd(40, "f")]).get("bbbbbbb")).toBe("bbbbbbb1".padEnd(40, "f"));
  });

  it("leaves an ambiguous one and one that is too short alone", () => {
    const resolved = resolveShas([FULL_A, FULL_B, "aaaaaaa", "aaaaaa"]);
    expect(resolved.get("aaaaaaa")).toBe("aaaaaaa");
    expect(resolved.has("aaaaaa")).toBe(false);
  });

  it("agrees with a search through all of them", () => {
    const sha = fc.integer({ min: 7, max: 10 }).chain((length) => fc.stringMatching(new RegExp(`^[ab]{${length}}$`)));
    fc.assert(
      fc.property(fc.array(sha, { maxLength: 12 }), (shas) => {
        const resolved = resolveShas(shas);
        for (const each of shas) {
          const longer = [...new Set(shas.filter((other) => other.startsWith(each)))];
          const longest = longer.find((other) => longer.every((one) => other.startsWith(one)));
          expect(resolved.get(each)).toBe(longest ?? each);
        }
      }),
    );
  });
});
