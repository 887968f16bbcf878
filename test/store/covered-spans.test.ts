import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withCovered, type CoveredPart } from "../../src/store/covered-spans.js";

const part = fc
  .record({ from: fc.integer({ min: 0, max: 30 }), length: fc.integer({ min: 0, max: 12 }), checkedAt: fc.integer({ min: 1, max: 5 }) })
  .map(({ from, length, checkedAt }): CoveredPart => ({ from, until: from + length, checkedAt }));

/** For each instant the latest time at which it was asked; 0: never. */
function model(parts: readonly CoveredPart[]): number[] {
  return Array.from({ length: 50 }, (_, at) =>
    Math.max(0, ...parts.filter(({ from, until }) => at >= from && at < until).map(({ checkedAt }) => checkedAt)),
  );
}

describe("covered spans", () => {
  it("know for each instant when it was last asked, as disjoint, ascending, joined parts", () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (added) => {
        const result = added.reduce<readonly CoveredPart[]>(withCovered, []);

        expect(model(result)).toEqual(model(added));
        for (const [index, each] of result.entries()) {
          expect(each.from).toBeLessThan(each.until);
          const next = result[index + 1];
          if (!next) continue;
          expect(next.from).toBeGreaterThanOrEqual(each.until);
          expect(next.from === each.until && next.checkedAt === each.checkedAt).toBe(false);
        }
      }),
    );
  });

  it("joins the pages of one walk into one span", () => {
    const pages = [
      { from: 20, until: 30, checkedAt: 7 },
      { from: 10, until: 20, checkedAt: 7 },
      { from: 0, until: 10, checkedAt: 7 },
    ];
    expect(pages.reduce<readonly CoveredPart[]>(withCovered, [])).toEqual([{ from: 0, until: 30, checkedAt: 7 }]);
  });
});
