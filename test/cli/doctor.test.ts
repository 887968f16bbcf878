import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoIncident } from "../../fixtures/demo-incident.js";
import type { DoctorJson } from "../../src/cli/schemas/doctor.js";
import { openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

let bench: Bench;
let short: Bench;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  bench = await openBench();
  short = await openBench({ pageSizes: { slack: 15 } });
  for (const each of [bench, short]) {
    const { config } = demoIncident(each.server.urls);
    const channels = ["team-shop", "team-warehouse", "tem-shop", "inc-0304-partners"];
    const slack = { ...config.slack, channels };
    const github = { ...config.github, repos: ["tillerby/shop", "tillerby/nowhere"] };
    writeFileSync(
      join(each.folder, "good.json"),
      JSON.stringify({ ...config, slack: { ...slack, channels: ["team-shop"] }, store: "s/t.db" }),
    );
    writeFileSync(join(each.folder, "bad.json"), JSON.stringify({ ...config, slack, github, store: "bad.json" }));
  }
  env = demoIncident(bench.server.urls).environment;
});
afterAll(() => Promise.all([bench.close(), short.close()]));

const health = async (...flags: string[]) => {
  const { code, out } = await timeline(bench.folder, ["doctor", "--json", ...flags], env);
  const parsed = JSON.parse(out) as DoctorJson;
  return { code, ...parsed, of: (id: string) => parsed.sources.find(({ connector }) => connector === id)! };
};

describe("timeline doctor", () => {
  it("finds nothing wrong where nothing is, says what would be read, and makes no store", async () => {
    const { code, out } = await timeline(bench.folder, ["doctor", "--config", "good.json"], env);
    expect(code).toBe(0);
    for (const name of ["slack", "github", "datadog"]) expect(out).toMatch(new RegExp(`^${name} at .*: reachable`, "m"));
    expect(out).toContain("would read messages and threads of 1 channel: #team-shop");
    expect(out).toContain("would read pull requests, runs and deployments of 3 repositories: tillerby/shop");
    expect(out).toContain("would read events: env:prod");
    expect(out).toMatch(/limit: 50 pages a minute: a typical window \(about \d+ pages\) takes about a minute/);
    expect(out).toMatch(/not made yet; the first build makes it, SQLite 3\./);
  });

  it("names what cannot be read: a repository, channels, a store that is none", async () => {
    const { code, of, store } = await health("--config", "bad.json");
    expect(of("github").missing.map(({ scope }) => scope)).toEqual(["read access to tillerby/nowhere"]);
    expect(of("slack").reads).toEqual(["messages and threads of 2 channels: #inc-0304-partners, #team-shop"]);
    expect(of("slack").notes.join("\n")).toMatch(
      /No channel is called #tem-shop\. Did you mean #team-shop\?[^]*not joined, so not read: 1 channel: #team-warehouse: \/invite @timeline/,
    );
    expect(store.state).toBe("unusable");
    expect(code).toBe(4);
  });

  it("knows an app that gets 15 messages a page, and how long a window takes it", async () => {
    const { out } = await timeline(short.folder, ["doctor", "--config", "good.json"], env);
    expect(out).toMatch(
      /limit: 15 messages a page and one page a minute, as for apps outside Slack's Marketplace: a typical window \(about 62 pages\) takes about 62 min/,
    );
  });

  it("goes on where one token is missing", async () => {
    const { code, out } = await timeline(bench.folder, ["doctor", "--config", "good.json"], { ...env, GITHUB_TOKEN: "" });
    expect(code).toBe(1);
    expect(out).toMatch(
      /^github: cannot be read\n {2}token: nothing is set in the environment variable GITHUB_TOKEN.*\[CONFIG_SECRET_MISSING\]$/m,
    );
    expect(out).toMatch(/^slack at .*: reachable/m);
    const none = await timeline(bench.folder, ["doctor", "--config", "good.json"], {});
    expect(none.code).toBe(3);
  });

  it("tells a refused token, and exits 3 when all are", async () => {
    const { code, out } = await timeline(bench.folder, ["doctor", "--config", "good.json"], {
      SLACK_BOT_TOKEN: "bad-1",
      GITHUB_TOKEN: "bad-1",
      DD_API_KEY: "bad-1",
      DD_APP_KEY: "bad-1",
    });
    expect(code).toBe(3);
    expect(out.match(/: cannot be read/g)).toHaveLength(3);
    expect(out).not.toContain("bad-1");
  });
});

describe("timeline doctor --report", () => {
  it("holds versions, states and counts, and nobody's names", async () => {
    const { out } = await timeline(bench.folder, ["doctor", "--report", "--config", "bad.json"], env);
    expect(out).toContain("incident-timeline ");
    expect(out).toContain("store: unusable, SQLite 3.");
    expect(out).toMatch(/github: reachable\n {2}granted: .*\n {2}missing: 1, notes: 0/);
    for (const name of ["tillerby", "shop", "warehouse", "timeline.db", "bad.json", "127.0.0.1", bench.folder, "app user"])
      expect(out).not.toContain(name);
  });
});
