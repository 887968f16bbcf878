import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MANIFEST } from "../../connectors/slack/manifest.js";
import { SCOPES } from "../../connectors/slack/scopes.js";
import { loadIncident } from "../../fixtures/incident-data.js";
import { serveFixtures } from "../../fixtures/server/index.js";
import { run } from "../../src/cli/run.js";
import { instant, ioAt } from "../support/build-fixture.js";
import { timeline } from "./support.js";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "timeline-init-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, "timeline.config.json");

describe("timeline init", () => {
  it("writes a config that can be used, keeps the store out of git, and tells what comes next", async () => {
    writeFileSync(join(folder, ".gitignore"), "dist");
    const flags = ["--channel", "inc-*", "--channel", "#deploys", "--repo", "acme/shop", "--metric", "errors=sum:errors{env=x}"];
    const { code, out } = await timeline(folder, ["init", "--yes", ...flags], { SLACK_BOT_TOKEN: "sesame" });
    expect(code).toBe(0);
    expect(out).toContain("SLACK_BOT_TOKEN: found in the environment");
    expect(out).toContain("GITHUB_TOKEN: not set yet");
    expect(out).toContain("Next: timeline doctor");
    const config = JSON.parse(readFileSync(path(), "utf8")) as Record<string, unknown>;
    expect(config).toMatchObject({
      $schema: expect.stringContaining("schema.json"),
      slack: { channels: ["inc-*", "#deploys"] },
      github: { repos: ["acme/shop"] },
      datadog: { metrics: [{ name: "errors", query: "sum:errors{env=x}" }] },
    });
    expect(readFileSync(path(), "utf8")).not.toContain("sesame");
    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("dist\n.timeline/\n");
    expect((await timeline(folder, ["config", "check"])).code).toBe(0);
  });

  it("takes what the tokens in the environment allow", async () => {
    expect((await timeline(folder, ["init", "--yes"], { SLACK_BOT_TOKEN: "x" })).code).toBe(0);
    expect(JSON.parse(readFileSync(path(), "utf8"))).toMatchObject({ slack: { channels: ["inc-*"] } });
  });

  it("replaces nothing", async () => {
    writeFileSync(path(), "mine");
    const { code, err } = await timeline(folder, ["init", "--repo", "acme/shop"]);
    expect(code).toBe(2);
    expect(err).toContain("is there already; it was left alone");
    expect(readFileSync(path(), "utf8")).toBe("mine");
  });

  it.each([
    [["init", "--yes"], "No source is named"],
    [["init", "--api", "githb=https://x/"], "expected SOURCE=URL"],
    [["init", "--repo", "acme/shop", "--api", "github=http://ghe.example/api/v3"], "is not https"],
    [["init", "--repo", "shop"], 'expected "owner/name"'],
  ])("%j leaves nothing behind", async (argv, words) => {
    const { code, err } = await timeline(folder, argv);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(existsSync(path())).toBe(false);
    expect(existsSync(join(folder, ".gitignore"))).toBe(false);
  });
});

describe("timeline init on a terminal", () => {
  it("shows what there is to choose from, doubts what is not, and asks what the list cannot know", async () => {
    const server = await serveFixtures();
    try {
      const answers = ["inc-*, tem-shop", "n", "inc-*, team-shop, team-warehouse", "shop", "acme/shop", "a=sum:a{x:1,y:2}, b"];
      const questions: string[] = [];
      const ask = async (question: string) => (questions.push(question), answers.shift() ?? "");
      const io = { ...ioAt(instant("2026-03-20T09:00:00Z"), folder), env: { SLACK_BOT_TOKEN: "sesame" }, ask };
      const api = ["--api", `slack=${server.urls.slackApiUrl}`];
      expect(await run(["init", ...api], io)).toBe(0);
      const said = io.said.join("");
      expect(said).toContain(`Slack: SLACK_BOT_TOKEN found; ${loadIncident().slack.channels.length} channels\n`);
      expect(said).toContain("  team-shop\n");
      expect(said).toContain("  team-warehouse  (not joined)\n");
      expect(said).toContain("  inc-0304-partners  (private)\n");
      expect(said).toContain("There is no tem-shop in the list; did you mean team-shop?");
      expect(said).toContain("GitHub: GITHUB_TOKEN not set.");
      expect(questions[0]).toBe("Slack channels, such as inc-*, separated by commas (Enter: no Slack): ");
      const config = JSON.parse(readFileSync(path(), "utf8")) as Record<string, unknown>;
      expect(config).toMatchObject({
        slack: { token: { env: "SLACK_BOT_TOKEN" }, channels: ["inc-*", "team-shop", "team-warehouse"] },
        github: { repos: ["acme/shop"] },
      });
      expect(config).toMatchObject({
        datadog: {
          metrics: [
            { name: "a", query: "sum:a{x:1,y:2}" },
            { name: "b", query: "avg:b{*}" },
          ],
        },
      });
      expect(said).toContain('expected "owner/name"\n');
    } finally {
      await server.close();
    }
  });

  it("goes on where a list cannot be had", async () => {
    const server = await serveFixtures();
    try {
      const answers = ["inc-*"];
      const ask = async () => answers.shift() ?? "";
      const io = { ...ioAt(instant("2026-03-20T09:00:00Z"), folder), env: { SLACK_BOT_TOKEN: "bad-1" }, ask };
      expect(await run(["init", "--api", `slack=${server.urls.slackApiUrl}`], io)).toBe(0);
      expect(io.said.join("")).toContain("its channels cannot be listed: Slack answered conversations.list with invalid_auth");
    } finally {
      await server.close();
    }
  });
});

describe("Slack's app manifest", () => {
  it("asks for the scopes that are read, and no other; the shipped file and the README say the same", async () => {
    const { code, out } = await timeline(folder, ["init", "--manifest", "slack"]);
    expect(code).toBe(0);
    expect(out).toBe(MANIFEST);
    expect([...out.matchAll(/^ {6}- (\S+)$/gm)].map((match) => match[1])).toEqual([...SCOPES.keys()]);
    const shipped = new URL("../../connectors/slack/manifest.yaml", import.meta.url);
    if (process.env["UPDATE_SCHEMAS"]) writeFileSync(shipped, MANIFEST);
    expect(readFileSync(shipped, "utf8")).toBe(MANIFEST);
    expect(readFileSync(new URL("../../connectors/slack/README.md", import.meta.url), "utf8")).toContain(MANIFEST.trimEnd());
    expect(existsSync(path())).toBe(false);
  });

  it("is suggested by the nearest name", async () => {
    expect((await timeline(folder, ["init", "--manifest", "slak"])).err).toContain("Did you mean slack?");
  });
});
