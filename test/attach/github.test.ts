import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { github as connector } from "../../connectors/github/index.js";
import { GithubSection } from "../../connectors/github/config.js";
import { Secret } from "../../src/contract/secret.js";
import { plain } from "../../src/kit/rich-text.js";
import { writableGithub, type WritableGithub } from "../support/writable-github.js";
import { attachAll, killedEverywhere, Memory, START, summaryOf, type Rig } from "./rig.js";

let github: WritableGithub;
beforeEach(async () => {
  github = await writableGithub();
});
afterEach(() => github.close());

function rig(section: object = { attach: { issue: true } }, keys = ["datadog:incident/1", "github:acme/shop#12"]): Rig {
  const config = { ...GithubSection.parse({ apiUrl: github.url, repos: ["Acme/shop"], ...section }), token: new Secret("ghp_made-up") };
  return {
    connector: "github",
    destination: connector.destination as never,
    config,
    wire: connector.wire,
    hosts: connector.config.baseUrls(config),
    keys,
  };
}

const bodies = () => github.comments.map(({ body }) => body);

describe("attaching at GitHub", () => {
  it("comments once and edits that comment", async () => {
    const memory = new Memory();

    expect(await attachAll(rig(), summaryOf("first"), memory)).toEqual(["created"]);
    expect(await attachAll(rig(), summaryOf("first"), memory)).toEqual(["unchanged"]);
    expect(await attachAll(rig(), summaryOf("second"), memory)).toEqual(["updated"]);
    expect(bodies()).toEqual([
      expect.stringMatching(/^<!-- incident-timeline:[0-9a-f]{32} -->\n### Incident timeline: Checkout errors\n[^]*second/),
    ]);
  });

  it.each([
    ["nothing is named", {}, ["github:acme/shop#12"]],
    ["the repository is not named", { attach: { issue: true }, repos: ["acme/other"] }, ["github:acme/shop#12"]],
    ["no issue told of it", { attach: { issue: true } }, ["slack:C1", "github:acme/shop", "github:../shop#12"]],
  ])("writes nowhere where %s", async (_why, section, keys) => {
    expect(await attachAll(rig(section, keys), summaryOf("x"), new Memory())).toEqual([]);
    expect(github.requests).toEqual([]);
  });

  it.each([
    ["with what it remembers", false],
    ["with its memory lost", true],
  ])("holds one comment after it was killed at each single step, %s", async (_how, isLost) => {
    const others = Array.from({ length: 150 }, (_, id) => ({ id, body: "words", user: { login: "somebody" } }));
    const steps = await killedEverywhere(async (kill) => {
      github.comments = [...others];
      const memory = new Memory();
      const ended = await attachAll(rig(), summaryOf("first"), memory, kill);
      if (isLost) memory.records.clear();
      await attachAll(rig(), summaryOf("second"), memory);

      expect(bodies().filter((body) => body !== "words")).toEqual([expect.stringContaining("second")]);
      return ended === null;
    });
    expect(steps).toBeGreaterThan(5);
  });

  it.each(["lost", "trouble", "unsent"] as const)("looks before it comments again when the answer was %s", async (trouble) => {
    const memory = new Memory();
    let once = 1;
    github.trouble = ({ method }) => (method === "POST" && once-- > 0 ? trouble : null);
    await expect(attachAll(rig(), summaryOf("first"), memory)).rejects.toThrow(/POST/);
    await attachAll(rig(), summaryOf("first"), memory);

    expect(bodies()).toHaveLength(1);
  });

  it("takes only its own comments for its own", async () => {
    const memory = new Memory();
    await attachAll(rig(), summaryOf("first"), memory);
    github.comments = github.comments.map((each) => ({ ...each, user: { login: "timeline-app2" } }));
    memory.records.clear();

    expect(await attachAll(rig(), summaryOf("first"), memory)).toEqual(["created"]);
    expect(bodies()).toHaveLength(2);
  });

  it("stays away where somebody deleted it, and fails where the issue may not be seen", async () => {
    const memory = new Memory();
    await attachAll(rig(), summaryOf("first"), memory);
    github.trouble = ({ path }) => (path.endsWith("/issues/12") ? "trouble" : null);
    github.comments = [];
    await expect(attachAll(rig(), summaryOf("second"), memory)).rejects.toThrow("issues/12");
    github.trouble = () => null;

    expect(await attachAll(rig(), summaryOf("second"), memory)).toEqual(["gone"]);
    expect(await attachAll(rig(), summaryOf("third"), memory)).toEqual(["gone"]);
    expect(bodies()).toEqual([]);
  });

  it.each([
    [{ private: true }, "organisation"],
    [{ private: true, visibility: "internal" }, "organisation"],
    [{ private: false }, "everyone"],
    [{ private: false, visibility: "public" }, "everyone"],
  ])("asks who can read %j: %s", async (repository, who) => {
    github.repository = repository;
    const { destination, config, keys } = rig();
    const [place] = destination.places(config as never, { id: "x", keys, span: { from: START, until: START } });
    const context = { config, fetch, signal: new AbortController().signal } as never;

    expect(await destination.readers!(place!, context)).toEqual({ who });
  });

  it("names nobody, no issue and no commit of what others wrote", async () => {
    const hostile = "@acme/sre @octo fixes #12 acme/other#7 GH-9 1a2b3c4d5e6f <!-- x --> </details> [x](http://evil.example) `@team #5`";
    const highlights = [{ at: START, precisionMicros: 1, text: plain(hostile), url: "https://x.example/a)b" }];
    await attachAll(
      rig(),
      summaryOf("", "open", { title: hostile, highlights, status: [hostile], coverage: [hostile], leftOut: hostile }),
      new Memory(),
    );
    const [body] = bodies() as [string];
    const looked = body.replace(/^<!--.*-->$/m, "").replace(/`[^`\n]*`/g, "");

    expect(looked).not.toMatch(/@[a-z0-9]|#\d|gh-\d|\b[0-9a-f]{7,40}\b/i);
    expect(body).toContain("`1a2b3c4d5e6f`");
    expect(body.match(/<!--/g)).toHaveLength(1);
    expect(body.match(/(?<!\\)<\/details>/g)).toHaveLength(1);
    expect(body).toContain("[2026-03-04 12:00:00](<https://x.example/a%29b>)");
  });

  it("keeps to GitHub's length, and says how much is shown", async () => {
    const highlights = Array.from({ length: 10_000 }, (_, index) => ({
      at: START + index * 1_000_000,
      precisionMicros: 1,
      text: plain(`entry ${index} ${"<@a&".repeat(200)}`),
      url: null,
    }));
    await attachAll(rig(), summaryOf("", "open", { highlights, title: "<".repeat(9000) }), new Memory());

    expect(bodies()).toHaveLength(1);
    expect(bodies()[0]).toMatch(/What stands out \(\d+ of 10,000 shown\)/);
    expect(bodies()[0]).toContain("entry 9999");
  });
});
