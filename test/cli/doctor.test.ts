import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoIncident } from "../../fixtures/demo-incident.js";
import { openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

interface Health {
  readonly sources: readonly { connector: string; reachable: boolean; diagnosis: { missing: { scope: string }[] } | null }[];
  readonly store: { readonly state: string; readonly sqlite: string };
}

let bench: Bench;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  bench = await openBench();
  const incident = demoIncident(bench.server.urls);
  env = incident.environment;
  const github = { ...incident.config.github, repos: ["tillerby/shop", "tillerby/nowhere"] };
  const others = { slack: incident.config.slack, datadog: incident.config.datadog };
  writeFileSync(join(bench.folder, "good.json"), JSON.stringify({ ...incident.config, store: "s/t.db" }));
  writeFileSync(join(bench.folder, "bad.json"), JSON.stringify({ ...others, github, store: "bad.json" }));
});
afterAll(() => bench.close());

describe("timeline doctor", () => {
  it("finds nothing wrong where nothing is, and makes no store", async () => {
    const { code, out } = await timeline(bench.folder, ["doctor", "--config", "good.json"], env);
    expect(code).toBe(0);
    for (const name of ["slack", "github", "datadog"]) expect(out).toMatch(new RegExp(`^${name} at .*: reachable`, "m"));
    expect(out).toMatch(/not made yet; the first build makes it, SQLite 3\./);
  });

  it("names the repository that cannot be read, and a store that is none", async () => {
    const { code, out } = await timeline(bench.folder, ["doctor", "--config", "bad.json", "--json"], env);
    const health = JSON.parse(out) as Health;
    expect(health.sources.find(({ connector }) => connector === "github")!.diagnosis!.missing.map(({ scope }) => scope)).toEqual([
      "read access to tillerby/nowhere",
    ]);
    expect(health.store.state).toBe("unusable");
    expect(code).toBe(4);
  });
});
