import { createConfiguration } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-common/index.js";
import { BaseServerConfiguration } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-common/servers.js";
import { MetricsApi } from "@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/apis/MetricsApi.js";
import { logger } from "@datadog/datadog-api-client/dist/logger.js";
import { Octokit } from "@octokit/rest";
import { LogLevel, WebClient } from "@slack/web-api";
import { afterEach, describe, expect, it } from "vitest";
import { createWire } from "../../../src/kit/wire/create-wire.js";
import type { VendorPolicy, WireFetch } from "../../../src/kit/wire/types.js";
import { wireErrorOf } from "../../../src/kit/wire/wire-error-of.js";
import { cutChunked, faultServer, html, json, text, type FaultServer, type Step } from "../../support/fault-server.js";
import { virtualClock } from "../../support/virtual-clock.js";

const policy: VendorPolicy = { concurrency: 4, bucketOf: () => "all", perMinute: () => null, judge: () => null };
logger.setLevel("silent");

const servers: FaultServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Each vendor's client: one call that reads a page, and the page it reads. */
const clients: Record<string, { path: string; page: unknown; call: (url: string, fetch: WireFetch) => Promise<unknown> }> = {
  slack: {
    path: "/api/conversations.history",
    page: { ok: true, messages: [{ ts: "1.000100" }] },
    call: async (url, fetch) => {
      const quiet = {
        setLevel: () => {},
        getLevel: () => LogLevel.ERROR,
        setName: () => {},
        debug: () => {},
        info: () => {},
        warn: () => {},
        error: () => {},
      };
      const client = new WebClient("SECRET", {
        slackApiUrl: `${url}/api/`,
        fetch,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        logger: quiet,
      });
      return (await client.conversations.history({ channel: "C1" })).messages;
    },
  },
  github: {
    path: "/repos/acme/shop/pulls",
    page: [{ number: 1 }],
    call: async (url, fetch) => {
      const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
      const client = new Octokit({ auth: "SECRET", baseUrl: url, request: { fetch }, log: silent });
      return (await client.rest.pulls.list({ owner: "acme", repo: "shop" })).data;
    },
  },
  datadog: {
    path: "/api/v1/query",
    page: { status: "ok", series: [{ metric: "checkout.errors" }] },
    call: async (url, fetch) => {
      const configuration = createConfiguration({
        authMethods: { apiKeyAuth: "SECRET", appKeyAuth: "SECRET" },
        baseServer: new BaseServerConfiguration(url, {}),
        fetch,
      });
      return (await new MetricsApi(configuration).queryMetrics({ from: 1, to: 2, query: "sum:checkout.errors{*}" })).series?.map(
        ({ metric }) => ({ metric }),
      );
    },
  },
};

const expected: Record<string, unknown> = {
  slack: [{ ts: "1.000100" }],
  github: [{ number: 1 }],
  datadog: [{ metric: "checkout.errors" }],
};

async function ask(name: string, steps: (page: unknown) => readonly Step[]) {
  const { path, page, call } = clients[name]!;
  const server = await faultServer({ [path]: steps(page) });
  servers.push(server);
  const wire = createWire({ clock: virtualClock(1), random: () => 0 });
  const fetch = wire.fetchFor(name, policy, [server.url]);
  return {
    server,
    outcome: await call(server.url, fetch).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    ),
  };
}

describe.each(Object.keys(clients))("the client of %s", (name) => {
  it("reads its page through the wire, past a limit, an outage, a sign-in page and a cut-off body", async () => {
    const { server, outcome } = await ask(name, (page) => [
      json({}, { status: 429, headers: { "retry-after": "1" } }),
      html(503),
      html(200),
      cutChunked(JSON.stringify(page).slice(0, -3)),
      cutChunked(JSON.stringify(page)),
      text(JSON.stringify(page), { headers: { "content-type": "text/plain" } }),
    ]);

    expect(outcome).toEqual({ value: expected[name] });
    expect(server.requests).toHaveLength(6);
    expect(new Set(server.requests.map(({ body, query }) => body + query)).size).toBe(1);
  });

  it("lets the wire's own error be found in what it throws", async () => {
    const unavailable = await ask(name, () => [html(503)]);
    const limited = await ask(name, () => [json({}, { status: 429, headers: { "retry-after": "3600" } })]);
    const deep = await ask(name, () => [text("[".repeat(1000))]);

    const reasons = [unavailable, limited, deep].map(({ outcome }) => wireErrorOf("error" in outcome ? outcome.error : null)?.reason);
    expect(reasons).toEqual(["unavailable", "rate limited", "malformed"]);
  });

  it("keeps its own error for a refusal", async () => {
    const { outcome, server } = await ask(name, () => [json({ ok: false, message: "no", errors: ["no"] }, { status: 403 })]);

    expect(outcome).toHaveProperty("error");
    expect(wireErrorOf("error" in outcome ? outcome.error : null)).toBeNull();
    expect(server.requests).toHaveLength(1);
  });
});
