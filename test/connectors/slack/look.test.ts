import { describe, expect, it } from "vitest";
import { looker } from "../../../connectors/slack/look.js";
import { notationIn } from "../../../connectors/slack/notation.js";
import { instant } from "../../support/build-fixture.js";
import { answer, contextOf, refused } from "./context.js";

const NOW = instant("2026-03-04T12:00:00Z");
const CREATED = instant("2026-03-04T11:20:00Z");
const auth = answer("auth.test", { url: "https://acme.slack.com/", team_id: "T0ACME", user: "timeline" });
const channel = (more: object = {}) => ({ id: "C1", name: "inc-42", created: CREATED / 1e6, is_member: true, ...more });

async function look(channels: readonly object[], notice: { channels?: string[]; privateByInvitation?: boolean } = {}, since = 0) {
  const setting = { config: { notice: { channels: ["inc-*"], privateByInvitation: false, ...notice } } };
  const { context, recorded } = contextOf([answer("conversations.list", { channels }), auth], setting);
  const found = await looker.look({ ...context, folder: "/", now: NOW, since });
  return { ...found, methods: recorded.requests.map(({ path }) => path) };
}
const keysOf = async (...args: Parameters<typeof look>) => (await look(...args)).reports.map(({ key }) => key);

describe("channels that tell of incidents", () => {
  it("are looked at only where they are named", () => {
    const { config } = contextOf([]).context;

    expect(looker.watches(config)).toEqual([]);
    expect(looker.watches({ ...config, notice: { channels: ["inc-*"], privateByInvitation: false } })).toEqual(["channels inc-*"]);
  });

  it("begin with their creation, and are read; no conversation is looked at for that", async () => {
    const { reports, problems, methods } = await look([
      channel({ purpose: { value: "1 in 12 checkouts fails" } }),
      channel({ id: "C2", name: "random" }),
    ]);

    expect(problems).toEqual([]);
    expect(methods).toEqual(["/api/conversations.list", "/api/auth.test"]);
    expect(reports).toEqual([
      {
        key: "slack:C1",
        title: "1 in 12 checkouts fails",
        name: "inc-42",
        start: CREATED,
        end: null,
        severity: null,
        url: "https://acme.slack.com/archives/C1",
        visibility: "public",
        also: { channels: ["C1"] },
        wishes: { services: [], only: {}, destinations: null },
        marks: ["slack:C1"],
      },
    ]);
  });

  it("follow what their topic says in so many words", async () => {
    const topic = {
      value: "Severity: SEV2 | services: checkout, cart ; started: 2026-03-04T11:05Z | resolved: 2026-03-04T12:40:10+01:00 | R&amp;D looks",
    };

    expect((await look([channel({ topic })])).reports).toMatchObject([
      {
        title: "R&D looks",
        severity: "SEV2",
        start: instant("2026-03-04T11:05:00Z"),
        end: instant("2026-03-04T11:40:10Z"),
        wishes: { services: ["checkout", "cart"] },
      },
    ]);
  });

  it("tell of times that cannot be so, and keep what Slack knows", async () => {
    const topics = ["started: yesterday", "started: 2026-03-04T11:05", "started: 2026-03-05T00:00Z", "resolved: 2026-03-04T11:00Z"];
    for (const value of topics) {
      const { reports, problems } = await look([channel({ topic: { value } })]);

      expect(reports).toMatchObject([{ start: CREATED, end: null }]);
      expect(problems).toMatchObject([{ place: "channel C1" }]);
    }
  });

  it("end when they are archived, as far as Slack says when", async () => {
    const updated = NOW / 1000;

    expect((await look([channel({ is_archived: true, updated })])).reports).toMatchObject([{ end: NOW }]);
    expect((await look([channel({ updated })])).reports).toMatchObject([{ end: null }]);
    expect(await look([channel({ is_archived: true })])).toMatchObject({ reports: [{ end: null }], problems: [{ place: "channel C1" }] });
    expect(await keysOf([channel({ is_archived: true, updated })], {}, NOW + 1)).toEqual([]);
  });

  it("are private only where they are named exactly, or where an invitation counts", async () => {
    const secret = channel({ is_private: true });
    const outside = channel({ is_private: true, is_member: false });

    expect(await keysOf([secret])).toEqual([]);
    expect(await keysOf([secret], { channels: ["#inc-42"] })).toEqual(["slack:C1"]);
    expect(await keysOf([secret], { privateByInvitation: true })).toEqual(["slack:C1"]);
    expect(await keysOf([outside], { privateByInvitation: true })).toEqual([]);
    expect((await look([secret], { privateByInvitation: true })).reports).toMatchObject([{ visibility: "private" }]);
  });

  it("are no direct messages, and not older than createdWithin", async () => {
    expect(
      await keysOf([channel({ is_im: true }), channel({ is_mpim: true }), channel({ created: CREATED / 1e6 - 31 * 86_400 }), { id: 5 }]),
    ).toEqual([]);
  });

  it("fail as a whole when they cannot be listed", async () => {
    const { context } = contextOf([refused("conversations.list", "invalid_auth")], {
      config: { notice: { channels: ["inc-*"], privateByInvitation: false } },
    });

    await expect(looker.look({ ...context, folder: "/", now: NOW, since: 0 })).rejects.toMatchObject({ action: "stop" });
  });
});

it("reads notation in a time that grows with its length only", () => {
  const { words } = notationIn("severity:| ;".repeat(100_000));

  expect(words).toEqual([]);
});
