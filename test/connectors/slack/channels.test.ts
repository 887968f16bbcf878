import { describe, expect, it } from "vitest";
import { resolveChannels } from "../../../connectors/slack/channels.js";
import { chooseChannels, type ListedChannel } from "../../../connectors/slack/choose-channels.js";
import { fromIso } from "../../../src/kit/instant.js";
import { windowOf } from "../../../src/contract/testing/collect-scenario.js";
import { answer, contextOf, refused } from "./context.js";

const window = windowOf("2026-03-04T11:00:00Z", "2026-03-04T13:00:00Z", { start: "2026-03-04T11:20:00Z" });

function listed(id: string, name: string, more: Partial<ListedChannel> = {}): ListedChannel {
  return {
    id,
    name,
    formerNames: [],
    created: fromIso("2020-01-01T00:00:00Z"),
    isPrivate: false,
    isDirect: false,
    isMember: true,
    ...more,
  };
}

describe("chooseChannels", () => {
  const list = [
    listed("C1", "ops", { formerNames: ["operations"] }),
    listed("C2", "inc-0304", { created: fromIso("2026-03-04T11:25:00Z") }),
    listed("C3", "inc-0201", { created: fromIso("2026-02-02T11:20:00Z") }),
    listed("C4", "inc-old", { created: fromIso("2026-02-02T11:19:59Z") }),
    listed("C5", "inc-later", { created: fromIso("2026-03-04T13:00:00Z") }),
    listed("C6", "inc-nowhen", { created: null }),
    listed("G1", "inc-secret", { isPrivate: true, created: fromIso("2026-03-04T11:25:00Z") }),
  ];
  const choose = (...channels: string[]) =>
    chooseChannels(list, { channels, createdWithin: "P30D", notice: { privateByInvitation: false } }, window);
  const ids = (...channels: string[]) => choose(...channels).channels.map((channel) => channel.id);

  it.each([
    ["a name", ["ops"], ["C1"]],
    ["a name with its sign, in any case", ["#Ops"], ["C1"]],
    ["an id", ["C2"], ["C2"]],
    ["a former name", ["operations"], ["C1"]],
    ["a private channel by its exact name", ["inc-secret"], ["G1"]],
    ["a pattern: public channels near the incident", ["inc-*"], ["C3", "C2"]],
    ["a pattern with a question mark", ["op?"], []],
    ["a channel twice", ["C2", "inc-*"], ["C3", "C2"]],
  ])("takes %s", (_, channels, expected) => {
    expect(ids(...channels)).toEqual(expected);
  });

  it("counts the others that match a pattern", () => {
    expect(choose("inc-*").gaps).toMatchObject([{ scope: "inc-*", reason: "not asked", count: 3 }]);
    expect(choose("inc-*", "inc-old").gaps).toMatchObject([{ reason: "not asked", count: 2 }]);
  });

  it("says which names are not there, and leaves ids to be asked for", () => {
    const choice = choose("nope", "zz-*", "C404");

    expect(choice.gaps.map((gap) => [gap.scope, gap.reason])).toEqual([
      ["nope", "not found"],
      ["zz-*", "not found"],
    ]);
    expect(choice.unlisted.map(({ entry }) => entry)).toEqual(["C404"]);
  });

  it("takes its time for no pattern", () => {
    const hostile = chooseChannels(
      [listed("C1", "a".repeat(80))],
      { channels: [`${"*a".repeat(200)}*b`], createdWithin: "P30D", notice: { privateByInvitation: false } },
      window,
    );

    expect(hostile.channels).toEqual([]);
  });
});

describe("resolveChannels", () => {
  const general = { id: "C9", name: "general", created: 1, is_member: false };
  const list = (...channels: unknown[]) => answer("conversations.list", { channels });
  const config = { channels: ["general"] };

  it("reads the list once more before it says that the app is not in a channel", async () => {
    const remembered = { channels: [{ ...listed("C9", "general"), isMember: false }] as never };
    const { context, recorded } = contextOf([list({ ...general, is_member: true })], { config, remembered });

    expect(await resolveChannels(context, true)).toMatchObject({ channels: [{ id: "C9", name: "#general" }], gaps: [] });
    expect(recorded.unused()).toEqual([]);
  });

  it("does not read it twice in one build", async () => {
    const { context, recorded } = contextOf([list(general)], { config });

    expect(await resolveChannels(context, true)).toMatchObject({
      channels: [],
      gaps: [{ scope: "C9", reason: "not in channel", hint: "/invite @timeline in #general" }],
    });
    expect(recorded.requests).toHaveLength(1);
  });

  it("makes no call in a rebuild", async () => {
    const { context, recorded } = contextOf([], { config, remembered: { channels: [listed("C9", "general")] as never } });

    expect((await resolveChannels(context, true)).channels).toHaveLength(1);
    expect(recorded.requests).toEqual([]);
  });

  it("joins public channels when it may", async () => {
    const exchanges = [
      list(general),
      answer("conversations.join", { channel: general }, { channel: "C9" }),
      list({ ...general, is_member: true }),
    ];
    const { context, recorded } = contextOf(exchanges, { config: { ...config, join: true } });

    expect(await resolveChannels(context, true)).toMatchObject({ channels: [{ id: "C9" }], gaps: [] });
    expect(recorded.unused()).toEqual([]);
  });

  it("says so when joining fails", async () => {
    const exchanges = [list(general), refused("conversations.join", "missing_scope", { needed: "channels:join" })];
    const { context } = contextOf(exchanges, { config: { ...config, join: true } });

    const { gaps } = await resolveChannels(context, true);
    expect(gaps).toMatchObject([{ scope: "C9", reason: "not in channel" }]);
    expect(gaps[0]!.hint).toContain("channels:join");
    expect(gaps[0]!.hint).toContain("/invite @timeline in #general");
  });

  it("goes on with public channels when it may not list private ones", async () => {
    const exchanges = [
      refused("conversations.list", "missing_scope", { needed: "groups:read" }),
      answer("conversations.list", { channels: [{ ...general, is_member: true }] }, { types: "public_channel" }),
    ];
    const { context } = contextOf(exchanges, { config });

    expect((await resolveChannels(context, true)).channels).toHaveLength(1);
  });

  it("asks for an id that is not in the list, and never reads direct messages", async () => {
    const exchanges = [
      list(),
      answer("conversations.info", { channel: { id: "G1", name: "war-room", is_private: true, is_member: true } }, { channel: "G1" }),
      answer("conversations.info", { channel: { id: "D1", is_im: true } }, { channel: "D1" }),
      { ...refused("conversations.info", "channel_not_found"), params: { channel: "C404" } },
    ];
    const { context } = contextOf(exchanges, { config: { channels: ["G1", "D1", "C404"] } });

    expect(await resolveChannels(context, true)).toMatchObject({
      channels: [{ id: "G1", name: "#war-room", visibility: "private" }],
      gaps: [
        { scope: "D1", reason: "not asked" },
        { scope: "C404", reason: "not found" },
      ],
    });
  });

  it("lets a user's token read public channels from outside", async () => {
    const { context } = contextOf([list(general)], { config, data: { actsAs: "user" } });

    expect((await resolveChannels(context, true)).channels).toHaveLength(1);
  });

  it("passes on refused credentials", async () => {
    const { context } = contextOf([refused("conversations.list", "token_revoked")], { config });

    await expect(resolveChannels(context, true)).rejects.toMatchObject({ action: "stop", reason: "forbidden" });
  });
});
