import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../../src/cli/run.js";
import { demoIncident } from "../../fixtures/demo-incident.js";
import { instant, ioAt, openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

const CHANNEL = "https://tillerby.slack.com/archives/C0E9AD8216";
let bench: Bench;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  bench = await openBench();
  const incident = demoIncident(bench.server.urls);
  env = { ...incident.environment, TIMELINE_CONFIG: "config.json" };
  const services = { stock: { channels: ["team-shop"], repos: ["tillerby/stock"], metrics: [] } };
  const { slack, github, datadog } = incident.config;
  const config = { slack, github, datadog: { ...datadog, metrics: [] }, services, store: "t.db" };
  writeFileSync(join(bench.folder, "config.json"), JSON.stringify(config));
});
afterAll(() => bench.close());

const build = (...flags: string[]) => timeline(bench.folder, ["build", "--quiet", "--out", ".", ...flags], env);

describe("timeline build --incident", () => {
  it("takes a link to a channel: its creation, its topic, itself", async () => {
    const { code, out, err } = await timeline(
      bench.folder,
      ["build", "--out", ".", "--incident", CHANNEL, "--end", "2026-03-04T13:05:00Z", "--repo", "tillerby/stock"],
      env,
    );
    expect(code).toBe(0);
    expect(err).toContain("start: 2026-03-04T11:35:40Z (the channel was created then); correct it with --start\n");
    expect(out).toMatch(/^inc-0304-checkout \(2026-03-04-inc-0304-checkout\)/);
    expect(out).toContain("  only repos: tillerby/stock\n  also channels: C0E9AD8216\n");
  });

  it("knows the incident again by the link, and keeps what was corrected", async () => {
    const before = readdirSync(bench.folder).filter((name) => name.endsWith(".md") && !name.includes(".previous."));
    const corrected = await build("--incident", `${CHANNEL}?x=1`, "--start", "2026-03-03T23:50:00Z", "--title", "Checkout errors");
    expect(corrected.out).toContain("Checkout errors (2026-03-04-inc-0304-checkout)\n  2026-03-03 23:50:00Z to 2026-03-04 13:05:00Z");
    const again = await build("--incident", CHANNEL);
    expect(again.out).toContain("2026-03-03 23:50:00Z to 2026-03-04 13:05:00Z");
    expect(again.out).toContain("  only repos: tillerby/stock\n  also channels: C0E9AD8216\n");
    expect(again.err).toBe("");
    expect(readdirSync(bench.folder).filter((name) => name.endsWith(".md") && !name.includes(".previous."))).toEqual(before);
  });

  it("takes an id of the store, and without a word the only incident there is", async () => {
    const named = await build("--incident", "2026-03-04-inc-0304-checkout");
    expect(named.out).toContain("2026-03-03 23:50:00Z to");
    expect((await build()).out).toBe(named.out);
  });

  it("takes a file, with its services", async () => {
    const file = { id: "INC-42", title: "Stock", start: "2026-03-04T11:20:00Z", end: "2026-03-04T13:05:00Z", services: ["stock"] };
    const said = { severity: "SEV <2>", url: "https://incidents.example/42" };
    writeFileSync(join(bench.folder, "stock.json"), JSON.stringify({ ...file, ...said }));
    const { code, out } = await build("--incident", "stock.json", "--format", "md,json,csv,jsonl,html");
    expect(code).toBe(0);
    expect(out).toMatch(/^Stock \(inc-42\)/);
    expect(out).toContain("  only service stock\n");
    const written = (end: string) => readFileSync(join(bench.folder, `inc-42.${end}`), "utf8");
    const narrowed = "This build was narrowed: only service stock.";
    for (const end of ["md", "json", "csv", "jsonl", "html"]) expect(written(end), end).toContain(narrowed);
    expect(JSON.parse(written("json"))).toMatchObject({ incident: said });
    for (const end of ["csv", "jsonl"]) expect(written(end)).toContain("Severity: SEV <2>");
    expect(written("md")).toContain('severity: "SEV \\u003c2>"\nurl: "https://incidents.example/42"\n');
    expect(written("html")).toContain("<bdi>SEV &#60;2&#62;</bdi>");
    expect(written("html")).toContain('<a href="https://incidents.example/42"');
  });

  it("asks back on a terminal", async () => {
    const questions: string[] = [];
    const answers = ["gibberish", "2026-03-04T11:24:00Z", "2026-03-04T13:05:00Z"];
    const io = { ...ioAt(instant("2026-03-20T09:00:00Z"), bench.folder), env };
    const ask = async (question: string) => (questions.push(question), answers.shift() ?? "");
    const link = "https://tillerby.slack.com/archives/C0E9AD8216/p1772624172000000";
    expect(await run(["build", "--out", ".", "--service", "stock", "--incident", link], { ...io, ask })).toBe(0);
    expect(questions[0]).toBe("It began at 2026-03-04T11:36:12Z (the message was posted then). Enter: yes; or type when: ");
    expect(questions[1]).toBe(questions[0]);
    expect(io.told.join("")).toContain("2026-03-04 11:24:00Z to 2026-03-04 13:05:00Z");
  });

  it.each([
    [["--incident", "2026-03-04-inc-0304-chekout"], 2, "INCIDENT_UNKNOWN", "Did you mean"],
    [["--incident", "https://example.com/incident/1"], 2, "INCIDENT_LINK", "no source of the config reads links to example.com"],
    [["--incident", "https://other.slack.com/archives/C0E9AD8216"], 2, "INCIDENT_LINK", "another workspace"],
    [["--incident", "missing.json"], 2, "INCIDENT_FILE_INVALID", "does not exist"],
  ])("refuses %j", async (flags, expected, id, words) => {
    const { code, err } = await build(...flags);
    expect(code).toBe(expected);
    expect(err).toContain(`[${id}]`);
    expect(err).toContain(words);
  });

  it("says what to give where nothing is known", async () => {
    writeFileSync(join(bench.folder, "fresh.json"), JSON.stringify({ ...demoIncident(bench.server.urls).config, store: "fresh.db" }));
    const { code, err } = await build("--config", "fresh.json");
    expect(code).toBe(2);
    expect(err).toContain("When did it begin?");
  });
});
