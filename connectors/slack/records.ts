import { z } from "zod";
import { fromSlackTs } from "../../src/kit/instant.js";

/*
 * The remote fields that we use. A field of another type than documented counts as absent, and so does a bad member of
 * a list: only a record without what makes it one (`ts`, `id`) is malformed.
 */

const raw = z.array(z.unknown()).catch([]);
const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const count = z.number().optional().catch(undefined);
const texts = listOf(z.string());
const ts = z.string().refine((value) => fromSlackTs(value) !== null, "expected seconds, a dot and up to six digits");
const optionalTs = ts.optional().catch(undefined);
const seconds = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,12}(?:\.\d{1,9})?$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);

function listOf<T extends z.ZodType>(item: T) {
  return raw.transform((values): z.infer<T>[] =>
    values.flatMap((value) => {
      const parsed = item.safeParse(value);
      return parsed.success ? [parsed.data] : [];
    }),
  );
}

export const AttachmentRecord = z.object({
  pretext: text,
  author_name: text,
  title: text,
  title_link: text,
  text,
  fallback: text,
  color: text,
  ts: seconds,
  from_url: text,
  original_url: text,
  is_msg_unfurl: flag,
  is_app_unfurl: flag,
  is_share: flag,
  fields: listOf(z.object({ title: text, value: text })),
  blocks: raw,
});
export type AttachmentRecord = z.infer<typeof AttachmentRecord>;

export const FileRecord = z.object({ id: text, name: text, title: text, mimetype: text, mode: text, permalink: text });
export type FileRecord = z.infer<typeof FileRecord>;

/** A message of conversations.history and conversations.replies. Identity is channel and `ts`. */
export const MessageRecord = z.object({
  ts,
  thread_ts: optionalTs,
  latest_reply: optionalTs,
  root: z.object({ latest_reply: optionalTs }).optional().catch(undefined),
  subtype: text,
  hidden: flag,
  user: text,
  user_profile: z.object({ name: text, display_name: text, real_name: text, first_name: text }).optional().catch(undefined),
  bot_id: text,
  bot_profile: z.object({ name: text }).optional().catch(undefined),
  username: text,
  text,
  blocks: raw,
  attachments: listOf(AttachmentRecord),
  files: listOf(FileRecord),
  reactions: listOf(z.object({ name: z.string(), count, users: texts })),
  edited: z.object({ ts: z.string() }).optional().catch(undefined),
  pinned_to: texts,
  pinned_info: z.object({ pinned_ts: seconds }).optional().catch(undefined),
  topic: text,
  purpose: text,
  old_name: text,
  name: text,
  room: z.object({ created_by: text, date_start: seconds, date_end: seconds, participant_history: texts }).optional().catch(undefined),
});
export type MessageRecord = z.infer<typeof MessageRecord>;

export const ChannelRecord = z.object({
  id: z.string().min(1),
  name: text,
  created: seconds,
  is_archived: flag,
  is_private: flag,
  is_group: flag,
  is_im: flag,
  is_mpim: flag,
  is_member: flag,
  previous_names: texts,
});
export type ChannelRecord = z.infer<typeof ChannelRecord>;

const note = z.object({ value: text }).optional().catch(undefined);

/** With what a channel says of itself. `updated`: milliseconds; of an archived one, when that was done. */
export const AboutChannelRecord = ChannelRecord.extend({ topic: note, purpose: note, updated: count });
export type AboutChannelRecord = z.infer<typeof AboutChannelRecord>;

export const UserRecord = z.object({
  id: z.string().min(1),
  name: text,
  real_name: text,
  is_bot: flag,
  profile: z.object({ display_name: text, real_name: text, first_name: text, last_name: text, email: text }).optional().catch(undefined),
});
export type UserRecord = z.infer<typeof UserRecord>;

export const GroupRecord = z.object({ id: z.string().min(1), handle: z.string().min(1) });

export const AuthRecord = z.object({
  url: z.string(),
  team_id: text,
  enterprise_id: text,
  is_enterprise_install: flag,
  user: text,
  user_id: text,
  bot_id: text,
});
