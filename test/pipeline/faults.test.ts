import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FixtureAnswer, FixtureRequest } from "../../fixtures/server/http.js";
import { sha256 } from "../../src/kit/hash.js";
import { openBench } from "../support/build-fixture.js";

/** Small pages, so that there is something to resume: the same in every run that is compared. */
const PAGES = { pageSizes: { slack: 25, github: 10, datadog: 10 } };

let undisturbed: { readonly bytes: string; readonly calls: readonly string[] };
beforeAll(async () => {
  const bench = await openBench(PAGES);
  await bench.build();
  undisturbed = { bytes: bench.bytes(), calls: bench.server.calls.map(nameOf) };
  await bench.close();
}, 60_000);

describe("faults on the way", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])("do not show in the files: seed %i", async (seed) => {
    const spoilt: string[] = [];
    const bench = await openBench({
      ...PAGES,
      fault: (request, nth) => {
        const answer = faultFor(seed, request, nth);
        if (answer !== null) spoilt.push(request.service);
        return answer;
      },
    });
    await bench.build();
    expect(spoilt.length).toBeGreaterThan(10);
    expect(bench.bytes() === undisturbed.bytes).toBe(true);
    await bench.close();
  });
});

describe("a build that ends in the middle", () => {
  const state: { stopAt: number; abort: () => void } = { stopAt: Infinity, abort: () => {} };
  let bench: Awaited<ReturnType<typeof openBench>>;
  beforeAll(async () => {
    bench = await openBench({
      ...PAGES,
      fault: () => {
        if (bench.server.calls.length === state.stopAt) state.abort();
        return null;
      },
    });
  });
  afterAll(() => bench.close());

  it.each([0.02, 0.1, 0.25, 0.4, 0.55, 0.7, 0.85, 0.98])("goes on where it stopped, after %f of its calls", async (share) => {
    bench.clear();
    const before = bench.server.calls.length;
    const controller = new AbortController();
    Object.assign(state, {
      stopAt: before + Math.floor(undisturbed.calls.length * share),
      abort: () => controller.abort(new Error("killed")),
    });
    await expect(bench.build({ signal: controller.signal })).rejects.toThrow("killed");
    state.stopAt = Infinity;
    await bench.build({ now: "2026-03-20T09:05:00Z" });
    expect(bench.bytes() === undisturbed.bytes).toBe(true);
    expect(askedTwice(bench.server.calls.slice(before).map(nameOf))).toEqual([]);
  });
});

/** What happens to a request depends on the seed, the request and how often it was made: order changes nothing. */
function faultFor(seed: number, request: FixtureRequest, nth: number): FixtureAnswer | null {
  if (nth > 2) return null;
  const roll = parseInt(sha256(JSON.stringify([seed, nth, request.service, request.path, request.params])).slice(0, 8), 16) / 2 ** 32;
  const faults: readonly [number, FixtureAnswer][] = [
    [0.05, tooMany(request)],
    [0.05, { status: 503, text: "<html>Service Unavailable</html>", headers: { "content-type": "text/html" } }],
    [0.03, { breaks: "before" }],
    [0.03, { breaks: "halfway", body: { ok: true } }],
    [0.02, { status: 200, text: "<html>Sign in</html>", headers: { "content-type": "text/html" } }],
  ];
  let sum = 0;
  for (const [share, answer] of faults) {
    sum += share;
    if (roll < sum) return answer;
  }
  return null;
}

/** Each vendor's own way to say "later". */
function tooMany({ service }: FixtureRequest): FixtureAnswer {
  if (service === "slack") return { status: 429, headers: { "retry-after": "30" }, body: { ok: false, error: "ratelimited" } };
  if (service === "datadog") return { status: 429, headers: { "x-ratelimit-reset": "12" }, body: { errors: ["Rate limit reached"] } };
  return { status: 403, headers: { "retry-after": "60" }, body: { message: "You have exceeded a secondary rate limit." } };
}

function nameOf({ service, path, params }: { service: string; path: string; params: Readonly<Record<string, string>> }): string {
  return `${service} ${path} ${params["channel"] ?? ""} ${params["ts"] ?? ""} ${params["query"]?.slice(0, 80) ?? ""} ${params["variables"] ?? ""}`;
}

/**
 * Questions that were asked more often than a build asks them, beyond the one page of each scope that a kill costs. Two
 * sources read the list of runs and the attempts of a run.
 */
function askedTwice(calls: readonly string[]): string[] {
  const count = (all: readonly string[]) =>
    all.reduce((counts, call) => counts.set(call, (counts.get(call) ?? 0) + 1), new Map<string, number>());
  const usual = count(undisturbed.calls);
  const sharing = (call: string) => (call.includes("/actions/runs") ? 2 : 1);
  return [...count(calls)]
    .filter(([call, times]) => times > (usual.get(call) ?? 0) + sharing(call))
    .map(([call, times]) => `${times} x ${call}, usually ${usual.get(call) ?? 0}`);
}
