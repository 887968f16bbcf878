import { describe, expect, it } from "vitest";
import type { Reading } from "../../../connectors/slack/read-messages.js";
import { walk, type Walk } from "../../../connectors/slack/walk.js";
import type { Page } from "../../../src/contract/page.js";
import { toSlackTs } from "../../../src/kit/instant.js";
import type { Exchange } from "../../../src/contract/testing/replay.js";
import { answer, contextOf, refused } from "./context.js";

const reading: Reading = {
  view: { channel: { id: "C1", name: "#ops", visibility: "public", incidentChannel: false }, workspaceUrl: null },
  listed: new Map(),
  groups: new Map(),
  own: "UBOT",
  accounts: null,
  until: 2000,
};
// In microseconds since 1970: small numbers that are easy to read.
const span = { from: 1000, until: 2000 };
const say = (at: number) => ({ type: "message", user: "U1", text: "x", ts: toSlackTs(at) });
const page = (ats: readonly number[], more: Record<string, unknown> = {}, params: Record<string, string> = {}): Exchange =>
  answer("conversations.history", { messages: ats.map(say), has_more: false, ...more }, params);
const next = (cursor: string) => ({ has_more: true, response_metadata: { next_cursor: cursor } });

async function walked(exchanges: readonly Exchange[], plan: Partial<Walk> = {}) {
  const { context, recorded } = contextOf(exchanges);
  const standard: Walk = {
    source: "messages",
    scope: "C1",
    method: "conversations.history",
    args: { channel: "C1" },
    span,
    newestFirst: true,
    reading,
  };
  const pages: Page[] = [];
  let thrown: unknown = null;
  try {
    for await (const each of walk({ ...standard, ...plan }, context)) pages.push(each);
  } catch (error) {
    thrown = error;
  }
  expect(recorded.unused()).toEqual([]);
  return { pages, thrown, requests: recorded.requests.map((request) => request.params) };
}

const covered = (pages: readonly Page[]) => pages.flatMap((each) => (each.covered ?? []).map(({ span }) => [span.from, span.until]));
const gaps = (pages: readonly Page[]) =>
  pages.flatMap((each) => (each.gaps ?? []).map(({ reason, count, span }) => [reason, count, span?.from, span?.until]));
const seen = (pages: readonly Page[]) => pages.flatMap((each) => (each.evidence ?? []).map((evidence) => evidence.times[0]!.at));

describe("walk", () => {
  it("asks for a half-open span with inclusive bounds", async () => {
    const { requests, pages } = await walked([page([])]);

    expect(requests[0]).toMatchObject({ oldest: "0.001000", latest: "0.001999", inclusive: "true", limit: "999" });
    expect(covered(pages)).toEqual([[1000, 2000]]);
  });

  it("covers page by page, from the newest back", async () => {
    const { pages } = await walked([
      page([1999, 1900], next("a")),
      page([1500], next("b"), { cursor: "a" }),
      page([1000], {}, { cursor: "b" }),
    ]);

    expect(covered(pages)).toEqual([
      [1900, 2000],
      [1500, 1900],
      [1000, 1500],
    ]);
  });

  it("covers a thread from the oldest on, without its parent", async () => {
    const reply = (ats: readonly number[], more: Record<string, unknown> = {}) =>
      answer("conversations.replies", { messages: ats.map(say), ...more });
    const { pages } = await walked([reply([500, 1100, 1200], next("a")), reply([500, 1300])], {
      method: "conversations.replies",
      newestFirst: false,
    });

    expect(seen(pages)).toEqual([1100, 1200, 1300]);
    expect(covered(pages)).toEqual([
      [1000, 1201],
      [1201, 2000],
    ]);
  });

  it("takes a message that two pages hold once", async () => {
    const { pages } = await walked([page([1900, 1800], next("a")), page([1800, 1700])]);

    expect(seen(pages)).toEqual([1900, 1800, 1700]);
  });

  it("goes on by time where no cursor is given", async () => {
    const { requests, pages } = await walked([page([1900, 1800], { has_more: true }), page([1700])]);

    expect(requests[1]).toMatchObject({ oldest: "0.001000", latest: "0.001799" });
    expect(requests[1]).not.toHaveProperty("cursor");
    expect(covered(pages)).toEqual([
      [1800, 2000],
      [1000, 1800],
    ]);
  });

  it("goes on by time when a cursor has expired", async () => {
    const { requests, pages } = await walked([page([1900], next("a")), refused("conversations.history", "invalid_cursor"), page([1200])]);

    expect(requests[2]).toMatchObject({ latest: "0.001899" });
    expect(covered(pages).at(-1)).toEqual([1000, 1900]);
  });

  it("stops when more is promised and nothing given", async () => {
    const { pages, thrown } = await walked([page([1900], { has_more: true }), page([], { has_more: true })]);

    expect(thrown).toMatchObject({ action: "skip", reason: "truncated" });
    expect(covered(pages)).toEqual([[1900, 2000]]);
  });

  it("stops when a cursor comes back", async () => {
    const { pages, thrown } = await walked([page([1900], next("a")), page([1800], next("a"))]);

    expect(thrown).toMatchObject({ action: "skip", reason: "truncated" });
    expect(covered(pages).at(-1)).toEqual([1800, 1900]);
  });

  it("stops after twenty pages with nothing new", async () => {
    const idle = Array.from({ length: 20 }, (_, index) => page([1900], next(`c${index}`)));
    const { thrown } = await walked([page([1900], next("a")), ...idle]);

    expect(thrown).toMatchObject({ action: "skip", reason: "truncated" });
  });

  it("covers nothing before the end when a page is out of order", async () => {
    const { pages } = await walked([page([1100, 1200], next("a")), page([1900])]);

    expect(covered(pages)).toEqual([[1000, 2000]]);
  });

  it("tells of what the plan of the workspace hides, and does not call it known", async () => {
    const { pages } = await walked([page([1900, 1600], { is_limited: true })]);

    expect(gaps(pages)).toEqual([["expired", null, 1000, 1600]]);
    expect(covered(pages)).toEqual([[1600, 2000]]);
  });

  it("counts what it cannot read, once", async () => {
    const broken = { type: "message", ts: "soon", text: "x" };
    const { pages } = await walked([
      answer("conversations.history", { messages: [say(1900), broken, "no record", say(1800)], ...next("a") }),
      answer("conversations.history", { messages: [broken, say(1700)] }),
    ]);

    expect(gaps(pages)).toEqual([["malformed", 2, 1800, 2000]]);
    expect(covered(pages).at(-1)).toEqual([1000, 1800]);
  });

  it("counts what key management withholds", async () => {
    const { pages } = await walked([answer("conversations.history", { messages: [{ ...say(1500), subtype: "ekm_access_denied" }] })]);

    expect(gaps(pages)).toEqual([["forbidden", 1, 1000, 2000]]);
  });

  it("passes on what Slack refuses", async () => {
    const { thrown } = await walked([refused("conversations.history", "not_in_channel")]);

    expect(thrown).toMatchObject({ action: "skip", reason: "not in channel" });
  });

  it("takes what it attached itself for no evidence, and what people answer to it for some", async () => {
    const own = [
      { type: "message", user: "UBOT", text: "summary", ts: toSlackTs(1200), latest_reply: toSlackTs(1300) },
      { type: "message", subtype: "channel_join", user: "UBOT", text: "", ts: toSlackTs(1100) },
    ];
    const { pages } = await walked([answer("conversations.history", { messages: [say(1400), ...own], has_more: false })]);

    expect(pages.flatMap((each) => each.evidence ?? []).map(({ kind }) => kind)).toEqual(["slack.message.posted", "slack.channel.joined"]);
    expect(pages.flatMap((each) => each.discovered ?? []).map(({ scope }) => scope)).toEqual([`C1:${toSlackTs(1200)}`]);
    expect(pages.flatMap((each) => each.gaps ?? [])).toEqual([]);
  });
});
