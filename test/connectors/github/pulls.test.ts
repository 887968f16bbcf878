import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pulls } from "../../../connectors/github/pulls.js";
import { isWithin, MICROS_PER_SECOND, toIso } from "../../../src/kit/instant.js";
import { pullNode, searchBody } from "./answers.js";
import { bench, coveredOf, gapsOf, idsOf, secondsOf, union, walk, type Bench } from "./fake.js";

/** GraphQL search as GitHub has it: at most 100 an answer, at most 1,000 in all, whatever the count says. */
function searching(merges: readonly number[], name = "acme/shop"): Bench {
  return bench((_path, _params, { variables: { q, after } }) => {
    if (!q.startsWith(`repo:${name} is:pr is:merged `)) return searchBody([], { repository: name });
    const { first, last } = secondsOf(q.split("merged:")[1]!);
    const inside = merges.flatMap((second, index) => (second >= first && second <= last ? [pullNode(index + 1, iso(second))] : []));
    const at = Number(after ?? 0);
    const reachable = inside.slice(0, 1000);
    const next = at + 100 < reachable.length ? String(at + 100) : undefined;
    return searchBody(reachable.slice(at, at + 100), { count: inside.length, repository: name, ...(next === undefined ? {} : { next }) });
  });
}

const iso = (second: number) => toIso(second * MICROS_PER_SECOND, MICROS_PER_SECOND);
const spanOf = (made: Bench) => made.context.window.spans.change;
const start = 1772618400; // 2026-03-04T10:00:00Z

describe("pull requests", () => {
  it("finds more than 1,000 merges, each once, and covers the span", async () => {
    const merges = Array.from({ length: 1150 }, (_, index) => start + Math.floor(index ** 1.2 % 14_000));
    const made = searching(merges);
    const pages = await walk(pulls, made, spanOf(made));
    expect(idsOf(pages).length).toBe(1150);
    expect(new Set(idsOf(pages)).size).toBe(1150);
    expect(gapsOf(pages)).toEqual([]);
    expect(union(coveredOf(pages))).toEqual([{ from: spanOf(made).from, until: spanOf(made).until }]);
    expect(made.requests.length).toBeLessThan(60);
  });

  it("pages through a second that has more than an answer holds", async () => {
    const made = searching([...Array.from({ length: 350 }, () => start + 60), start + 61]);
    const pages = await walk(pulls, made, spanOf(made));
    expect(new Set(idsOf(pages)).size).toBe(351);
    expect(gapsOf(pages)).toEqual([]);
  });

  it("says how many a second has that GitHub does not list", async () => {
    const made = searching(Array.from({ length: 1200 }, () => start + 60));
    const pages = await walk(pulls, made, spanOf(made));
    expect(idsOf(pages)).toHaveLength(1000);
    expect(gapsOf(pages)).toMatchObject([{ reason: "truncated", count: 200 }]);
  });

  it("ends when a cursor comes back", async () => {
    const made = bench((_path, _params, { variables: { q } }) => {
      const { first, last } = secondsOf(q.split("merged:")[1]!);
      return first <= start && last >= start ? searchBody([pullNode(1, iso(start))], { count: 300, next: "again" }) : searchBody([]);
    });
    const pages = await walk(pulls, made, spanOf(made));
    expect(gapsOf(pages)).toMatchObject([{ reason: "truncated" }]);
    expect(made.requests.length).toBeLessThan(200);
  });

  it("goes on where a killed build stopped: nothing is covered that was not read", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 14_399 }), { minLength: 120, maxLength: 300 }),
        fc.integer({ min: 1, max: 6 }),
        async (offsets, pagesBefore) => {
          const merges = offsets.map((offset) => start + offset);
          const made = searching(merges);
          const pages = await walk(pulls, made, spanOf(made), pagesBefore);
          const ids = new Set(idsOf(pages));
          const known = union(coveredOf(pages));
          merges.forEach((second, index) => {
            if (known.some((span) => isWithin(second * MICROS_PER_SECOND, span))) expect(ids).toContain(`github-pr:acme/shop#${index + 1}`);
          });
        },
      ),
      { numRuns: 10 },
    );
  });

  it("asks for whole seconds around an uneven span, and covers no more than the span", async () => {
    const made = searching([start, start + 1]);
    const span = { from: start * MICROS_PER_SECOND + 250_000, until: (start + 1) * MICROS_PER_SECOND + 1 };
    const pages = await walk(pulls, made, span);
    expect(idsOf(pages)).toHaveLength(2);
    expect(coveredOf(pages)).toEqual([span]);
  });

  it("searches for a renamed repository by its new name", async () => {
    const made = searching([start + 5], "acme/storefront");
    expect(idsOf(await walk(pulls, made, spanOf(made)))).toEqual(["github-pr:acme/storefront#1"]);
  });

  it.each([
    ["NOT_FOUND", "not found", "skip"],
    ["FORBIDDEN", "forbidden", "skip"],
    ["SERVICE_UNAVAILABLE", "unavailable", "retry"],
  ])("tells %s apart from a repository without merges", async (type, reason, action) => {
    const made = bench(() => ({ data: { repository: null, search: null }, errors: [{ type, path: ["repository"], message: "no" }] }));
    await expect(walk(pulls, made, spanOf(made))).rejects.toMatchObject({ reason, action });
  });

  it("counts what is withheld, what is broken, and what single sign-on hides", async () => {
    const made = bench(() =>
      Response.json(
        searchBody([null, pullNode(1, iso(start)), { ...pullNode(2, iso(start)), headRefOid: "not hex" }, pullNode(3, "soon")]),
        {
          headers: { "X-GitHub-SSO": "partial-results; organizations=21955855" },
        },
      ),
    );
    const pages = await walk(pulls, made, spanOf(made));
    expect(idsOf(pages)).toEqual(["github-pr:acme/shop#1"]);
    expect(gapsOf(pages).map(({ reason, count }) => [reason, count])).toEqual([
      ["malformed", 2],
      ["forbidden", 1],
      ["forbidden", null],
    ]);
    expect(gapsOf(pages)[0]!.detail).toContain("headRefOid, mergedAt");
  });
});
