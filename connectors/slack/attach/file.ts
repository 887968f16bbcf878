import { z } from "zod";
import type { AttachedFile, Attachment, Remote } from "../../../src/contract/destination.js";
import { SourceError } from "../../../src/kit/errors.js";
import { call } from "../client.js";
import { SlackRefusal } from "../errors.js";
import { listAll } from "../pages.js";
import { malformed } from "./answers.js";
import { ourselves, type Context } from "./channel.js";

const text = z.string().optional().catch(undefined);
const ThreadRecord = z.object({ files: z.array(z.object({ id: z.string().min(1), title: text, user: text, mode: text })) });

/**
 * Uploads cannot be edited: a new one is put beside the old one, which goes then. Wherever that is cut off, the next time
 * leaves one. Of ours is what our own app uploaded into our own thread under our title.
 */
export async function findFile(marker: string, context: Context): Promise<Remote | null> {
  const first = (await ownFiles(marker, context)).at(-1);
  return first === undefined ? null : { ...threadOf(context), file: first };
}

/** Source: "Uploading files", files.getUploadURLExternal, files.completeUploadExternal. @throws {SourceError} */
export async function createFile({ files, marker }: Attachment, context: Context): Promise<Remote> {
  const file = files[0];
  if (file === undefined) throw malformed("the timeline");
  const { channel, ts } = threadOf(context);
  const bytes = new TextEncoder().encode(file.text);
  const place = await call("files.getUploadURLExternal", { filename: file.name, length: bytes.byteLength }, context);
  if (typeof place.upload_url !== "string" || typeof place.file_id !== "string") throw malformed("files.getUploadURLExternal");
  await upload(place.upload_url, file, bytes, context);
  const listed = JSON.stringify([{ id: place.file_id, title: titleOf(marker) }]);
  await call("files.completeUploadExternal", { files: listed, channel_id: channel, thread_ts: ts }, context);
  return { channel, ts, file: place.file_id };
}

/** null: somebody took it away. */
export async function updateFile({ file: known }: Remote, attachment: Attachment, context: Context): Promise<Remote | null> {
  const earlier = await ownFiles(attachment.marker, context, known);
  if (earlier.length === 0) return null;
  const remote = await createFile(attachment, context);
  for (const file of earlier) await deleteFile(file, context);
  return remote;
}

async function upload(url: string, file: AttachedFile, bytes: Uint8Array<ArrayBuffer>, context: Context): Promise<void> {
  const answer = await context.fetch(url, {
    method: "POST",
    body: bytes,
    headers: { "content-type": file.mediaType },
    signal: context.signal,
  });
  if (answer.status !== 200)
    throw new SourceError(`Slack answered the upload with status ${answer.status}`, {
      connector: "slack",
      action: "retry",
      reason: "unavailable",
      hint: "It is uploaded anew the next time.",
    });
}

/** Source: files.delete. */
async function deleteFile(file: string, context: Context): Promise<void> {
  await call("files.delete", { file }, context).catch((error: unknown) => {
    if (!(error instanceof SlackRefusal) || !["file_not_found", "file_deleted"].includes(error.code)) throw error;
  });
}

/** Ids, in the order of the thread. Source: conversations.replies. */
async function ownFiles(marker: string, context: Context, known?: string): Promise<string[]> {
  const { channel, ts } = threadOf(context);
  const { user } = await ourselves(context);
  const replies = await listAll("conversations.replies", "messages", { channel, ts, limit: 200 }, context);
  const files = replies.flatMap((raw) => ThreadRecord.safeParse(raw).data?.files ?? []);
  const isOurs = (file: (typeof files)[number]) => file.id === known || (file.title === titleOf(marker) && file.user === user);
  return files.filter((file) => isOurs(file) && file.mode !== "tombstone").map(({ id }) => id);
}

function threadOf({ within }: Context): { readonly channel: string; readonly ts: string } {
  const { channel = "", ts = "" } = within ?? {};
  return { channel, ts };
}

/** Read by people, and told apart by the end of the marker. */
function titleOf(marker: string): string {
  return `Incident timeline ${marker.slice(-8)}`;
}
