import { describe, expect, it } from "vitest";
import { datadog } from "../../../connectors/datadog/index.js";
import { SourceError } from "../../../src/kit/errors.js";
import { fromIso, toIso } from "../../../src/kit/instant.js";
import { WireError } from "../../../src/kit/wire/types.js";
import { connectorContract } from "../../support/connector-contract.js";
import type { Exchange } from "../../../src/contract/testing/replay.js";
import { collectScenario } from "../../../src/contract/testing/collect-scenario.js";
import { event, ok, point, query, search, series } from "./answers.js";
import { scenarios, section } from "./scenarios.js";

const connector = datadog as never;
const [points, shortened, refused, walked] = scenarios as unknown as [Scenario, Scenario, Scenario, Scenario];
type Scenario = (typeof scenarios)[number];

describe("the contract", () => connectorContract(connector, scenarios));

describe("metrics", () => {
  it("cuts points into slices of the grid, each instant once, nulls kept", async () => {
    const run = await collectScenario(connector, points);

    expect(
      run.series.map(({ slice, times, values, series: name, type, stepSeconds, unit }) => [
        toIso(slice.from, 1e6),
        times.map((at) => toIso(at, 1e6)),
        values,
        name,
        type,
        stepSeconds,
        unit,
      ]),
    ).toEqual([
      ["2026-03-04T10:00:00Z", ["2026-03-04T10:59:40Z"], [3], "checkout.errors", "count", 20, null],
      ["2026-03-04T11:00:00Z", ["2026-03-04T11:00:00Z", "2026-03-04T11:00:20Z"], [null, 5], "checkout.errors", "count", 20, null],
    ]);
    expect(run.series[0]?.url).toBe(
      "https://app.datadoghq.com/metric/explorer?exp_metric=checkout.errors&exp_scope=env%3Aprod&exp_agg=sum&from_ts=1772618400000&to_ts=1772622000000&live=false",
    );
  });

  it("asks slice by slice when Datadog made several coarser, and names series by their tags", async () => {
    const run = await collectScenario(connector, shortened);

    expect(run.series.map(({ series: name, times, stepSeconds, unit }) => [name, times.length, stepSeconds, unit])).toEqual([
      ["checkout.latency{service:cart}", 1, 20, "millisecond"],
      ["checkout.latency{service:pay}", 2, 20, "millisecond"],
    ]);
    expect(run.gaps.map((gap) => gap.count)).toEqual([1]);
  });

  it("believes a metric that is coarse by itself, at the cost of one request", async () => {
    const asked = "sum:checkout.errors{env:prod}.as_count().rollup(sum, 20)";
    const answer = ok(series({ interval: 60, points: [point("2026-03-04T11:00:00Z", 1), point("2026-03-04T11:02:00Z", 2)] }));
    const run = await collectScenario(connector, {
      ...points,
      window: { ...points.window, baselines: [] },
      exchanges: [
        query(asked, "2026-03-04T10:00:00Z", "2026-03-04T13:00:00Z", answer),
        query(asked, "2026-03-04T11:00:00Z", "2026-03-04T12:00:00Z", answer),
      ],
    });

    expect(run.series.map(({ stepSeconds, times }) => [stepSeconds, times.length])).toEqual([[60, 2]]);
    expect(run.unused).toEqual([]);
  });

  it("covers up to now and leaves out the bucket that goes on", async () => {
    const now = fromIso("2026-03-04T11:00:30Z")!;
    const asked = "sum:checkout.errors{env:prod}.as_count().rollup(sum, 20)";
    const run = await collectScenario(connector, {
      ...points,
      now,
      window: { ...points.window, baselines: [] },
      exchanges: [
        query(
          asked,
          "2026-03-04T10:00:00Z",
          "2026-03-04T11:00:30Z",
          ok(series({ points: [point("2026-03-04T11:00:00Z", 4), point("2026-03-04T11:00:20Z", 1)] })),
        ),
      ],
    });

    expect(run.covered.map(({ span }) => toIso(span.until, 1e6))).toEqual(["2026-03-04T11:00:30Z"]);
    expect(run.series.map(({ values, slice }) => [values, toIso(slice.until, 1e6)])).toEqual([[[4], "2026-03-04T12:00:00Z"]]);
  });

  it("says what Datadog said of a refused query, without addresses", async () => {
    const run = await collectScenario(connector, refused);

    expect(run.gaps.map((gap) => gap.detail)).toEqual([
      "Datadog refused the query: Error parsing query: see [address] for sum:{{}",
      "Datadog refused the query: too many series",
    ]);
    expect(run.gaps.every((gap) => gap.hint !== null)).toBe(true);
  });

  it.each<[string, Partial<Exchange>, object]>([
    [
      "a pair that the client cannot read",
      { body: { status: "ok", series: [series({ points: [["x", "y"]] })] } },
      { action: "skip", reason: "malformed" },
    ],
    ["a status outside of the documents", { status: 502, text: "<html>" }, { action: "retry", reason: "unavailable" }],
    ["an unknown address", { status: 404, body: { errors: ["Not found"] } }, { action: "skip", reason: "not found" }],
  ])("throws a SourceError for %s", async (_, answer, fields) => {
    await expect(
      collectMetrics([query("sum:a{*}.rollup(avg, 20)", "2026-03-04T10:00:00Z", "2026-03-04T13:00:00Z", answer)]),
    ).rejects.toMatchObject(fields);
  });

  it.each([
    [403, { action: "stop", reason: "forbidden" }],
    [200, { action: "skip", reason: "forbidden" }],
  ])("tells a refused key from a missing permission: validate answers %i", async (status, fields) => {
    const asked = query("sum:a{*}.rollup(avg, 20)", "2026-03-04T10:00:00Z", "2026-03-04T13:00:00Z", {
      status: 403,
      body: { errors: ["Forbidden"] },
    });
    await expect(collectMetrics([asked, { method: "GET", path: "/api/v1/validate", status, body: {} }])).rejects.toMatchObject(fields);
  });

  it("hands on what the wire says, and the reason of a cancellation", async () => {
    await expect(collectMetrics([], () => Promise.reject(new WireError("gave up", "rate limited")))).rejects.toMatchObject({
      action: "retry",
      reason: "rate limited",
    });
    const reason = new Error("stopped by hand");
    await expect(collectMetrics([], () => Promise.reject(new Error("unused")), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe("events", () => {
  it("covers as it goes, and to the end with the last page", async () => {
    const run = await collectScenario(connector, walked);

    expect(run.covered.map(({ span }) => [toIso(span.from, 1000), toIso(span.until, 1000)])).toEqual([
      ["2026-03-04T10:30:00.000Z", "2026-03-04T11:20:00.250Z"],
      ["2026-03-04T11:20:00.250Z", "2026-03-04T11:41:00.500Z"],
      ["2026-03-04T11:41:00.500Z", "2026-03-04T12:30:00.000Z"],
    ]);
    expect(run.references).toEqual([
      {
        type: "account",
        id: "ines.k@acme.example",
        kind: "person",
        handle: "ines.k@acme.example",
        names: [],
        emails: ["ines.k@acme.example"],
      },
    ]);
  });

  it.each([
    ["a cursor that comes again", [search(null, [event({})], "c1"), search("c1", [event({ id: "AgC2" })], "c1")], 2],
    [
      "page after page with nothing new",
      Array.from({ length: 21 }, (_, page) => search(page === 0 ? null : `c${page}`, [event({})], `c${page + 1}`)),
      21,
    ],
  ])("ends a walk at %s, with a gap for the rest", async (_, exchanges, requests) => {
    const run = await collectScenario(connector, { ...walked, exchanges });

    expect(run.requests).toBe(requests);
    expect(run.gaps.map(({ reason }) => reason)).toEqual(["truncated"]);
    expect(Math.max(...run.covered.map(({ span }) => span.until))).toBeLessThan(walked.window.until);
  });

  it("covers nothing of a page that is a part, and the rest as usual", async () => {
    const run = await collectScenario(connector, {
      ...walked,
      exchanges: [
        search(null, [], "x", { warnings: [{ title: "slow" }] }),
        search(null, [event({ at: "2026-03-04T11:00:00Z" })], "c1", { warnings: [{ title: "slow" }] }, 200),
        search("c1", [], null),
      ],
    });

    expect(run.gaps.map(({ reason, span }) => [reason, toIso(span!.until, 1e6)])).toEqual([["truncated", "2026-03-04T11:00:00Z"]]);
    expect(run.covered.map(({ span }) => [toIso(span.from, 1e6), toIso(span.until, 1e6)])).toEqual([
      ["2026-03-04T11:00:00Z", "2026-03-04T12:30:00Z"],
    ]);
  });

  it("is not planned when config says null", async () => {
    const run = await collectScenario(connector, { ...walked, config: section, exchanges: [] });
    expect(run.walks).toEqual([]);
  });
});

/** The first query's walk, with its error let through. */
async function collectMetrics(
  exchanges: readonly Exchange[],
  fetch?: () => Promise<Response>,
  signal = new AbortController().signal,
): Promise<void> {
  const { replay } = await import("../../../src/contract/testing/replay.js");
  const metric = { name: "a", query: "sum:a{*}", step: "PT20S", unit: null, visibility: "public" as const };
  const context = {
    config: { ...section, metrics: [metric] },
    window: points.window,
    now: points.now,
    fetch: fetch ?? replay(exchanges).fetch,
    signal,
    identity: { tenant: "api.datadoghq.com", data: {} },
    recall: () => Promise.reject(new SourceError("unused", { connector: "datadog", action: "stop", reason: "unavailable" })),
    discovered: () => Promise.resolve([]),
  };
  const source = datadog.sources.find(({ id }) => id === "metrics")!;
  const { scopes } = await source.plan(context);
  for await (const page of source.collect(scopes[0]!, scopes[0]!.wanted[0]!, context)) expect(page).toBeDefined();
}
