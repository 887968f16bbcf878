import type { AccountRef, Evidence, JsonObject, JsonValue, ObservedTime, Ref, Signals } from "../../src/contract/evidence.js";
import type { RichText } from "../../src/contract/rich-text.js";
import { fromSlackTs, fromUnixSeconds, MICROS_PER_SECOND } from "../../src/kit/instant.js";
import { compareText } from "../../src/kit/text.js";
import { bodyOf } from "./body.js";
import type { Channel } from "./channels.js";
import { housekeepingKind, type Kind } from "./kinds.js";
import type { Names } from "./names.js";
import type { MessageRecord } from "./records.js";
import { mentions } from "./refs.js";
import { mrkdwn } from "./text.js";

const SLACKBOT = "USLACKBOT";

/** Severity of an alert that is said by its colour alone: Slack's words and the colours they stand for. */
const SEVERITIES: ReadonlyMap<string, NonNullable<Signals["severity"]>> = new Map([
  ["danger", "critical"],
  ["a30200", "critical"],
  ["warning", "warning"],
  ["daa038", "warning"],
  ["good", "ok"],
  ["2eb886", "ok"],
]);

/** Where a message stands and how its ids read. */
export interface View {
  readonly channel: Channel;
  /** `https://acme.slack.com/`; null where it is not known. */
  readonly workspaceUrl: string | null;
  readonly names: Names;
}

function messageId(channel: string, ts: string): string {
  return `slack:${channel}:${ts}`;
}

/** The scope of a thread: its channel and its parent. */
export function threadScope(channel: string, threadTs: string): string {
  return `${channel}:${threadTs}`;
}

/** The parent of a reply; null for what stands in the channel by itself, parents of threads included. */
export function parentOf(message: Pick<MessageRecord, "ts" | "thread_ts">): string | null {
  return message.thread_ts === undefined || message.thread_ts === message.ts ? null : message.thread_ts;
}

export function isBroadcast(message: Pick<MessageRecord, "subtype">): boolean {
  return message.subtype === "thread_broadcast";
}

/**
 * One message as evidence. It depends on the message and the channel alone, not on the method that gave it: what
 * stands in the channel belongs to `messages` (a broadcast too), any other reply to its thread.
 */
export function toEvidence(message: MessageRecord, view: View): Evidence {
  const kind = kindOf(message);
  const gone = kind === "slack.message.removed";
  const body = gone ? [] : wordsOf(kind, message, view.names);
  const parent = parentOf(message);
  const inThread = parent !== null && !isBroadcast(message);
  return {
    id: messageId(view.channel.id, message.ts),
    connector: "slack",
    source: inThread ? "threads" : "messages",
    scope: inThread ? threadScope(view.channel.id, parent) : view.channel.id,
    kind,
    times: timesOf(message),
    actor: gone ? null : actorOf(message),
    title: "",
    body,
    url: permalink(message, view),
    refs: refsOf(body, parent, view.channel.id),
    visibility: view.channel.visibility,
    signals: signalsOf(kind, message, view.channel),
    payload: payloadOf(message, view.channel.id, gone),
  };
}

/** A program is called by its id; where it only gives a name for the one message, by both, since one id has many names. */
export function actorOf(message: MessageRecord): AccountRef | null {
  const user = message.user ?? message.room?.created_by;
  if (message.subtype === "huddle_thread" && message.room?.created_by !== undefined) return account(message.room.created_by, "person");
  if (message.bot_id !== undefined || message.subtype === "bot_message") {
    const name = message.bot_profile?.name === undefined ? message.username : undefined;
    const id = [message.bot_id, name].filter((part) => part !== undefined && part !== "").join("/");
    return id === "" ? null : account(id, "bot");
  }
  if (user === undefined || user === "") return null;
  return account(user, user === SLACKBOT ? "bot" : "person");
}

/** How a program calls itself in a message. */
export function botName(message: MessageRecord): string | undefined {
  return message.bot_profile?.name ?? message.username ?? message.attachments[0]?.author_name;
}

function account(id: string, kind: AccountRef["kind"]): AccountRef {
  return { connector: "slack", id, kind };
}

function kindOf(message: MessageRecord): Kind {
  const routine = housekeepingKind(message.subtype);
  if (routine) return routine;
  if (message.bot_id !== undefined || message.subtype === "bot_message") return "slack.bot.posted";
  if (message.subtype === "me_message") return "slack.me.posted";
  if (isBroadcast(message)) return "slack.broadcast.posted";
  if (parentOf(message) !== null) return "slack.reply.posted";
  return message.files.length > 0 ? "slack.file.shared" : "slack.message.posted";
}

/** Housekeeping that its kind says in words already needs none of the source's. */
function wordsOf(kind: Kind, message: MessageRecord, names: Names): RichText {
  switch (kind) {
    case "slack.channel.joined":
    case "slack.channel.left":
    case "slack.channel.archived":
    case "slack.channel.unarchived":
    case "slack.pin.added":
    case "slack.huddle.held":
    case "slack.message.withheld":
      return [];
    case "slack.channel.topic":
      return mrkdwn(message.topic === undefined || message.topic === "" ? "(empty)" : message.topic, names);
    case "slack.channel.purpose":
      return mrkdwn(message.purpose === undefined || message.purpose === "" ? "(empty)" : message.purpose, names);
    case "slack.channel.renamed":
      return mrkdwn(message.name === undefined ? (message.text ?? "") : `${message.old_name ?? "?"} → ${message.name}`, names);
    default:
      return bodyOf(message, names);
  }
}

function timesOf(message: MessageRecord): ObservedTime[] {
  const times: ObservedTime[] = [slackTime("posted", message.ts)];
  if (message.edited) times.push(slackTime("edited", message.edited.ts));
  const pinned = message.pinned_info?.pinned_ts;
  if (pinned !== undefined) times.push(secondsTime("pinned", pinned));
  // 0: it goes on.
  const { date_start: started = 0, date_end: ended = 0 } = message.room ?? {};
  if (started > 0) times.push(secondsTime("started", started));
  if (ended > 0) times.push(secondsTime("ended", ended));
  for (const attachment of message.attachments) if (attachment.ts !== undefined) times.push(secondsTime("stated", attachment.ts));
  return times;
}

/** The time of an edit has whole seconds in the form of microseconds. */
function slackTime(meaning: string, ts: string): ObservedTime {
  return { meaning, at: fromSlackTs(ts), precisionMicros: /\.0{6}$|^\d+$/.test(ts) ? MICROS_PER_SECOND : 1, sourceText: ts };
}

function secondsTime(meaning: string, seconds: number): ObservedTime {
  return {
    meaning,
    at: fromUnixSeconds(seconds),
    precisionMicros: Number.isInteger(seconds) ? MICROS_PER_SECOND : 1,
    sourceText: String(seconds),
  };
}

/** Built, not asked for: chat.getPermalink is one call for each message and gives the same. */
function permalink(message: MessageRecord, view: View): string | null {
  if (view.workspaceUrl === null) return null;
  const [seconds = "", fraction = ""] = message.ts.split(".");
  const parent = parentOf(message);
  const thread = parent === null ? "" : `?thread_ts=${parent}&cid=${view.channel.id}`;
  return `${view.workspaceUrl}archives/${view.channel.id}/p${seconds}${fraction.padEnd(6, "0")}${thread}`;
}

function refsOf(body: RichText, parent: string | null, channel: string): Ref[] {
  const thread: Ref[] = parent === null ? [] : [{ type: "thread", id: messageId(channel, parent), relation: "of" }];
  return [...thread, ...mentions(body)];
}

function signalsOf(kind: Kind, message: MessageRecord, channel: Channel): Signals {
  const routine = housekeepingKind(message.subtype) !== null;
  const people = reactingPeople(message);
  const severity = severityOf(message);
  return {
    ...(routine ? { routine: true } : {}),
    ...(kind === "slack.message.removed" ? { deletedAtSource: true } : {}),
    ...(severity ? { severity } : {}),
    ...(message.pinned_to.includes(channel.id) ? { pinned: true } : {}),
    ...(people > 0 ? { reactions: people } : {}),
    ...(message.bot_id !== undefined || message.subtype === "bot_message" ? { automated: true } : {}),
    ...(message.edited ? { edited: true } : {}),
    ...(channel.incidentChannel ? { incidentChannel: true } : {}),
  };
}

/** At least: Slack may name fewer people than it counts. */
function reactingPeople(message: MessageRecord): number {
  const named = new Set(message.reactions.flatMap((reaction) => reaction.users)).size;
  return Math.max(named, ...message.reactions.map((reaction) => reaction.count ?? 0));
}

function severityOf(message: MessageRecord): Signals["severity"] {
  for (const { color } of message.attachments) {
    const severity = SEVERITIES.get(color?.replace(/^#/, "").toLowerCase() ?? "");
    if (severity) return severity;
  }
  return undefined;
}

/**
 * What is volatile (counts of replies, who reacted, whether one is subscribed) stays out: it is no new version. So do
 * blocks: they cut a line into pieces, and a credential in pieces is one that no mask finds. The body has all of them.
 */
function payloadOf(message: MessageRecord, channel: string, gone: boolean): JsonObject {
  const where = { channel, ts: message.ts, subtype: message.subtype, thread_ts: parentOf(message) ?? undefined };
  if (gone) return where;
  const { user, bot_id, username, text, topic, purpose, old_name, name, edited, room, pinned_info } = message;
  return {
    ...where,
    user,
    bot_id,
    username,
    text,
    topic,
    purpose,
    old_name,
    name,
    edited,
    bot_name: message.bot_profile?.name,
    attachments: someOf(message.attachments.map(({ blocks: _blocks, ...fields }) => fields)),
    files: someOf(message.files),
    reactions: someOf(
      message.reactions.map((each) => ({ name: each.name, count: each.count })).sort((a, b) => compareText(a.name, b.name)),
    ),
    pinned: pinned_info ? { ts: pinned_info.pinned_ts } : undefined,
    room: room
      ? { date_start: room.date_start, date_end: room.date_end, participants: [...room.participant_history].sort(compareText) }
      : undefined,
  };
}

function someOf(list: readonly unknown[]): JsonValue | undefined {
  return list.length === 0 ? undefined : (list as JsonValue);
}
