import { Secret } from "../../../src/contract/secret.js";
import { fromIso } from "../../../src/kit/instant.js";
import { windowOf, type Scenario } from "../../../src/contract/testing/collect-scenario.js";
import { event, monitorEvent, ok, point, query, search, series } from "./answers.js";

type Expected = Scenario & { expect: { evidenceIds: string[]; gaps: { scope: string; reason: string }[] } };

export const section = {
  apiKey: new Secret("madeUpApiKey"),
  appKey: new Secret("madeUpApplicationKey"),
  site: "datadoghq.com" as const,
  apiUrl: null,
  metrics: [],
  events: null,
  notice: { incidents: null, monitors: null },
};
const errors = "sum:checkout.errors{env:prod}.as_count()";
const latency = "avg:checkout.latency{env:prod} by {service}";
const metric = (name: string, text: string) => ({ name, query: text, step: "PT20S", unit: null });
const window = windowOf("2026-03-04T10:30:00Z", "2026-03-04T12:30:00Z");
const now = fromIso("2026-03-06T00:00:00Z")!;
const millis = [{ family: "time", name: "millisecond", short_name: "ms", plural: "milliseconds", scale_factor: 0.001, id: 10 }, null];

/** A count with nulls, doubled and stray points, over the window and one day before. */
const points: Expected = {
  name: "points of a count, whose unit Datadog does not know",
  config: { ...section, metrics: [metric("checkout.errors", errors)] },
  window: { ...window, baselines: [{ from: fromIso("2026-03-03T10:30:00Z")!, until: fromIso("2026-03-03T12:30:00Z")! }] },
  now,
  exchanges: [
    query(
      `${errors}.rollup(sum, 20)`,
      "2026-03-04T10:00:00Z",
      "2026-03-04T13:00:00Z",
      ok(
        series({
          points: [
            point("2026-03-04T10:59:40Z", 3),
            point("2026-03-04T11:00:00Z", null),
            point("2026-03-04T11:00:20Z", 5),
            point("2026-03-04T11:00:20Z", 5),
            point("2026-03-04T13:00:00Z", 99),
          ],
        }),
      ),
    ),
    query(`${errors}.rollup(sum, 20)`, "2026-03-03T10:00:00Z", "2026-03-03T13:00:00Z", ok()),
  ],
  expect: { evidenceIds: [], gaps: [] },
};

/** Three hours together come at a minute; an hour alone at 20 seconds: then hour by hour. */
const shortened: Expected = {
  name: "a grouped query that Datadog makes coarser, with a broken series",
  config: { ...section, metrics: [metric("checkout.latency", latency)] },
  window,
  now,
  exchanges: [
    ...[0, 1].map(() =>
      query(
        latencyAsked(),
        "2026-03-04T11:00:00Z",
        "2026-03-04T12:00:00Z",
        ok(
          series({ tags: ["service:pay"], unit: millis, points: [point("2026-03-04T11:00:00Z", 40), point("2026-03-04T11:00:20Z", 41.5)] }),
          series({ tags: ["service:cart"], unit: millis, points: [point("2026-03-04T11:00:00Z", 12)] }),
          series({ tags: ["service:broken"], points: [[1, 2, 3]] }),
        ),
      ),
    ),
    query(
      latencyAsked(),
      "2026-03-04T10:00:00Z",
      "2026-03-04T13:00:00Z",
      ok(series({ tags: ["service:pay"], interval: 60, points: [point("2026-03-04T11:00:00Z", 40), point("2026-03-04T11:01:00Z", 42)] })),
    ),
    query(latencyAsked(), "2026-03-04T10:00:00Z", "2026-03-04T11:00:00Z", ok()),
    query(latencyAsked(), "2026-03-04T12:00:00Z", "2026-03-04T13:00:00Z", ok()),
  ],
  expect: { evidenceIds: [], gaps: [{ scope: `checkout.latency|${latency}|20s`, reason: "malformed" }] },
};

function latencyAsked(): string {
  return `${latency}.rollup(avg, 20)`;
}

const refused: Expected = {
  name: "queries that Datadog refuses, each in its way",
  config: { ...section, metrics: [metric("typo", "sum:{{}"), metric("timed out", "sum:a{*}")] },
  window,
  now,
  exchanges: [
    query("sum:{{}", "2026-03-04T10:00:00Z", "2026-03-04T13:00:00Z", {
      status: 400,
      body: { errors: ["Error parsing query: see https://example.com/help for sum:{{}"] },
    }),
    query("sum:a{*}.rollup(avg, 20)", "2026-03-04T10:00:00Z", "2026-03-04T13:00:00Z", {
      body: { status: "error", error: "too many series" },
    }),
  ],
  expect: {
    evidenceIds: [],
    gaps: [
      { scope: "typo|sum:{{}|20s", reason: "malformed" },
      { scope: "timed out|sum:a{*}|20s", reason: "malformed" },
    ],
  },
};

const firstPage = [
  event({
    id: "AgA1",
    at: "2026-03-04T10:58:00.000Z",
    title: "Deployed checkout 4.6.12 to production",
    tags: ["event_type:deploy", "env:prod"],
  }),
  monitorEvent({
    id: "AgA2",
    at: "2026-03-04T11:20:00.250Z",
    outer: "2026-03-04T12:20:00+01:00",
    title: "[P2] [Triggered on {service:pay}] Checkout error rate",
    message: "%%%\nErrors since acme/shop#12 (9f8e7d6c5b4a)\n\n@slack-ops\n%%%",
    status: "error",
    transition: { transition_type: "alert", source_state: "OK", destination_state: "Alert" },
    groups: ["service:pay"],
    tags: ["monitor", "service:checkout", "service:checkout"],
  }),
  event({ id: 7 }),
];
const secondPage = [
  // The page before it ends with the same one: an event came in between.
  firstPage[1],
  event({ id: "AgA3", at: null }),
  monitorEvent({
    id: "AgA4",
    at: "2026-03-04T11:40:00.001Z",
    title: "[Recovered] Checkout error rate",
    status: "ok",
    transition: { trans_name: "Recovered", trans_type: "alert recovery" },
    inner: { duration: 1_200_000_000_000 },
  }),
  event({
    id: "AgA5",
    at: "2026-03-04T11:41:00.5Z",
    title: "payments fallback updated",
    inner: {
      evt: { id: "8407723285051133019", type: "api", category: "change" },
      author: { name: "Ines.K@acme.example", type: "user" },
      changed_resource: { name: "payments_fallback", type: "feature_flag" },
      prev_value: { percentage: "10%" },
      new_value: { percentage: "50%" },
    },
  }),
];

const walked: Expected = {
  name: "events on two pages, then an empty one",
  config: { ...section, events: { query: "*", monitors: null } },
  window,
  now,
  exchanges: [search(null, firstPage, "c1"), search("c1", secondPage, "c2"), search("c2", [], null)],
  expect: {
    evidenceIds: ["datadog-event:AgA1", "datadog-event:AgA2", "datadog-event:AgA4", "datadog-event:AgA5"],
    gaps: [
      { scope: "*", reason: "malformed" },
      { scope: "*", reason: "malformed" },
    ],
  },
};

const narrowed: Expected = {
  ...walked,
  name: "events of one monitor, and all that are of none",
  config: { ...section, events: { query: "*", monitors: ["no monitor is called so"] } },
  expect: {
    evidenceIds: ["datadog-event:AgA1", "datadog-event:AgA5"],
    gaps: [
      { scope: "*|monitors:no monitor is called so", reason: "malformed" },
      { scope: "*|monitors:no monitor is called so", reason: "malformed" },
    ],
  },
};

const partial: Expected = {
  name: "events that Datadog gives a part of, twice",
  config: { ...section, events: { query: "env:prod", monitors: null } },
  window,
  now,
  exchanges: [
    search(null, [], null, { status: "timeout" }),
    search(null, [event({ id: "AgB1", outer: "2026-03-04T11:20:00+00:00" })], null, { status: "timeout" }, 200),
  ],
  expect: { evidenceIds: ["datadog-event:AgB1"], gaps: [{ scope: "env:prod", reason: "truncated" }] },
};

const forbidden: Expected = {
  name: "keys that may not read events",
  config: { ...section, events: { query: "*", monitors: null } },
  window,
  now,
  exchanges: [
    {
      method: "POST",
      path: "/api/v2/events/search",
      status: 403,
      body: { errors: ["Forbidden", "Failed permission authorization checks"] },
    },
    { method: "GET", path: "/api/v1/validate", body: { valid: true } },
  ],
  expect: { evidenceIds: [], gaps: [{ scope: "*", reason: "forbidden" }] },
};

export const scenarios: readonly Expected[] = [points, shortened, refused, walked, narrowed, partial, forbidden];
