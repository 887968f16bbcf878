import type { Entry } from "../contract/draft.js";
import { dayOf, localTimeOf, timeOf } from "../export/moment.js";
import { namesOf } from "../export/names.js";
import { milestoneText } from "../export/words.js";
import { formatDuration } from "../kit/duration.js";
import { MICROS_PER_SECOND } from "../kit/instant.js";
import { toPlain } from "../kit/rich-text.js";
import { oneLine, visible } from "../kit/text.js";
import type { Io } from "./io.js";
import type { OpenDraft } from "./open-draft.js";
import { NO_STYLES } from "./styles.js";
import { wrap } from "./wrap.js";

interface Around {
  /** With the day before the time, where no heading says it. */
  readonly day?: boolean;
  /** Tells how long before this one it was. */
  readonly anchor?: Entry | null;
}

/** `–11:12:44` for what went on for a while. */
function untilText({ at, endedAt, precisionMicros }: Entry): string {
  if (endedAt === null || endedAt - at < MICROS_PER_SECOND) return "";
  return `–${dayOf(endedAt) === dayOf(at) ? "" : `${dayOf(endedAt)} `}${timeOf(endedAt, precisionMicros)}`;
}

/** An entry on one line, wrapped to the terminal: a star when it is put forward, its time, text and id. */
export function entryLine(
  entry: Entry,
  open: Pick<OpenDraft, "draft" | "roles" | "config">,
  io: Io,
  { day = false, anchor = null }: Around = {},
): string {
  const styles = io.outStyles ?? NO_STYLES;
  const local = localTimeOf(entry.at, open.config.timezone);
  const utc = `${day ? `${dayOf(entry.at)} ` : ""}${timeOf(entry.at, entry.precisionMicros)}${untilText(entry)}Z`;
  const time = `${utc}${local === null ? "" : ` (${local})`}`;
  const distance = anchor === null ? "" : `${formatDuration(anchor.at - entry.at)} before: `;
  const milestone = milestoneText(entry, open.draft);
  const marks = [...(entry.visibility === "private" ? ["private"] : []), ...(milestone === "" ? [] : [milestone.toLowerCase()])];
  const text = visible(oneLine(toPlain(entry.text, namesOf(open))));
  const line = `${entry.highlighted ? "*" : " "} ${time}  ${distance}${text}${marks.map((mark) => ` (${mark})`).join("")} [${entry.id}]`;
  const wrapped = wrap(line, io.columns ?? null, "      ");
  return entry.highlighted ? wrapped : styles.dim(wrapped);
}
