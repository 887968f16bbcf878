import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { timeline } from "./support.js";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "timeline-init-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const path = () => join(folder, "timeline.config.json");

describe("timeline init", () => {
  it("writes a config that can be used, keeps the store out of git, and tells what comes next", async () => {
    writeFileSync(join(folder, ".gitignore"), "dist");
    const flags = [
      "--slack-channel",
      "inc-*",
      "--slack-channel",
      "#deploys",
      "--repo",
      "acme/shop",
      "--metric",
      "errors=sum:errors{env=x}",
    ];
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
    [["init", "--metric", "errors"], "expected NAME=QUERY"],
    [["init", "--repo", "shop"], 'expected "owner/name"'],
  ])("%j leaves nothing behind", async (argv, words) => {
    const { code, err } = await timeline(folder, argv);
    expect(code).toBe(2);
    expect(err).toContain(words);
    expect(existsSync(path())).toBe(false);
    expect(existsSync(join(folder, ".gitignore"))).toBe(false);
  });
});
