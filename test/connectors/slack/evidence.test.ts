import { describe, expect, it } from "vitest";
import { toEvidence } from "../../../connectors/slack/evidence.js";
import { kinds } from "../../../connectors/slack/kinds.js";
import { MessageRecord } from "../../../connectors/slack/records.js";
import { notation } from "./notation.js";

const view = {
  channel: { id: "C1", name: "#ops", visibility: "public", incidentChannel: false },
  workspaceUrl: "https://acme.slack.com/",
  names: { channel: () => null, group: () => null },
} as const;
const TS = "1772623800.000100";
const read = (fields: Record<string, unknown>) => toEvidence(MessageRecord.parse({ ts: TS, user: "U1", text: "words", ...fields }), view);

describe("toEvidence", () => {
  it.each([
    ["a message", {}, "slack.message.posted", "words"],
    ["a reply", { thread_ts: "1772623000.000100" }, "slack.reply.posted", "words"],
    ["a file", { files: [{ id: "F1", name: "a.txt" }] }, "slack.file.shared", "words\n\nFile: a.txt"],
    ["an old kind of file", { subtype: "file_share", files: [{ name: "a.txt" }] }, "slack.file.shared", "words\n\nFile: a.txt"],
    ["a program", { bot_id: "B1" }, "slack.bot.posted", "words"],
    ["an action in the third person", { subtype: "me_message" }, "slack.me.posted", "words"],
    ["an unknown subtype", { subtype: "hologram" }, "slack.message.posted", "words"],
    ["joining", { subtype: "channel_join" }, "slack.channel.joined", ""],
    ["joining a private channel", { subtype: "group_join" }, "slack.channel.joined", ""],
    ["leaving", { subtype: "channel_leave" }, "slack.channel.left", ""],
    ["a topic", { subtype: "channel_topic", topic: "all &lt;ok&gt;" }, "slack.channel.topic", "all <ok>"],
    ["an emptied topic", { subtype: "channel_topic", topic: "" }, "slack.channel.topic", "(empty)"],
    ["a purpose", { subtype: "group_purpose", purpose: "why" }, "slack.channel.purpose", "why"],
    ["a new name", { subtype: "channel_name", old_name: "a", name: "b" }, "slack.channel.renamed", "a → b"],
    ["archiving", { subtype: "channel_archive" }, "slack.channel.archived", ""],
    ["unarchiving", { subtype: "channel_unarchive" }, "slack.channel.unarchived", ""],
    ["an integration", { subtype: "bot_add" }, "slack.channel.changed", "words"],
    ["a pin", { subtype: "pinned_item" }, "slack.pin.added", ""],
    ["a reminder", { subtype: "reminder_add" }, "slack.reminder.added", "words"],
    ["withheld text", { subtype: "ekm_access_denied" }, "slack.message.withheld", ""],
  ])("reads %s", (_, fields, kind, words) => {
    const evidence = read(fields);

    expect(evidence.kind).toBe(kind);
    expect(kinds).toHaveProperty([kind]);
    expect(notation(evidence.body)).toBe(words);
  });

  it("marks only housekeeping as routine", () => {
    expect(read({ subtype: "channel_join" }).signals).toEqual({ routine: true });
    expect(read({ subtype: "hologram" }).signals).toEqual({});
  });

  it("keeps nothing of a deleted message but that it was there", () => {
    const evidence = read({ subtype: "tombstone", thread_ts: TS, latest_reply: "1772623900.000100", user: "USLACKBOT" });

    expect(evidence).toMatchObject({ actor: null, body: [], signals: { routine: true, deletedAtSource: true } });
    expect(evidence.payload).toEqual({ channel: "C1", ts: TS, subtype: "tombstone" });
  });

  it("reads a huddle with its start, end and starter", () => {
    const huddle = {
      subtype: "huddle_thread",
      user: "USLACKBOT",
      text: "",
      room: { created_by: "U2", date_start: 1772623800, date_end: 1772624400, participant_history: ["U3", "U2"] },
    };

    expect(read(huddle)).toMatchObject({
      kind: "slack.huddle.held",
      actor: { id: "U2", kind: "person" },
      payload: { room: { participants: ["U2", "U3"] } },
    });
    expect(read(huddle).times.map((time) => time.meaning)).toEqual(["posted", "started", "ended"]);
    expect(read({ ...huddle, room: { ...huddle.room, date_end: 0 } }).times.map((time) => time.meaning)).toEqual(["posted", "started"]);
  });

  it.each([
    ["a person", {}, { id: "U1", kind: "person" }],
    ["an app by its profile", { bot_id: "B1", bot_profile: { name: "CI" }, username: "custom" }, { id: "B1", kind: "bot" }],
    [
      "a program by the name of one message",
      { user: undefined, subtype: "bot_message", bot_id: "B1", username: "Alerts" },
      { id: "B1/Alerts", kind: "bot" },
    ],
    ["a program without an id", { user: undefined, subtype: "bot_message", username: "Alerts" }, { id: "Alerts", kind: "bot" }],
    ["Slack itself", { user: "USLACKBOT" }, { id: "USLACKBOT", kind: "bot" }],
  ])("names %s", (_, fields, actor) => {
    expect(read(fields).actor).toEqual({ connector: "slack", ...actor });
  });

  it("has no actor where none is named", () => {
    expect(read({ user: undefined }).actor).toBeNull();
  });

  it("keeps an edit whose time cannot be read", () => {
    expect(read({ edited: { user: "U1", ts: "later" } }).times[1]).toEqual({
      meaning: "edited",
      at: null,
      precisionMicros: 1,
      sourceText: "later",
    });
  });

  it("counts people who reacted, not reactions", () => {
    const reactions = [
      { name: "eyes", count: 2, users: ["U1", "U2"] },
      { name: "+1", count: 2, users: ["U2", "U3"] },
    ];

    expect(read({ reactions }).signals.reactions).toBe(3);
    expect(read({ reactions: [{ name: "eyes", count: 60, users: ["U1"] }] }).signals.reactions).toBe(60);
    expect(read({ reactions }).payload.reactions).toEqual([
      { name: "+1", count: 2 },
      { name: "eyes", count: 2 },
    ]);
  });

  it("is pinned only where it was pinned to this channel", () => {
    expect(read({ pinned_to: ["C2"] }).signals.pinned).toBeUndefined();
    expect(read({ pinned_to: ["C2", "C1"] }).signals.pinned).toBe(true);
  });

  it("builds permalinks, or none where the workspace is not known", () => {
    expect(read({}).url).toBe("https://acme.slack.com/archives/C1/p1772623800000100");
    expect(toEvidence(MessageRecord.parse({ ts: "1772623800.0001" }), view).url).toBe(
      "https://acme.slack.com/archives/C1/p1772623800000100",
    );
    expect(toEvidence(MessageRecord.parse({ ts: TS }), { ...view, workspaceUrl: null }).url).toBeNull();
  });
});
