import { describe, expect, it } from "vitest";
import { z } from "zod";
import { apiBase, appBase, DatadogSection, isVendorHost } from "../../../connectors/datadog/config.js";
import { wire } from "../../../connectors/datadog/wire.js";

const metric = { name: "a", query: "avg:a{*}" };

describe("the section", () => {
  it("needs nothing but keys", () => {
    expect(DatadogSection.parse({})).toEqual({
      apiKey: { env: "DD_API_KEY" },
      appKey: { env: "DD_APP_KEY" },
      site: "datadoghq.com",
      apiUrl: null,
      metrics: [],
      events: { query: "*", monitors: null },
      notice: { incidents: null, monitors: null },
    });
    expect(DatadogSection.parse({ metrics: [metric] }).metrics).toEqual([{ ...metric, step: "PT20S", unit: null, visibility: "public" }]);
  });

  it.each<[object, string]>([
    [{ site: "datadoghq.org" }, "site"],
    [{ apiUrl: "ftp://x" }, "apiUrl"],
    [{ metrics: [metric, metric] }, "metrics.1.name"],
    [{ metrics: [{ ...metric, name: "a|b" }] }, "metrics.0.name"],
    [{ metrics: [{ ...metric, query: "avg:a{*}, avg:b{*}" }] }, "metrics.0.query"],
    [{ metrics: [{ ...metric, step: "7s" }] }, "metrics.0.step"],
    [{ metrics: [{ ...metric, step: "soon" }] }, "metrics.0.step"],
    [{ event: null }, ""],
  ])("refuses %j at its place", (section, path) => {
    const { error } = DatadogSection.safeParse(section);
    expect(error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });

  it("can be described to editors", () => {
    expect(z.toJSONSchema(DatadogSection, { io: "input" })).toMatchObject({ type: "object", additionalProperties: false });
  });
});

it("knows the vendor's hosts and where people look", () => {
  expect(["api.datadoghq.eu", "datadoghq.com", "evildatadoghq.com", "datadoghq.com.example"].map(isVendorHost)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(apiBase({ site: "ap1.datadoghq.com", apiUrl: null })).toBe("https://api.ap1.datadoghq.com");
  expect(apiBase({ site: "ap1.datadoghq.com", apiUrl: "http://127.0.0.1:1/x/" })).toBe("http://127.0.0.1:1/x");
  expect([appBase({ site: "datadoghq.eu" }), appBase({ site: "us3.datadoghq.com" })]).toEqual([
    "https://app.datadoghq.eu",
    "https://us3.datadoghq.com",
  ]);
});

describe("the wire", () => {
  const judge = (status: number, headers: Record<string, string>) => wire.judge({ status, headers: new Headers(headers), json: {} }, 0);

  it("takes the reset for seconds to wait, and leaves the rest to the common rule", () => {
    expect(judge(429, { "x-ratelimit-reset": "12" })).toMatchObject({ kind: "wait", waitMs: 12_000 });
    expect(judge(429, {})).toBeNull();
    expect(judge(429, { "x-ratelimit-reset": "-1" })).toBeNull();
    expect(judge(200, { "x-ratelimit-reset": "12" })).toBeNull();
  });

  it("keeps limits apart", () => {
    const bucket = (path: string) => wire.bucketOf({ method: "GET", url: new URL(`https://api.datadoghq.com${path}`) });
    expect(["/x/api/v1/query", "/api/v2/events/search", "/api/v1/validate"].map(bucket)).toEqual([
      "metric_query",
      "events_query",
      "default",
    ]);
  });
});
