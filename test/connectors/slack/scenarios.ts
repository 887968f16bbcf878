import { Secret } from "../../../src/contract/secret.js";
import type { GapReason } from "../../../src/kit/errors.js";
import { fromIso, MICROS_PER_DAY, toSlackTs } from "../../../src/kit/instant.js";
import type { Exchange } from "../../../src/contract/testing/replay.js";
import { windowOf, type Scenario } from "../../../src/contract/testing/collect-scenario.js";

const FROM = fromIso("2026-03-04T11:00:00Z")!;
const UNTIL = fromIso("2026-03-04T13:00:00Z")!;
const EARLIEST = FROM - 7 * MICROS_PER_DAY;

/** `ts` of a time on the day of the incident, or of a whole instant. */
export function at(time: string): string {
  return toSlackTs(fromIso(time.includes("T") ? time : `2026-03-04T${time}Z`)!);
}

function ask(method: string, params: Readonly<Record<string, string>>, body: Record<string, unknown>, repeat = false): Exchange {
  return { method: "POST", path: `/api/${method}`, params, body: { ok: true, ...body }, repeat };
}

function history(channel: string, part: "window" | "lookback", messages: readonly unknown[], next = "", cursor?: string): Exchange {
  const [from, until] = part === "window" ? [FROM, UNTIL] : [EARLIEST, FROM];
  const bounds = { channel, oldest: toSlackTs(from), latest: toSlackTs(until - 1), inclusive: "true" };
  const params = cursor === undefined ? bounds : { ...bounds, cursor };
  return ask("conversations.history", params, { messages, has_more: next !== "", response_metadata: { next_cursor: next } });
}

function replies(ts: string, messages: readonly unknown[], next = "", cursor?: string): Exchange {
  const params = { channel: "C0INC", ts, ...(cursor === undefined ? {} : { cursor }) };
  return ask("conversations.replies", params, {
    messages,
    has_more: next !== "",
    ...(next === "" ? {} : { response_metadata: { next_cursor: next } }),
  });
}

const identity = ask(
  "auth.test",
  {},
  { url: "https://acme.slack.com/", team_id: "T0ACME", user: "timeline", user_id: "U0APP", bot_id: "B0APP" },
);

const users = [
  ask(
    "users.list",
    { limit: "500" },
    {
      members: [
        {
          id: "U0MARA",
          name: "mara",
          real_name: "Mara Lindqvist",
          profile: { display_name: "Mara", first_name: "Mara", last_name: "Lindqvist", email: "Mara@Acme.example" },
        },
        { id: "U0GONE", name: "oldtimer", deleted: true, profile: { real_name: "Olda Timer" } },
        { name: "without an id" },
      ],
      response_metadata: { next_cursor: "dXNlcjpVMA==" },
    },
  ),
  ask(
    "users.list",
    { cursor: "dXNlcjpVMA==" },
    {
      members: [
        { id: "U0IVO", name: "ivo", profile: { display_name: "", real_name: "Ivo Petrov" } },
        { id: "U0DEPLOY", name: "deploybot", is_bot: true, profile: { real_name: "Deploybot" } },
        { id: "USLACKBOT", name: "slackbot", is_bot: false, profile: { real_name: "Slackbot" } },
      ],
      response_metadata: { next_cursor: "" },
    },
  ),
];

const seconds = (iso: string) => Math.floor(fromIso(iso)! / 1_000_000);

const channelLists = [
  ask(
    "conversations.list",
    { types: "public_channel,private_channel", cursor: "dGVhbTpDMA==" },
    {
      channels: [
        { id: "C0OPS", name: "ops", created: String(seconds("2020-01-01T00:00:00Z")), is_member: true },
        { id: "G0SECRET", name: "secret-room", created: seconds("2025-01-01T00:00:00Z"), is_private: true, is_member: true },
        { id: "G0OTHER", name: "inc-hidden", created: seconds("2026-03-04T11:30:00Z"), is_private: true, is_member: true },
        { id: "C0GENERAL", name: "general", created: seconds("2019-01-01T00:00:00Z"), is_member: false },
      ],
      response_metadata: { next_cursor: "" },
    },
    true,
  ),
  ask(
    "conversations.list",
    { types: "public_channel,private_channel" },
    {
      channels: [
        { id: "C0INC", name: "inc-0304-checkout", created: seconds("2026-03-04T11:25:00Z"), is_member: true },
        { id: "C0INC24", name: "inc-2024-dns", created: seconds("2024-05-01T00:00:00Z"), is_member: true, is_archived: true },
      ],
      response_metadata: { next_cursor: "dGVhbTpDMA==" },
    },
    true,
  ),
];

const groups = ask("usergroups.list", {}, { usergroups: [{ id: "S0SRE", handle: "sre" }] });

const OLD_PARENT = at("2026-02-28T09:00:00.000900Z");
const PARENT = at("11:30:00.000400");
const BROADCAST = {
  type: "message",
  subtype: "thread_broadcast",
  user: "U0IVO",
  text: "rolled back: <https://github.com/Acme/Shop/pull/482|#482> &amp; watching",
  ts: at("11:42:00.123456"),
  thread_ts: PARENT,
};
const PARENT_MESSAGE = {
  type: "message",
  user: "U0MARA",
  text: "errors on checkout since 11:20, <!subteam^S0SRE> <@U0IVO>",
  ts: PARENT,
  thread_ts: PARENT,
  reply_count: 2,
  reply_users: ["U0IVO"],
  latest_reply: at("11:50:00.000001"),
  reactions: [
    { name: "eyes", count: 4, users: ["U0IVO", "U0GONE"] },
    { name: "+1", count: 1, users: ["U0DEPLOY"] },
  ],
  pinned_to: ["C0INC"],
  pinned_info: { channel: "C0INC", pinned_by: "U0IVO", pinned_ts: seconds("2026-03-04T11:55:00Z") },
};

const incidentChannel: Exchange[] = [
  history(
    "C0INC",
    "window",
    [
      {
        type: "message",
        subtype: "channel_topic",
        user: "U0MARA",
        topic: "RESOLVED | review on Friday",
        text: "<@U0MARA> set the channel topic: ...",
        ts: at("12:40:00.000100"),
      },
      {
        type: "message",
        user: "U0STRANGER",
        user_profile: { name: "sam", real_name: "Sam Guest" },
        text: "our side is green too",
        ts: at("12:30:00.000100"),
      },
      { type: "message", user: "U0IVO", text: "a time that nobody can read", ts: "yesterday" },
      {
        type: "message",
        user: "U0GONE",
        text: "errors are *back to normal*",
        ts: at("12:10:00.500000"),
        edited: { user: "U0GONE", ts: at("12:11:00") },
      },
    ],
    "bmV4dDox",
  ),
  history(
    "C0INC",
    "window",
    [
      {
        type: "message",
        user: "U0IVO",
        text: "and here is the graph",
        ts: at("12:00:00.000200"),
        files: [
          { id: "F1", name: "graph.png", title: "checkout errors", permalink: "https://acme.slack.com/files/U0IVO/F1/graph.png" },
          { id: "F2", mode: "tombstone" },
        ],
      },
      { ...BROADCAST, root: { ts: PARENT, user: "U0MARA", text: "errors on checkout" } },
    ],
    "bmV4dDoy",
    "bmV4dDox",
  ),
  history(
    "C0INC",
    "window",
    [
      // A page may begin with the end of the one before.
      { ...BROADCAST, root: { ts: PARENT, user: "U0MARA", text: "errors on checkout" } },
      PARENT_MESSAGE,
      {
        type: "message",
        subtype: "bot_message",
        bot_id: "B0ALERT",
        username: "Alerts",
        text: "",
        ts: at("11:27:00.000300"),
        attachments: [
          {
            color: "danger",
            title: "[Triggered] checkout errors",
            title_link: "https://alerts.example/m/7",
            text: "12 % of requests",
            fields: [{ title: "Service", value: "checkout" }],
            ts: seconds("2026-03-04T11:26:30Z"),
          },
        ],
      },
      { type: "message", subtype: "channel_join", user: "U0IVO", text: "<@U0IVO> has joined the channel", ts: at("11:26:00.000100") },
    ],
    "",
    "bmV4dDoy",
  ),
  history("C0INC", "lookback", [
    {
      type: "message",
      user: "U0MARA",
      text: "runbook questions here",
      ts: OLD_PARENT,
      thread_ts: OLD_PARENT,
      latest_reply: at("11:35:00.000007"),
    },
  ]),
  replies(PARENT, [PARENT_MESSAGE, BROADCAST], "cmVwbGllczox"),
  replies(
    PARENT,
    [PARENT_MESSAGE, { type: "message", user: "U0IVO", text: "sha `9f1c2ab` is out", ts: at("11:50:00.000001"), thread_ts: PARENT }],
    "",
    "cmVwbGllczox",
  ),
  replies(OLD_PARENT, [
    {
      type: "message",
      user: "U0MARA",
      text: "runbook questions here",
      ts: OLD_PARENT,
      thread_ts: OLD_PARENT,
      latest_reply: at("11:35:00.000007"),
    },
    { type: "message", user: "U0IVO", text: "step 3 fits today", ts: at("11:35:00.000007"), thread_ts: OLD_PARENT },
  ]),
];

const otherChannels: Exchange[] = [
  history("C0OPS", "window", [
    {
      type: "message",
      user: "U0DEPLOY",
      bot_id: "B0DEPLOY",
      bot_profile: { id: "B0DEPLOY", name: "Deploybot" },
      text: "fallback",
      ts: at("11:00:00"),
      blocks: [{ type: "section", text: { type: "mrkdwn", text: "*shop* deployed :white_check_mark:" } }],
    },
  ]),
  history("C0OPS", "lookback", []),
  history("G0SECRET", "window", [
    {
      type: "message",
      subtype: "tombstone",
      hidden: true,
      user: "USLACKBOT",
      text: "This message was deleted.",
      ts: at("12:59:59.999999"),
    },
  ]),
  history("G0SECRET", "lookback", []),
];

const gap = (scope: string, reason: GapReason) => ({ scope, reason });

export const scenarios: readonly (Scenario & {
  readonly expect: {
    readonly evidenceIds: readonly string[];
    readonly gaps: readonly { readonly scope: string; readonly reason: GapReason }[];
  };
})[] = [
  {
    name: "an incident channel, an ops channel, a private one, one that the app is not in",
    config: {
      token: new Secret("xoxb-made-up"),
      apiUrl: "https://slack.example/api/",
      channels: ["inc-*", "#ops", "secret-room", "C0GENERAL", "gone"],
      createdWithin: "P30D",
      join: false,
      threadLookBack: "P7D",
      incidentChannels: ["inc-*"],
    },
    window: windowOf("2026-03-04T11:00:00Z", "2026-03-04T13:00:00Z", { start: "2026-03-04T11:20:00Z", end: "2026-03-04T12:10:00Z" }),
    now: fromIso("2026-03-06T09:00:00Z")!,
    exchanges: [identity, ...users, ...channelLists, groups, ...incidentChannel, ...otherChannels],
    expect: {
      evidenceIds: [
        ...["12:40:00.000100", "12:30:00.000100", "12:10:00.500000", "12:00:00.000200", "11:42:00.123456"].map(
          (time) => `slack:C0INC:${at(time)}`,
        ),
        ...["11:30:00.000400", "11:27:00.000300", "11:26:00.000100"].map((time) => `slack:C0INC:${at(time)}`),
        `slack:C0INC:${OLD_PARENT}`,
        `slack:C0OPS:${at("11:00:00")}`,
        `slack:G0SECRET:${at("12:59:59.999999")}`,
        `slack:C0INC:${at("11:35:00.000007")}`,
        ...["11:30:00.000400", "11:42:00.123456", "11:50:00.000001"].map((time) => `slack:C0INC:${at(time)}`),
      ],
      gaps: [gap("gone", "not found"), gap("inc-*", "not asked"), gap("C0GENERAL", "not in channel"), gap("C0INC", "malformed")],
    },
  },
];
