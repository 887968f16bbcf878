import { describe, expect, it } from "vitest";
import { deployments } from "../../../connectors/github/deployments.js";
import { fromIso, MICROS_PER_SECOND, toIso, type Span } from "../../../src/kit/instant.js";
import { deploymentRow } from "./answers.js";
import { bench, coveredOf, gapsOf, idsOf, union, walk, type Bench } from "./fake.js";

interface Deployed {
  readonly id: number;
  readonly at: number;
  readonly environment?: string;
  readonly state?: string;
  readonly transient?: boolean;
}

function serving(list: readonly Deployed[], config: object = {}): Bench {
  const sorted = [...list].sort((a, b) => b.at - a.at);
  return bench(
    (path, params) => {
      const one = /\/deployments\/(\d+)\/statuses$/.exec(path);
      if (one) {
        const { at, state = "success" } = list.find(({ id }) => id === Number(one[1]))!;
        return state === "gone" ? Response.json({}, { status: 404 }) : [{ id: 1, state, created_at: iso(at + 120) }];
      }
      const page = Number(params.get("page") ?? 1);
      const rows = sorted.slice((page - 1) * 100, page * 100);
      return Response.json(
        rows.map(({ id, at, environment = "production", transient = false }) =>
          deploymentRow(id, iso(at), { environment, transient_environment: transient }),
        ),
        page * 100 < sorted.length ? { headers: { link: `<https://api.github.com/x?page=${page + 1}>; rel="next"` } } : {},
      );
    },
    { config },
  );
}

const iso = (second: number) => toIso(second * MICROS_PER_SECOND, MICROS_PER_SECOND);
const start = fromIso("2026-03-04T10:00:00Z")! / MICROS_PER_SECOND;
const id = (number: number) => `github-deployment:acme/shop/${number}`;
const DAY = 86_400;

/** The window, then the look-back, as they are planned. */
async function both(made: Bench, most?: number) {
  const { spans, changeLookBack } = made.context.window;
  return [...(await walk(deployments, made, spans.change, most)), ...(await walk(deployments, made, changeLookBack, most))];
}

describe("deployments", () => {
  it("are found over several pages, those of the last day before the span too", async () => {
    const made = serving(Array.from({ length: 230 }, (_, index) => ({ id: index + 1, at: start + 14_000 - index * 800 })));
    const { change } = made.context.window.spans;
    const pages = await walk(deployments, made, change);
    const inside = Array.from({ length: 230 }, (_, index) => index + 1).filter(
      (number) => start + 14_000 - (number - 1) * 800 >= start - DAY,
    );
    expect(idsOf(pages).sort()).toEqual(inside.map(id).sort());
    expect(new Set(idsOf(pages)).size).toBe(idsOf(pages).length);
    expect(union(coveredOf(pages))).toEqual([{ from: change.from, until: change.until }]);
  });

  it("always have the last success of each environment before the window, however old", async () => {
    const made = serving([
      { id: 1, at: start - 300 * DAY },
      { id: 2, at: start - 200 * DAY },
      { id: 3, at: start - 100 * DAY, state: "failure" },
      { id: 4, at: start - 150 * DAY, environment: "canary" },
      { id: 5, at: start - 180 * DAY, environment: "canary" },
      { id: 6, at: start - 90 * DAY, environment: "preview-12", transient: true },
      { id: 7, at: start - 60, environment: "staging" },
      { id: 8, at: start + 60 },
    ]);
    expect([...new Set(idsOf(await both(made)))].sort()).toEqual([2, 3, 4, 7, 8].map(id));
  });

  it("do not depend on where a killed build stopped", async () => {
    const list = Array.from({ length: 150 }, (_, index) => ({
      id: index + 1,
      at: start - 40_000 - index * 1500,
      environment: index % 2 ? "canary" : "production",
    }));
    const whole = serving(list);
    const { changeLookBack } = whole.context.window;
    const expected = new Set(idsOf(await walk(deployments, whole, changeLookBack)));
    const killed = serving(list);
    const first = await walk(deployments, killed, changeLookBack, 1);
    const rest = missing(changeLookBack, union(coveredOf(first)));
    const found = new Set(idsOf(first));
    for (const span of rest) for (const each of idsOf(await walk(deployments, killed, span))) found.add(each);
    expect(found).toEqual(expected);
  });

  it("are those of the named environments alone", async () => {
    const made = serving(
      [
        { id: 1, at: start + 5, environment: "Production-EU" },
        { id: 2, at: start + 6, environment: "staging" },
      ],
      { environments: ["prod*"] },
    );
    expect(new Set(idsOf(await both(made)))).toEqual(new Set([id(1)]));
  });

  it("are kept when their statuses are gone, and that is counted", async () => {
    const made = serving([{ id: 1, at: start + 5, state: "gone" }]);
    const pages = await walk(deployments, made, made.context.window.spans.change);
    expect(idsOf(pages)).toEqual([id(1)]);
    expect(gapsOf(pages)).toMatchObject([{ reason: "not found", count: 1 }]);
  });

  it("end with a gap when the same page comes for ever", async () => {
    const row = deploymentRow(1, iso(start + 50), { environment: "x" });
    const made = bench((path) =>
      path.endsWith("/statuses") ? [] : Response.json([row], { headers: { link: '<https://api.github.com/x?page=2>; rel="next"' } }),
    );
    const pages = await walk(deployments, made, made.context.window.spans.change);
    expect(gapsOf(pages)).toMatchObject([{ reason: "truncated" }]);
    expect(made.requests.length).toBeLessThan(25);
  });

  it("give up on a list that is none", async () => {
    const made = bench(() => Response.json({ message: "hello" }));
    await expect(walk(deployments, made, made.context.window.spans.change)).rejects.toMatchObject({ action: "retry", reason: "malformed" });
  });
});

function missing(whole: Span, known: readonly Span[]): Span[] {
  const edges = [...known].sort((a, b) => a.from - b.from);
  const holes: Span[] = [];
  let at = whole.from;
  for (const span of edges) {
    if (span.from > at) holes.push({ from: at, until: span.from });
    at = Math.max(at, span.until);
  }
  return at < whole.until ? [...holes, { from: at, until: whole.until }] : holes;
}
