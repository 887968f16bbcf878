import type { KindRule } from "../../src/contract/connector.js";

const posted = { placedBy: ["posted"], category: "conversation" } as const;

export const kinds = {
  "slack.message.posted": { ...posted, says: "{actor}: {body}" },
  "slack.reply.posted": { ...posted, says: "{actor}: {body}" },
  "slack.broadcast.posted": { ...posted, says: "{actor}: {body}" },
  "slack.bot.posted": { ...posted, says: "{actor}: {body}" },
  "slack.file.shared": { ...posted, says: "{actor}: {body}" },
  "slack.me.posted": { ...posted, says: "{actor} {body}" },
  "slack.huddle.held": { ...posted, endedBy: "ended", says: "{actor} held a huddle in {scope}" },
  "slack.message.removed": { ...posted, says: "A message was removed from {scope}" },
  "slack.message.withheld": { ...posted, says: "A message was withheld by the workspace's key management" },
  "slack.pin.added": { ...posted, says: "{actor} pinned something in {scope}" },
  "slack.reminder.added": { ...posted, says: "{actor} set a reminder: {body}" },
  "slack.channel.joined": { ...posted, says: "{actor} joined {scope}" },
  "slack.channel.left": { ...posted, says: "{actor} left {scope}" },
  "slack.channel.topic": { ...posted, says: "{actor} set the topic of {scope}: {body}" },
  "slack.channel.purpose": { ...posted, says: "{actor} set the purpose of {scope}: {body}" },
  "slack.channel.renamed": { ...posted, says: "{actor} renamed the channel: {body}" },
  "slack.channel.archived": { ...posted, says: "{actor} archived {scope}" },
  "slack.channel.unarchived": { ...posted, says: "{actor} unarchived {scope}" },
  "slack.channel.changed": { ...posted, says: "{actor}: {body}" },
} as const satisfies Record<string, KindRule>;

export type Kind = keyof typeof kinds;

/** Subtypes that are the channel's own housekeeping. Source: "message event", section "Message subtypes", docs.slack.dev. */
const HOUSEKEEPING: ReadonlyMap<string, Kind> = new Map([
  ["channel_join", "slack.channel.joined"],
  ["channel_leave", "slack.channel.left"],
  ["channel_topic", "slack.channel.topic"],
  ["channel_purpose", "slack.channel.purpose"],
  ["channel_name", "slack.channel.renamed"],
  ["channel_archive", "slack.channel.archived"],
  ["channel_unarchive", "slack.channel.unarchived"],
  ["channel_posting_permissions", "slack.channel.changed"],
  ["channel_convert_to_private", "slack.channel.changed"],
  ["channel_convert_to_public", "slack.channel.changed"],
  ["bot_add", "slack.channel.changed"],
  ["bot_remove", "slack.channel.changed"],
  ["pinned_item", "slack.pin.added"],
  ["reminder_add", "slack.reminder.added"],
  ["huddle_thread", "slack.huddle.held"],
  ["tombstone", "slack.message.removed"],
  ["message_deleted", "slack.message.removed"],
  ["ekm_access_denied", "slack.message.withheld"],
] as const);

/** The kind of a housekeeping subtype; null for all that people and programs say, unknown subtypes included. */
export function housekeepingKind(subtype: string | undefined): Kind | null {
  // Private channels have names of their own for the same things.
  return HOUSEKEEPING.get(subtype?.replace(/^group_/, "channel_") ?? "") ?? null;
}
