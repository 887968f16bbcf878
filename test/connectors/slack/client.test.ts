import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { call } from "../../../connectors/slack/client.js";
import { identify } from "../../../connectors/slack/identify.js";
import { accounts } from "../../../connectors/slack/accounts.js";
import { slackSchema } from "../../../connectors/slack/config.js";
import { slackWire } from "../../../connectors/slack/wire.js";
import { SourceError } from "../../../src/kit/errors.js";
import { WireError } from "../../../src/kit/wire/types.js";
import { answer, contextOf, refused } from "./context.js";

const failing = async (error: string, more: Record<string, unknown> = {}): Promise<SourceError> => {
  const failure: unknown = await call(
    "conversations.history",
    {},
    contextOf([refused("conversations.history", error, more)]).context,
  ).catch((reason: unknown) => reason);
  if (!(failure instanceof SourceError)) throw new Error("expected a SourceError", { cause: failure });
  return failure;
};

describe("call", () => {
  it.each([
    ["invalid_auth", "stop", "forbidden"],
    ["not_authed", "stop", "forbidden"],
    ["token_revoked", "stop", "forbidden"],
    ["token_expired", "stop", "forbidden"],
    ["account_inactive", "stop", "forbidden"],
    ["accesslimited", "stop", "forbidden"],
    ["missing_scope", "skip", "forbidden"],
    ["no_permission", "skip", "forbidden"],
    ["channel_not_found", "skip", "not found"],
    ["thread_not_found", "skip", "not found"],
    ["not_in_channel", "skip", "not in channel"],
    ["ratelimited", "retry", "rate limited"],
    ["internal_error", "retry", "unavailable"],
    ["something_new", "skip", "unavailable"],
  ])("%s: %s, %s", async (code, action, reason) => {
    expect(await failing(code)).toMatchObject({ connector: "slack", action, reason });
  });

  it("names the scope that is missing", async () => {
    expect((await failing("missing_scope", { needed: "channels:history" })).hint).toContain("channels:history");
  });

  it("keeps a page that is no JSON out of its error, cause included", async () => {
    const { context } = contextOf([
      { method: "POST", path: "/api/auth.test", text: "<html>private words</html>", headers: { "content-type": "text/html" } },
    ]);
    const failure: unknown = await call("auth.test", {}, context).catch((reason: unknown) => reason);

    expect(failure).toMatchObject({ action: "retry", reason: "malformed" });
    expect(inspect(failure)).not.toContain("private words");
  });

  it("keeps the body of a refused request out of its error", async () => {
    const { context } = contextOf([{ method: "POST", path: "/api/auth.test", status: 404, text: "private words" }]);
    const failure: unknown = await call("auth.test", {}, context).catch((reason: unknown) => reason);

    expect(failure).toMatchObject({ message: "Slack answered auth.test with status 404", action: "retry" });
    expect(inspect(failure)).not.toContain("private words");
  });

  it("says what the wire says", async () => {
    const { context } = contextOf([]);
    const fetch = async () => {
      throw new WireError("all tries spent", "rate limited");
    };

    await expect(call("auth.test", {}, { ...context, fetch })).rejects.toMatchObject({ action: "retry", reason: "rate limited" });
  });

  it("ends with the reason of a signal", async () => {
    const { context } = contextOf([]);
    const reason = new Error("stopped by the user");

    await expect(call("auth.test", {}, { ...context, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it("never tells the token", async () => {
    const failure = await failing("invalid_auth");

    expect(inspect(failure, { depth: 9 })).not.toContain("xoxb-made-up");
  });

  it("stops without a token", async () => {
    const { context } = contextOf([], { config: { token: null } });

    await expect(call("auth.test", {}, context)).rejects.toMatchObject({ action: "stop", reason: "forbidden" });
  });
});

describe("identify", () => {
  const who = (body: Record<string, unknown>) => identify(contextOf([answer("auth.test", body)]).context);

  it("names the workspace, or the enterprise of an installation for all of it", async () => {
    const auth = { url: "https://acme.slack.com", team_id: "T1", enterprise_id: "E1", user: "timeline", user_id: "U1", bot_id: "B1" };

    expect(await who(auth)).toEqual({
      tenant: "T1",
      data: { url: "https://acme.slack.com/", botName: "timeline", botUserId: "U1", actsAs: "bot" },
    });
    expect(await who({ ...auth, is_enterprise_install: true, bot_id: undefined })).toMatchObject({
      tenant: "E1",
      data: { actsAs: "user" },
    });
  });

  it("stops at an answer that names none", async () => {
    await expect(who({ url: "https://acme.slack.com/" })).rejects.toMatchObject({ action: "stop", reason: "malformed" });
  });
});

describe("accounts", () => {
  it("is a gap when names are not granted, and not the end", async () => {
    const { context } = contextOf([refused("users.list", "missing_scope", { needed: "users:read" })]);

    expect(await accounts.plan(context)).toMatchObject({
      scopes: [],
      gaps: [{ source: "accounts", reason: "forbidden", hint: expect.stringContaining("users:read") as string }],
    });
  });

  it("stops at refused credentials", async () => {
    await expect(accounts.plan(contextOf([refused("users.list", "invalid_auth")]).context)).rejects.toMatchObject({ action: "stop" });
  });

  it("takes no list whose pages go round in a circle", async () => {
    const round = { ...answer("users.list", { members: [], response_metadata: { next_cursor: "a" } }), repeat: true };

    expect(await accounts.plan(contextOf([round]).context)).toMatchObject({ gaps: [{ reason: "truncated" }] });
  });
});

describe("slackWire", () => {
  const judge = (json: unknown, headers: Record<string, string> = {}, status = 200) =>
    slackWire.judge({ status, headers: new Headers(headers), json }, 0);

  it.each([
    ["an answer", { ok: true }, {}, { kind: "ok" }],
    ["a refusal", { ok: false, error: "not_in_channel" }, {}, { kind: "ok" }],
    ["a limit", { ok: false, error: "ratelimited" }, { "retry-after": "30" }, { kind: "wait", waitMs: 30_000 }],
    ["a limit of chat methods, without a time", { ok: false, error: "rate_limited" }, {}, { kind: "wait", waitMs: null }],
    ["an outage", { ok: false, error: "fatal_error" }, {}, { kind: "broken" }],
  ])("judges %s", (_, json, headers, verdict) => {
    expect(judge(json, headers)).toMatchObject(verdict);
  });

  it("leaves other statuses to the rule of thumb, and limits each method by itself", () => {
    expect(judge(undefined, {}, 503)).toBeNull();
    // A page of a proxy: the wire knows that only uploads are answered without JSON.
    expect(judge(undefined)).toBeNull();
    expect(slackWire.bucketOf({ method: "POST", url: new URL("https://slack.com/api/users.list") })).toBe("users.list");
  });
});

describe("slackSchema", () => {
  it("has a default for everything", () => {
    expect(slackSchema.parse({})).toEqual({
      token: { env: "SLACK_BOT_TOKEN" },
      apiUrl: "https://slack.com/api/",
      channels: [],
      createdWithin: "P30D",
      join: false,
      threadLookBack: "P7D",
      incidentChannels: ["inc-*", "incident-*"],
      notice: { channels: [], privateByInvitation: false },
      attach: { incidentChannel: false, channels: [], file: false },
    });
  });

  it.each([
    [{ threadLookBack: "a week" }],
    [{ createdWithin: "P1M" }],
    [{ apiUrl: "slack.com" }],
    [{ channels: "ops" }],
    [{ chanels: [] }],
  ])("refuses %j", (section) => {
    expect(slackSchema.safeParse(section).success).toBe(false);
  });
});
