import { z } from "zod";
import type { Attachment, Remote } from "../../../src/contract/destination.js";
import { fromSlackTs, MICROS_PER_DAY, toSlackTs } from "../../../src/kit/instant.js";
import { call, type Answer } from "../client.js";
import { SlackRefusal } from "../errors.js";
import { listAt, nextCursor } from "../pages.js";
import { malformed } from "./answers.js";
import { ourselves, type Context } from "./channel.js";
import { messageText } from "./text.js";

const EVENT = "incident_timeline";
/** How long before the incident our message cannot be: its start may have been corrected since. */
const LOOK_BACK = 7 * MICROS_PER_DAY;
/** Nothing in the text is read as a mention or shown as a preview. */
const PLAINLY = { parse: "none", link_names: false, unfurl_links: false, unfurl_media: false } as const;
/** Somebody took it away, or closed the channel. */
const GONE = new Set(["message_not_found", "is_archived"]);

const text = z.string().optional().catch(undefined);
const OwnMessageRecord = z.object({
  ts: z.string().refine((ts) => fromSlackTs(ts) !== null),
  user: text,
  bot_id: text,
  metadata: z.object({ event_type: z.string(), event_payload: z.object({ marker: z.string() }) }),
});

/** Of our own bot, by the metadata that no reader sees. Source: conversations.history, `include_all_metadata`. */
export async function findMessage(channel: string, marker: string, context: Context): Promise<Remote | null> {
  const own = await ourselves(context);
  const oldest = toSlackTs(Math.max(0, context.about.span.from - LOOK_BACK));
  for (let cursor: string | null = null; ;) {
    const args = { channel, oldest, limit: 200, include_all_metadata: true, cursor: cursor ?? undefined };
    const answer: Answer = await call("conversations.history", args, context);
    for (const raw of listAt(answer, "messages")) {
      const message = OwnMessageRecord.safeParse(raw).data;
      if (message === undefined || message.metadata.event_type !== EVENT || message.metadata.event_payload.marker !== marker) continue;
      if (message.user === own.user || (own.bot !== null && message.bot_id === own.bot)) return { channel, ts: message.ts };
    }
    cursor = nextCursor(answer);
    if (cursor === null) return null;
  }
}

/** Source: chat.postMessage. @throws {SourceError} */
export async function createMessage(channel: string, attachment: Attachment, context: Context): Promise<Remote> {
  const { ts } = await call("chat.postMessage", { channel, ...PLAINLY, ...shown(attachment) }, context);
  if (typeof ts !== "string") throw malformed("chat.postMessage");
  return { channel, ts };
}

/** Source: chat.update. null: it is no longer there. @throws {SourceError} */
export async function updateMessage(remote: Remote, attachment: Attachment, context: Context): Promise<Remote | null> {
  const { channel, ts } = remote;
  try {
    await call("chat.update", { channel, ts, parse: "none", link_names: false, ...shown(attachment) }, context);
    return remote;
  } catch (error) {
    if (error instanceof SlackRefusal && GONE.has(error.code)) return null;
    throw error;
  }
}

function shown({ marker, summary }: Attachment) {
  return { text: messageText(summary), metadata: JSON.stringify({ event_type: EVENT, event_payload: { marker } }) };
}
