import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reruns } from "../../../connectors/github/reruns.js";
import { runs } from "../../../connectors/github/runs.js";
import { fromIso, isWithin, MICROS_PER_SECOND, toIso } from "../../../src/kit/instant.js";
import { runRow } from "./answers.js";
import { bench, coveredOf, gapsOf, idsOf, secondsOf, union, walk, type Bench } from "./fake.js";

interface Run {
  readonly id: number;
  readonly created: number;
  readonly attempts?: readonly number[];
}

/** Run lists as GitHub has them: newest first, the last attempt of each, filtered lists end at 1,000. */
function serving(list: Run[], before: (request: number) => void = () => {}): Bench {
  let asked = 0;
  return bench((path, params) => {
    const one = /\/runs\/(\d+)\/attempts\/(\d+)$/.exec(path);
    if (one)
      return attemptOf(
        list.find((run) => run.id === Number(one[1]))!,
        Number(one[2]),
      );
    if (path.endsWith("/jobs")) return { total_count: 0, jobs: [] };
    before((asked += 1));
    const { first, last } = secondsOf(params.get("created")!);
    const inside = list.filter(({ created }) => created >= first && created <= last).sort((a, b) => b.created - a.created || b.id - a.id);
    const from = (Number(params.get("page") ?? 1) - 1) * 100;
    const rows = inside.slice(0, 1000).slice(from, from + 100);
    return { total_count: inside.length, workflow_runs: rows.map((run) => attemptOf(run, (run.attempts?.length ?? 0) + 1)) };
  });
}

function attemptOf(run: Run, attempt: number) {
  const started = attempt === 1 ? run.created : run.attempts![attempt - 2]!;
  return runRow(run.id, iso(run.created), { run_attempt: attempt, run_started_at: iso(started) });
}

const iso = (second: number) => toIso(second * MICROS_PER_SECOND, MICROS_PER_SECOND);
const spanOf = (made: Bench) => made.context.window.spans.change;
const start = fromIso("2026-03-04T10:00:00Z")! / MICROS_PER_SECOND;
const id = (run: number, attempt = 1) => `github-run:acme/shop/${run}/${attempt}`;

describe("workflow runs", () => {
  it("finds more than 1,000, each once, and covers the span", async () => {
    const list = Array.from({ length: 1150 }, (_, index) => ({
      id: index + 1,
      created: start + (index % 11 === 0 ? 7000 : (index * 37) % 14_400),
    }));
    const made = serving(list);
    const pages = await walk(runs, made, spanOf(made));
    expect(idsOf(pages)).toHaveLength(1150);
    expect(new Set(idsOf(pages)).size).toBe(1150);
    expect(gapsOf(pages)).toEqual([]);
    expect(union(coveredOf(pages))).toEqual([{ from: spanOf(made).from, until: spanOf(made).until }]);
    expect(made.requests.length).toBeLessThan(25);
  });

  it("loses nothing while runs come and go", async () => {
    const list: Run[] = Array.from({ length: 450 }, (_, index) => ({ id: index + 1, created: start + index * 30 }));
    const made = serving(list, (request) => {
      list.push({ id: 10_000 + request, created: start + 14_000 + request });
      list.splice(
        list.findIndex((run) => run.id === 450 - request),
        1,
      );
    });
    const pages = await walk(runs, made, spanOf(made));
    const ids = new Set(idsOf(pages));
    for (const run of list.filter((each) => each.id < 10_000)) expect(ids).toContain(id(run.id));
  });

  it("goes on where a killed build stopped: nothing is covered that was not read", async () => {
    const runsAt = fc.array(fc.integer({ min: 0, max: 14_399 }), { minLength: 220, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(runsAt, fc.integer({ min: 1, max: 4 }), async (offsets, pagesBefore) => {
        const list = offsets.map((offset, index) => ({ id: index + 1, created: start + offset }));
        const made = serving(list);
        const pages = await walk(runs, made, spanOf(made), pagesBefore);
        const ids = new Set(idsOf(pages));
        const known = union(coveredOf(pages));
        for (const run of list)
          if (known.some((span) => isWithin(run.created * MICROS_PER_SECOND, span))) expect(ids).toContain(id(run.id));
      }),
      { numRuns: 10 },
    );
  });

  it("ends with a gap when answers stop making sense", async () => {
    const forever = bench(() => ({ total_count: 9999, workflow_runs: [runRow(1, "2030-01-01T00:00:00Z")] }));
    const pages = await walk(runs, forever, spanOf(forever));
    expect(gapsOf(pages)).toMatchObject([{ reason: "truncated" }]);
    expect(forever.requests.length).toBeLessThan(25);
  });

  it("takes an empty repository for what it is", async () => {
    const made = bench(() => Response.json({ message: "Git Repository is empty." }, { status: 409 }));
    const pages = await walk(runs, made, spanOf(made));
    expect([idsOf(pages), gapsOf(pages)]).toEqual([[], []]);
    expect(union(coveredOf(pages))).toHaveLength(1);
  });

  it("gives the first attempt of a run that was run again, and none that started outside", async () => {
    const made = serving([
      { id: 1, created: start + 60, attempts: [start + 600] },
      { id: 2, created: start - 30 },
    ]);
    const pages = await walk(runs, made, spanOf(made));
    expect(idsOf(pages)).toEqual([id(1)]);
  });
});

describe("re-runs", () => {
  it("finds attempts inside the span, of runs created days before it too", async () => {
    const made = serving([
      { id: 1, created: start + 60, attempts: [start + 600, start + 20_000] },
      { id: 2, created: start - 80_000, attempts: [start - 70_000, start + 10, start + 900] },
      { id: 3, created: start - 80_000, attempts: [start - 70_000] },
      { id: 4, created: start - 90_000, attempts: [start + 5] },
      { id: 5, created: start - 80_000, attempts: [start - 70_000, start - 60_000, start + 5] },
    ]);
    const pages = await walk(reruns, made, spanOf(made));
    expect(idsOf(pages).sort()).toEqual([id(1, 2), id(2, 3), id(2, 4), id(5, 4)]);
    expect(made.requests.filter((request) => request.includes("/runs/5/attempts/"))).toHaveLength(2);
    expect(coveredOf(pages)).toEqual([{ from: spanOf(made).from, until: spanOf(made).until }]);
  });

  it("goes on where a killed build stopped, and covers only at its end", async () => {
    const made = serving(
      Array.from({ length: 250 }, (_, index) => ({ id: index + 1, created: start - index * 60, attempts: [start + index] })),
    );
    const before = await walk(reruns, made, spanOf(made), 2);
    const after = await walk(reruns, made, spanOf(made));
    const lists = made.requests.filter((request) => request.includes("/actions/runs?"));
    expect(coveredOf(before)).toEqual([]);
    expect(coveredOf(after)).toHaveLength(1);
    expect(idsOf(before).length).toBeLessThan(250);
    // All of them, or those that were found before would count as gone.
    expect(new Set(idsOf(after)).size).toBe(250);
    expect(lists.length - new Set(lists).size).toBe(1);
    expect(new Set(idsOf(await walk(reruns, made, spanOf(made)))).size).toBe(250);
  });

  it("counts attempts that are gone, and goes on", async () => {
    const made = bench((path) =>
      path.includes("/attempts/")
        ? Response.json({ message: "Not Found" }, { status: 404 })
        : { total_count: 1, workflow_runs: [runRow(5, iso(start + 9), { run_attempt: 2, run_started_at: iso(start + 90) })] },
    );
    expect(gapsOf(await walk(reruns, made, spanOf(made)))).toMatchObject([{ reason: "not found", count: 1, source: "reruns" }]);
    expect(gapsOf(await walk(runs, made, spanOf(made)))).toMatchObject([{ reason: "not found", count: 1, source: "runs" }]);
  });
});
