import type { Block, Inline, RichText } from "../../src/contract/rich-text.js";
import { isBlank, paragraph } from "../../src/kit/rich-text.js";
import { blocksBody } from "./blocks.js";
import type { Names } from "./names.js";
import type { AttachmentRecord, FileRecord, MessageRecord } from "./records.js";
import { inlines } from "./inlines.js";
import { hasContent, mrkdwn } from "./text.js";

/**
 * All that a message shows: its blocks, or its text where it has none, then its attachments and files. Previews of
 * links are no words of the author; they are left out, unless nothing else is there (a forwarded message).
 */
export function bodyOf(message: Pick<MessageRecord, "text" | "blocks" | "attachments" | "files">, names: Names): RichText {
  const blocks = blocksBody(message.blocks, names);
  const said = isBlank(blocks) ? mrkdwn(message.text ?? "", names) : blocks;
  const own = message.attachments.filter((attachment) => !isPreview(attachment)).flatMap((attachment) => attachmentBody(attachment, names));
  const files = message.files.map(fileBody);
  const authored = [...said, ...own, ...files];
  return isBlank(authored) ? message.attachments.flatMap((attachment) => attachmentBody(attachment, names)) : authored;
}

function isPreview(attachment: AttachmentRecord): boolean {
  if (attachment.is_share === true) return false;
  const from = attachment.from_url ?? attachment.original_url;
  return from !== undefined || attachment.is_msg_unfurl === true || attachment.is_app_unfurl === true;
}

/** The fallback stands only for what shows nothing else. */
function attachmentBody(attachment: AttachmentRecord, names: Names): Block[] {
  const blocks: Block[] = [
    ...mrkdwn(attachment.pretext ?? "", names),
    ...titleOf(attachment, names),
    ...mrkdwn(attachment.text ?? "", names),
    ...attachment.fields.flatMap((field) => fieldBody(field.title ?? "", field.value ?? "", names)),
    ...blocksBody(attachment.blocks, names),
  ];
  return isBlank(blocks) ? mrkdwn(attachment.fallback ?? "", names) : blocks;
}

function titleOf(attachment: AttachmentRecord, names: Names): Block[] {
  const title = inlines(attachment.title ?? "", names);
  if (!hasContent(title)) return [];
  if (attachment.title_link === undefined) return [paragraph(title)];
  const words = title.map((inline) => (inline.type === "text" || inline.type === "link" ? inline.text : "")).join("");
  return [paragraph([{ type: "link", url: attachment.title_link, text: words }])];
}

/** "Title: value" on one line; what a value holds besides its first paragraph follows. */
function fieldBody(title: string, value: string, names: Names): Block[] {
  const [first, ...more] = mrkdwn(value, names);
  const name: Inline[] = title === "" ? [] : [{ type: "text", text: `${title}:`, style: { bold: true } }];
  if (first?.type !== "paragraph") return [...(name.length === 0 ? [] : [paragraph(name)]), ...(first ? [first, ...more] : [])];
  const line: Inline[] = name.length === 0 ? [...first.inlines] : [...name, { type: "text", text: " " }, ...first.inlines];
  return [paragraph(line), ...more];
}

function fileBody(file: FileRecord): Block {
  const name = file.title ?? file.name ?? file.id ?? "without a name";
  if (file.mode === "tombstone") return paragraph([{ type: "text", text: "File: deleted" }]);
  if (file.mode === "hidden_by_limit") return paragraph([{ type: "text", text: "File: hidden by the limit of the workspace's plan" }]);
  const shown: Inline = file.permalink === undefined ? { type: "text", text: name } : { type: "link", url: file.permalink, text: name };
  return paragraph([{ type: "text", text: "File: " }, shown]);
}
