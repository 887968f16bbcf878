import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoIncident } from "../../fixtures/demo-incident.js";
import { openBench, type Bench, type TimelineJson } from "../support/build-fixture.js";
import { timeline } from "./support.js";

let bench: Bench;
let env: Readonly<Record<string, string>>;
const BUILD = ["build", "--start", "2026-03-04T11:20:00Z", "--end", "2026-03-04T13:05:00Z", "--title", "Checkout errors", "--out", "."];

beforeAll(async () => {
  bench = await openBench();
  const incident = demoIncident(bench.server.urls);
  env = { ...incident.environment, TIMELINE_CONFIG: "config.json" };
  const services = { stock: { channels: ["team-shop"], repos: ["tillerby/stock"], metrics: ["stock.*"], monitors: ["stock*"] } };
  writeFileSync(join(bench.folder, "config.json"), JSON.stringify({ ...incident.config, services, store: "t.db" }));
});
afterAll(() => bench.close());

const names = () => {
  const draft = JSON.parse(readFileSync(join(bench.folder, "2026-03-04-checkout-errors.json"), "utf8")) as TimelineJson;
  const of = (source: string) => draft.coverage.filter((line) => line.source === source).map(({ name }) => name);
  return { channels: of("messages"), repos: of("pulls"), metrics: of("metrics"), entries: draft.entries.length };
};

describe("timeline build --service", () => {
  it("reads what the service names, and looking shows the same draft", async () => {
    const { code, out, err } = await timeline(bench.folder, [...BUILD, "--service", "stock", "--quiet"], env);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("  only service stock\n");
    const { channels, repos, metrics, entries } = names();
    expect(channels).toEqual(["#team-shop"]);
    expect(repos).toEqual(["tillerby/stock"]);
    expect(metrics).toEqual(["stock.db.pool_wait", "stock.reserve.calls", "stock.reserve.p95"]);
    const shown = await timeline(bench.folder, ["show", "--all"], env);
    expect(shown.err).toBe("");
    expect(shown.out).toContain(`of ${entries} entries`);
    expect(shown.out).not.toContain("in tillerby/shop:");
    expect(shown.out).toContain("Stock reservations are slow");
    expect(shown.out).not.toContain("Checkout error rate");
  });

  it("reads the whole again without it, and asks for what is missing alone", async () => {
    const before = names().entries;
    expect((await timeline(bench.folder, [...BUILD, "--quiet"], env)).code).toBe(0);
    expect(names().repos).toEqual(["tillerby/payments", "tillerby/shop", "tillerby/stock"]);
    expect(names().entries).toBeGreaterThan(before);
  });

  it("takes flags for one build, and says so", async () => {
    const { out } = await timeline(bench.folder, [...BUILD, "--repo", "tillerby/shop", "--channel", "team-shop", "--quiet"], env);
    expect(out).toContain("  only channels: team-shop\n  only repos: tillerby/shop\n");
    expect(names()).toMatchObject({ channels: ["#team-shop"], repos: ["tillerby/shop"] });
    expect(names().metrics).toHaveLength(8);
  });

  it.each([
    [["--service", "stok"], "SERVICE_UNKNOWN", "Did you mean stock?"],
    [["--repo", "shop"], "FLAG_INVALID", 'did you mean "tillerby/shop"?'],
    [["--metric", "checkout.error"], "FLAG_INVALID", 'did you mean "checkout.errors"?'],
    [["--only", "channels"], "FLAG_INVALID", "expected LIST=NAME"],
  ])("refuses %j before it asks anybody", async (flags, id, words) => {
    const { code, err } = await timeline(bench.folder, [...BUILD, ...flags], env);
    expect(code).toBe(2);
    expect(err).toContain(`[${id}]`);
    expect(err).toContain(words);
  });

  it("suggests the channel that was meant", async () => {
    const { out } = await timeline(bench.folder, [...BUILD, "--channel", "tem-shop", "--quiet"], env);
    expect(out).toContain("Did you mean #team-shop?");
  });
});
