import { describe, expect, it } from "vitest";
import { DatadogSection, type DatadogConfig } from "../../../connectors/datadog/config.js";
import { looker } from "../../../connectors/datadog/look.js";
import { Secret } from "../../../src/contract/secret.js";
import { replay, type Exchange } from "../../../src/contract/testing/replay.js";
import { instant } from "../../support/build-fixture.js";
import { monitorEvent, search } from "./answers.js";

const NOW = instant("2026-03-04T12:00:00Z");
const SINCE = instant("2026-03-02T12:00:00Z");
const keys = { apiKey: new Secret("a"), appKey: new Secret("b") };

function configOf(notice: object): DatadogConfig {
  return { ...DatadogSection.parse({ notice }), ...keys };
}

async function look(notice: object, exchanges: readonly Exchange[]) {
  const recorded = replay(exchanges);
  const context = {
    config: configOf(notice),
    folder: "/",
    now: NOW,
    since: SINCE,
    fetch: recorded.fetch,
    signal: new AbortController().signal,
  };
  return { ...(await looker.look(context)), unused: recorded.unused(), requests: recorded.requests };
}

const incident = (number: number, more: object = {}) => ({
  data: {
    type: "incidents",
    id: `00000000-0000-0000-1234-00000000000${number}`,
    attributes: {
      public_id: number,
      title: "Checkout\nfails",
      created: "2026-03-04T11:30:00.123456+00:00",
      detected: "2026-03-04T11:25:00.000000+00:00",
      severity: "SEV-1",
      fields: { services: { type: "autocomplete", value: ["checkout"] } },
      ...more,
    },
  },
});
const incidents = (found: readonly unknown[], params: Record<string, string> = {}): Exchange => ({
  method: "GET",
  path: "/api/v2/incidents/search",
  params: { sort: "-created", "page[size]": "100", ...params },
  body: { data: { type: "incidents_search_results", attributes: { total: found.length, incidents: found } } },
});
const integrations = (number: number, channels: readonly object[], status = 200): Exchange => ({
  method: "GET",
  path: `/api/v2/incidents/00000000-0000-0000-1234-00000000000${number}/relationships/integrations`,
  status,
  body: { data: [{ attributes: { integration_type: 1, metadata: { channels } } }, { attributes: { metadata: { issues: [] } } }] },
});

describe("Datadog", () => {
  it("is looked at only where something is named", () => {
    expect(looker.watches(configOf({}))).toEqual([]);
    expect(looker.watches(configOf({ incidents: {}, monitors: { query: "env:prod" } }))).toEqual([
      "incidents of SEV-1, SEV-2",
      "alerts of monitors that env:prod finds",
    ]);
  });
});

describe("Datadog incidents", () => {
  it("tell of incidents, and of their Slack channel while they are open", async () => {
    const over = incident(2, {
      resolved: "2026-03-04T11:50:00+00:00",
      customer_impact_start: "2026-03-04T11:20:00+00:00",
      visibility: "private",
    });
    const { reports, problems, unused, requests } = await look({ incidents: {} }, [
      incidents([incident(1), over, incident(3, { resolved: "2026-03-01T00:00:00+00:00" })]),
      integrations(1, [{ channel_id: "C024BE91L", channel_name: "inc-1" }, { channel_id: "../x" }]),
    ]);

    expect(requests[0]?.params["query"]).toBe("state:(active OR stable OR resolved) AND severity:(SEV-1 OR SEV-2)");
    expect([problems, unused]).toEqual([[], []]);
    expect(reports).toEqual([
      {
        key: "datadog:incident/00000000-0000-0000-1234-000000000001",
        title: "Checkout fails",
        name: "datadog-incident-1",
        start: instant("2026-03-04T11:25:00Z"),
        end: null,
        severity: "SEV-1",
        url: "https://app.datadoghq.com/incidents/1",
        visibility: "public",
        also: {},
        wishes: { services: ["checkout"], only: {}, destinations: null },
        marks: ["datadog:incident/00000000-0000-0000-1234-000000000001", "slack:C024BE91L", "url:https://app.datadoghq.com/incidents/1"],
      },
      expect.objectContaining({ start: instant("2026-03-04T11:20:00Z"), end: instant("2026-03-04T11:50:00Z"), visibility: "private" }),
    ]);
  });

  it("are read page by page, without channels where those may not be read, and a broken one is told", async () => {
    const full = Array.from({ length: 100 }, () => incident(1, { resolved: "2026-03-04T11:50:00Z" }));
    const { reports, problems, unused } = await look({ incidents: {} }, [
      incidents(full, { "page[offset]": "0" }),
      incidents([incident(2), { data: { id: 5 } }, null], { "page[offset]": "100" }),
      integrations(2, [], 404),
    ]);

    expect(reports).toHaveLength(101);
    expect(problems).toMatchObject([{ place: "incidents" }, { place: "incidents" }]);
    expect(unused).toEqual([]);
  });

  it("end the look where they may not be read", async () => {
    const refused = { method: "GET", path: "/api/v2/incidents/search", status: 403, body: {} };
    const valid = { method: "GET", path: "/api/v1/validate", body: { valid: true } };

    await expect(look({ incidents: {} }, [refused, valid])).rejects.toMatchObject({ id: "DATADOG_MISSING_SCOPE" });
  });
});

describe("monitors", () => {
  const alert = (minute: number, transition: string, groups: string[] = []) =>
    monitorEvent({
      status: "info",
      at: `2026-03-04T11:${String(minute).padStart(2, "0")}:00.000Z`,
      transition: { transition_type: transition },
      groups,
    });
  const monitors = { query: "env:prod" };

  it("tell of each alert from its trigger to its recovery, each group by itself", async () => {
    const { reports, requests } = await look({ monitors }, [
      search(null, [alert(5, "alert recovery"), alert(10, "alert"), alert(11, "alert"), alert(12, "alert", ["host:a"])], "next"),
      search("next", [alert(20, "alert recovery"), alert(30, "alert"), { id: 1 }], null),
    ]);

    expect(JSON.parse(requests[0]!.params["filter"]!)).toMatchObject({ query: "source:alert (env:prod)", to: String(NOW / 1000) });
    expect(reports.map(({ name, start, end }) => [name.slice(0, 20), start, end])).toEqual([
      ["datadog-monitor-4711", instant("2026-03-04T11:10:00Z"), instant("2026-03-04T11:20:00Z")],
      ["datadog-monitor-4711", instant("2026-03-04T11:12:00Z"), null],
      ["datadog-monitor-4711", instant("2026-03-04T11:30:00Z"), null],
    ]);
    expect(new Set(reports.map(({ key }) => key)).size).toBe(3);
  });

  it("are those that are named, where any are", async () => {
    const names = async (...wanted: string[]) =>
      (await look({ monitors: { ...monitors, names: wanted } }, [search(null, [alert(10, "alert")], null)])).reports.map(
        ({ title }) => title,
      );

    expect(await names("Checkout *")).toEqual(["Checkout error rate"]);
    expect(await names("4711")).toEqual(["Checkout error rate"]);
    expect(await names("Search *")).toEqual([]);
  });
});
