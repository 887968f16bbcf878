import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { slack as connector } from "../../connectors/slack/index.js";
import { slackSchema } from "../../connectors/slack/config.js";
import { Secret } from "../../src/contract/secret.js";
import { plain } from "../../src/kit/rich-text.js";
import { writableSlack, type WritableSlack } from "../support/writable-slack.js";
import { attachAll, killedEverywhere, Memory, START, summaryOf, type Rig } from "./rig.js";

let slack: WritableSlack;
beforeEach(async () => {
  slack = await writableSlack();
});
afterEach(() => slack.close());

function rig(attach: object = { incidentChannel: true, file: true }): Rig {
  const config = { ...slackSchema.parse({ apiUrl: `${slack.url}/api/`, attach }), token: new Secret("xoxb-made-up") };
  return {
    connector: "slack",
    destination: connector.destination as never,
    config,
    wire: connector.wire,
    hosts: connector.config.baseUrls(config),
    keys: ["slack:C1"],
  };
}

function forget(): void {
  slack.messages = [];
}

describe("attaching in Slack", () => {
  it("posts one message, changes it in place, and replaces the file at the next stage", async () => {
    const memory = new Memory();

    expect(await attachAll(rig(), summaryOf("first"), memory)).toEqual(["created", "created"]);
    expect(await attachAll(rig(), summaryOf("first"), memory)).toEqual(["unchanged", "unchanged"]);
    expect(await attachAll(rig(), summaryOf("second"), memory)).toEqual(["updated", "unchanged"]);
    expect(slack.files()[0]!.file!.text).toContain("first");
    expect(await attachAll(rig(), summaryOf("third", "resolved"), memory)).toEqual(["updated", "updated"]);

    expect(slack.posts().map(({ channel, text }) => [channel, text.includes("third")])).toEqual([["C1", true]]);
    expect(slack.files()).toHaveLength(1);
    expect(slack.files()[0]).toMatchObject({ thread: slack.posts()[0]!.ts });
    expect(slack.files()[0]!.file!.text).toContain("third");
  });

  it("writes nowhere where the config names nothing", async () => {
    expect(await attachAll(rig({}), summaryOf("x"), new Memory())).toEqual([]);
    expect(slack.requests).toEqual([]);
  });

  it.each([
    ["with what it remembers", false],
    ["with its memory lost", true],
  ])("holds one message and one file after it was killed at each single step, %s", async (_how, isLost) => {
    const steps = await killedEverywhere(async (kill) => {
      forget();
      const memory = new Memory();
      const ended = await attachAll(rig(), summaryOf("first"), memory, kill);
      if (isLost) memory.records.clear();
      await attachAll(rig(), summaryOf("second", "resolved"), memory);

      expect(slack.posts().map(({ text }) => text.includes("second"))).toEqual([true]);
      expect(slack.files().map(({ file }) => file!.text.includes("second"))).toEqual([true]);
      return ended === null;
    });
    expect(steps).toBeGreaterThan(8);
  });

  it("holds one of each when it is killed while it replaces them", async () => {
    await killedEverywhere(async (kill) => {
      forget();
      const memory = new Memory();
      await attachAll(rig(), summaryOf("first"), memory);
      const ended = await attachAll(rig(), summaryOf("second", "resolved"), memory, kill);
      await attachAll(rig(), summaryOf("third", "final"), memory);

      expect(slack.posts().map(({ text }) => text.includes("third"))).toEqual([true]);
      expect(slack.files().map(({ file }) => file!.text.includes("third"))).toEqual([true]);
      return ended === null;
    });
  });

  it.each(["lost", "trouble", "unsent"] as const)("looks before it posts again when the answer was %s", async (trouble) => {
    for (const path of ["/api/chat.postMessage", "/api/files.completeUploadExternal"]) {
      forget();
      const memory = new Memory();
      let once = 1;
      slack.trouble = (request) => (request.path === path && once-- > 0 ? trouble : null);
      await expect(attachAll(rig(), summaryOf("first"), memory)).rejects.toThrow("Slack gave no answer");
      await attachAll(rig(), summaryOf("first"), memory);

      expect(slack.posts()).toHaveLength(1);
      expect(slack.files()).toHaveLength(1);
    }
  });

  it("waits and sends again what was refused for its rate", async () => {
    let times = 3;
    slack.trouble = ({ path }) => (path === "/api/chat.postMessage" && times-- > 0 ? "refused" : null);

    expect(await attachAll(rig({ incidentChannel: true }), summaryOf("first"), new Memory())).toEqual(["created"]);
    expect(slack.posts()).toHaveLength(1);
  });

  it("stays away where somebody took it away", async () => {
    const memory = new Memory();
    await attachAll(rig(), summaryOf("first"), memory);
    forget();

    expect(await attachAll(rig(), summaryOf("second", "resolved"), memory)).toEqual(["gone"]);
    expect(await attachAll(rig(), summaryOf("third", "final"), memory)).toEqual(["gone"]);
    expect(slack.messages).toEqual([]);
  });

  it("replaces its file under the title that somebody gave it", async () => {
    const memory = new Memory();
    await attachAll(rig(), summaryOf("first"), memory);
    slack.messages = slack.messages.map((each) => (each.file === null ? each : { ...each, file: { ...each.file, title: "Renamed" } }));

    expect(await attachAll(rig(), summaryOf("second", "resolved"), memory)).toEqual(["updated", "updated"]);
    expect(slack.files().map(({ file }) => file!.text.includes("second"))).toEqual([true]);
  });

  it("stays away from a channel that was archived, and fails in one that it was taken out of", async () => {
    const memory = new Memory();
    await attachAll(rig({ incidentChannel: true }), summaryOf("first"), memory);
    slack.channels[0]!.is_member = false;
    await expect(attachAll(rig({ incidentChannel: true }), summaryOf("second"), memory)).rejects.toThrow("not_in_channel");
    slack.channels[0] = { ...slack.channels[0]!, is_member: true, is_archived: true };

    expect(await attachAll(rig({ incidentChannel: true }), summaryOf("second"), memory)).toEqual(["gone"]);
  });

  it("takes nobody else's message for its own", async () => {
    const memory = new Memory();
    await attachAll(rig({ incidentChannel: true }), summaryOf("first"), memory);
    slack.messages = slack.messages.map((each) => ({ ...each, user: "UOTHER" }));
    memory.records.clear();

    expect(await attachAll(rig({ incidentChannel: true }), summaryOf("first"), memory)).toEqual(["created"]);
    expect(slack.messages).toHaveLength(2);
  });

  it("asks who can read a channel", async () => {
    const { destination, config } = rig({ channels: ["#incidents", "secret", "C4"] });
    const context = { config, fetch, signal: new AbortController().signal } as never;
    const places = destination.places(config as never, { id: "x", keys: [], span: { from: START, until: START } });

    expect(await Promise.all(places.map((place) => destination.readers!(place, context)))).toEqual([
      { who: "organisation" },
      { who: "members", scopes: ["C3"] },
      { who: "everyone" },
    ]);
  });

  it("pings nobody and links nothing of what others wrote", async () => {
    const hostile = "<!channel> <!here> <@U123> @everyone <#C2> <https://evil.example|click> &lt;!channel&gt; `code` <!subteam^S1>";
    const highlights = [{ at: START, precisionMicros: 1, text: plain(hostile), url: "https://x.example/a|b>c" }];
    await attachAll(rig({ incidentChannel: true }), summaryOf("", "open", { title: hostile, highlights, status: [hostile] }), new Memory());
    const [post] = slack.posts();

    expect(post!.text.match(/<[^>]*>/g)).toEqual(["<https://x.example/a%7Cb%3Ec|2026-03-04 12:00:00>"]);
    expect(post!.text).toContain("&amp;lt;!channel&amp;gt;");
    expect(post!.args).toMatchObject({ parse: "none", link_names: "false", unfurl_links: "false", unfurl_media: "false" });
  });

  it("keeps to the length that Slack recommends, and says how much is shown", async () => {
    const highlights = Array.from({ length: 10_000 }, (_, index) => ({
      at: START + index * 1_000_000,
      precisionMicros: 1,
      text: plain(`entry ${index} ${"&<>".repeat(100)}`),
      url: `https://x.example/${"a".repeat(index % 400)}`,
    }));
    const coverage = Array.from({ length: 500 }, (_, index) => `source ${index} ${"x".repeat(900)}`);
    await attachAll(rig({ incidentChannel: true }), summaryOf("", "open", { highlights, coverage, title: "<".repeat(5000) }), new Memory());
    const { text } = slack.posts()[0]!;

    expect(text.length).toBeLessThanOrEqual(4000);
    expect(text).toMatch(/What stands out \((\d+) of 10,000 shown\)/);
    expect(text).toContain("and 492 more sources");
    expect(text).toContain("entry 9999");
  });
});
