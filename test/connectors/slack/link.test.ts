import { describe, expect, it } from "vitest";
import { linkReader } from "../../../connectors/slack/link.js";
import { SourceError } from "../../../src/kit/errors.js";
import { toIso } from "../../../src/kit/instant.js";
import { answer, contextOf, refused } from "./context.js";

const auth = answer("auth.test", { url: "https://acme.slack.com/", team_id: "T0ACME", user: "timeline" });
const channel = {
  id: "C0INC",
  name: "inc-42",
  created: 1772624140,
  topic: { value: "" },
  purpose: { value: "Checkout: 1 in 12 fails\nsince 11:24 UTC" },
};
const info = (more: object = {}) => answer("conversations.info", { channel: { ...channel, ...more } }, { channel: "C0INC" });
const resolve = (link: string, ...exchanges: Parameters<typeof contextOf>[0]) => {
  const { context, recorded } = contextOf(exchanges);
  return linkReader.resolveIncident(new URL(link), context).then((found) => ({ found, unused: recorded.unused() }));
};

describe("a link to Slack", () => {
  it("to a channel: it begins when the channel was created, and its channel is read", async () => {
    const { found, unused } = await resolve("https://acme.slack.com/archives/C0INC", auth, info());
    expect(found).toEqual({
      title: "Checkout: 1 in 12 fails since 11:24 UTC",
      name: "inc-42",
      start: 1772624140_000_000,
      startMeans: "the channel was created",
      end: null,
      text: "\nCheckout: 1 in 12 fails since 11:24 UTC",
      also: { channels: ["C0INC"] },
    });
    expect(unused).toEqual([]);
  });

  it("to a message: it begins when that was posted, to the microsecond", async () => {
    const history = answer(
      "conversations.history",
      { messages: [{ ts: "1772624172.000200", user: "U1", text: "*Down* since 11:24 UTC\nmore" }] },
      { oldest: "1772624172.000200", latest: "1772624172.000200" },
    );
    const { found } = await resolve("https://acme.slack.com/archives/C0INC/p1772624172000200", auth, info(), history);
    expect(toIso(found.start)).toBe("2026-03-04T11:36:12.000200Z");
    expect(found).toMatchObject({ title: "Down since 11:24 UTC", startMeans: "the message was posted", also: { channels: ["C0INC"] } });
  });

  it("to a reply: it is looked for in its thread", async () => {
    const replies = answer(
      "conversations.replies",
      {
        messages: [
          { ts: "1772624100.000100", text: "parent" },
          { ts: "1772624172.000200", thread_ts: "1772624100.000100", text: "reply" },
        ],
      },
      { ts: "1772624100.000100" },
    );
    const link = "https://acme.slack.com/archives/C0INC/p1772624172000200?thread_ts=1772624100.000100&cid=C0INC";
    expect((await resolve(link, auth, info(), replies)).found.title).toBe("reply");
  });

  it("to a message that may not be read: the link says when", async () => {
    const { found } = await resolve(
      "https://acme.slack.com/archives/C0INC/p1772624172000200",
      auth,
      info(),
      refused("conversations.history", "not_in_channel"),
    );
    expect(found).toMatchObject({ title: "Incident in #inc-42", name: "inc-42-1136", text: "" });
    expect(toIso(found.start)).toBe("2026-03-04T11:36:12.000200Z");
  });

  it("of the app: the workspace is in its path", async () => {
    expect((await resolve("https://app.slack.com/client/T0ACME/C0INC", auth, info())).found.title).toContain("Checkout");
    await expect(resolve("https://app.slack.com/client/T0OTHER/C0INC", auth)).rejects.toThrow("another workspace");
  });

  it.each([
    ["https://other.slack.com/archives/C0INC", [auth], "another workspace"],
    ["https://acme.slack.com/archives/D0DIRECT", [], "no channel or message"],
    ["https://acme.slack.com/team/U1", [], "no channel or message"],
    ["https://acme.slack.com/archives/C0INC", [auth, info({ is_mpim: true })], "direct message"],
    ["https://acme.slack.com/archives/C0INC", [auth, refused("conversations.info", "channel_not_found")], "channel_not_found"],
  ])("%s is refused: %j", async (link, exchanges, words) => {
    const error: unknown = await resolve(link, ...exchanges).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SourceError);
    expect((error as SourceError).message).toContain(words);
    expect((error as SourceError).hint).toBeTruthy();
  });

  it("is owned by its host alone", () => {
    const { context } = contextOf([]);
    const owns = (link: string) => linkReader.owns(new URL(link), context.config);
    expect(owns("https://acme.slack.com/archives/C1")).toBe(true);
    for (const link of [
      "http://acme.slack.com/archives/C1",
      "https://slack.com.evil.example/archives/C1",
      "https://notslack.com/archives/C1",
    ])
      expect(owns(link), link).toBe(false);
  });
});
