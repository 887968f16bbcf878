import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { timeline } from "./support.js";

const folder = mkdtempSync(join(tmpdir(), "timeline-config-"));
const CONFIG = `{
  "timezone": "Europe/Berlin",
  "slack": { "channels": ["inc-*", "#deploys"] },
  "datadog": { "metrics": [{ "name": "checkout.errors", "query": "sum:checkout.errors{*}" }] }
}
`;

beforeAll(() => writeFileSync(join(folder, "timeline.config.json"), CONFIG));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("timeline config check", () => {
  it("says ok, and what would be read, without a token", async () => {
    const { code, out, err } = await timeline(folder, ["config", "check"], { DD_API_KEY: "sesame" });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("timeline.config.json is ok.");
    expect(out).toContain("slack     channels: inc-*, #deploys");
    expect(out).toContain("metrics: checkout.errors");
    expect(out).toContain("datadog.apiKey: environment variable DD_API_KEY (set)");
    expect(out).toContain("slack.token: environment variable SLACK_BOT_TOKEN (not set)");
    expect(out).not.toContain("sesame");
  });

  it("says where a draft may be attached, and nothing of it where that is nowhere", async () => {
    const sections = {
      slack: { attach: { incidentChannel: true, channels: ["#incidents"], file: true } },
      github: { repos: ["acme/shop"], attach: { issue: true } },
      folder: { attach: [{ path: "reports", readers: "organisation" }] },
      webhook: { send: [{ name: "status", url: "http://127.0.0.1:1/x", readers: "everyone" }] },
    };
    writeFileSync(join(folder, "attach.json"), JSON.stringify(sections));
    const { out } = await timeline(folder, ["config", "check", "--config", "attach.json"]);

    expect(out).toContain(
      [
        "May be attached to",
        "  slack     a message, and a file in its thread, in the incident's channel, #incidents",
        "  github    a comment on the issue of an incident, in acme/shop",
        "  folder    md, json in reports, for the organisation",
        "  webhook   status at 127.0.0.1:1, for everyone",
      ].join("\n"),
    );
    expect(out).toContain("webhook.send.0.secret: environment variable TIMELINE_WEBHOOK_SECRET (not set)");
    expect(out).not.toMatch(/Would be read[^]*folder {4}attach/);
    expect((await timeline(folder, ["config", "check"])).out).not.toContain("May be attached to");
  });

  it("names the variable that is wrong, beside what is wrong in the file", async () => {
    writeFileSync(join(folder, "wrong.json"), '{ "slak": {}, "slack": {} }');
    const { code, err } = await timeline(folder, ["config", "check", "--config", "wrong.json"], { TIMELINE_LEAD_OUT: "soon" });
    expect(code).toBe(2);
    expect(err).toContain("TIMELINE_LEAD_OUT: expected a duration");
    expect(err).toContain('slak (line 1, column 3): there is no such key; did you mean "slack"?');
  });
});

describe("timeline config check --json", () => {
  it("gives each problem its stable id and place", async () => {
    const text = [
      '{ "timezone": "Mars/Base", "stor": "x", "store": "../elsewhere.db",',
      '  "slack": { "token": "not-to-be-shown", "channels": ["${CHANNEL}"], "channels": [] },',
      '  "github": { "apiUrl": "http://api.github.com", "token": { "file": "t" } },',
      '  "services": { "checkout": { "repos": ["shop"], "metrics": ["x"] } } }',
    ].join("\n");
    writeFileSync(join(folder, "timeline.config.json"), text, { mode: 0o600 });
    const { code, out } = await timeline(folder, ["config", "check", "--json"]);
    writeFileSync(join(folder, "timeline.config.json"), CONFIG);
    const { problems } = JSON.parse(out) as { problems: { id: string; key: string; line: number; column: number; text: string }[] };
    expect(code).toBe(2);
    expect(problems.map(({ id, key, line }) => `${id} ${key} ${line}`)).toEqual([
      "CONFIG_VALUE timezone 1",
      "CONFIG_UNKNOWN_KEY stor 1",
      "CONFIG_PATH store 1",
      "CONFIG_SECRET_IN_FILE slack.token 2",
      "CONFIG_DUPLICATE_KEY slack.channels 2",
      "CONFIG_HOST github 3",
      "CONFIG_SECRET_UNTRUSTED github.token 3",
      "CONFIG_SERVICE services.checkout.repos[0] 4",
      "CONFIG_SERVICE services.checkout.metrics[0] 4",
    ]);
    expect(out).not.toContain("not-to-be-shown");
  });

  it("has none where the config is ok", async () => {
    const { code, out } = await timeline(folder, ["config", "check", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ problems: [] });
  });
});

describe("timeline config show", () => {
  it("tells where each value came from, and of secrets nothing else", async () => {
    const env = { TIMELINE_LEAD_OUT: "3h", TIMELINE_STORE: "here.db", SLACK_BOT_TOKEN: "sesame" };
    const { code, out } = await timeline(folder, ["config", "show", "--origin"], env);
    const valueOf = (key: string) => out.split("\n").find((line) => line.startsWith(`${key} `));
    expect(code).toBe(0);
    expect(valueOf("timezone")).toMatch(/"Europe\/Berlin" {2}\(file, line 2\)/);
    expect(valueOf("leadOut")).toMatch(/"3h" {2}\(TIMELINE_LEAD_OUT\)/);
    expect(valueOf("store")).toMatch(/"here.db" {2}\(TIMELINE_STORE\)/);
    expect(valueOf("leadIn.changes")).toMatch(/\(default\)/);
    expect(valueOf("slack.token")).toMatch(/environment variable SLACK_BOT_TOKEN {2}\(default\)/);
    expect(out).not.toContain("sesame");
  });

  it("is JSON for programs", async () => {
    const { out } = await timeline(folder, ["config", "show", "--json"]);
    const shown = JSON.parse(out) as { named: string; values: { key: string; origin: string }[] };
    expect(shown.named).toBe("found");
    expect(shown.values.find(({ key }) => key === "slack.channels")).toMatchObject({
      value: ["inc-*", "#deploys"],
      origin: "file, line 3",
    });
  });
});
