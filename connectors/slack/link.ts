import type { LinkReader, NoticeContext, NoticedIncident } from "../../src/contract/notice.js";
import { SourceError } from "../../src/kit/errors.js";
import { fromSlackTs, toIso, toSlackTs, type EpochMicros } from "../../src/kit/instant.js";
import { toPlain } from "../../src/kit/rich-text.js";
import { oneLine, shorten } from "../../src/kit/text.js";
import { bodyOf } from "./body.js";
import { createdAt } from "./choose-channels.js";
import { call } from "./client.js";
import type { SlackConfig } from "./config.js";
import { identify } from "./identify.js";
import { listAt } from "./pages.js";
import { AboutChannelRecord, MessageRecord } from "./records.js";

type Context = NoticeContext<SlackConfig>;

/** Where a link leads: `/archives/C1`, `/archives/C1/p1751000100000100?thread_ts=...`, `/client/T1/C1`. */
interface Place {
  readonly channel: string;
  /** null: the channel itself. */
  readonly message: EpochMicros | null;
  /** `ts` of the parent, when the message is a reply. */
  readonly thread: string | null;
}

const LONGEST_TITLE = 100;

/** Source: "Permalinks" of messages; conversations.info; conversations.history. */
export const linkReader: LinkReader<SlackConfig> = {
  reads: "a link to a Slack channel or message",
  owns: ({ protocol, hostname }) => protocol === "https:" && /^[a-z0-9.-]+\.slack(?:-gov)?\.com$/.test(hostname),
  async resolveIncident(link, context) {
    const place = placeOf(link);
    if (place === null)
      throw unreadable("not found", "The link leads to no channel or message", "Copy the link of the channel or message in Slack.");
    await refuseForeign(link, context);
    const channel = await channelOf(place.channel, context);
    return place.message === null ? ofChannel(channel) : ofMessage(place, place.message, channel, context);
  },
};

function placeOf({ pathname, searchParams }: URL): Place | null {
  const [, first, second = "", third = ""] = pathname.split("/");
  const channel = first === "archives" ? second : first === "client" ? third : "";
  if (!/^[CG][A-Z0-9]{2,20}$/.test(channel)) return null;
  const stamp = first === "archives" ? /^p(\d{10})(\d{6})$/.exec(third) : null;
  const thread = searchParams.get("thread_ts");
  return {
    channel,
    message: stamp === null ? null : fromSlackTs(`${stamp[1]}.${stamp[2]}`),
    thread: thread !== null && fromSlackTs(thread) !== null ? thread : null,
  };
}

/** A link of another workspace would name a channel that is not ours. An enterprise has many hosts. */
async function refuseForeign(link: URL, context: Context): Promise<void> {
  const { tenant, data } = await identify(context);
  const ours = data.url === undefined || data.url === "" ? null : new URL(data.url).hostname;
  const isOurs =
    link.hostname === "app.slack.com" ? tenant.startsWith("E") || link.pathname.includes(`/${tenant}/`) : link.hostname === ours;
  if (isOurs || ours === null || tenant.startsWith("E")) return;
  throw unreadable(
    "not found",
    `The link is of another workspace than the token's, ${ours}`,
    "Use a token of that workspace, or a link of this one.",
  );
}

async function channelOf(id: string, context: Context): Promise<AboutChannelRecord> {
  const parsed = AboutChannelRecord.safeParse((await call("conversations.info", { channel: id }, context))["channel"]);
  if (!parsed.success) throw unreadable("malformed", `Slack's answer tells nothing of channel ${id}`, "Give --start and --title instead.");
  if (parsed.data.is_im === true || parsed.data.is_mpim === true)
    throw unreadable("forbidden", "The link leads to a direct message", "Direct messages are never read: give --start and --title.");
  return parsed.data;
}

function ofChannel(channel: AboutChannelRecord): NoticedIncident {
  const start = createdAt(channel.created);
  if (start === null) throw unreadable("malformed", "Slack does not say when the channel was created", "Give --start.");
  const [topic, purpose] = [oneLine(channel.topic?.value ?? ""), oneLine(channel.purpose?.value ?? "")];
  return {
    title: titleOf(purpose || nameOf(channel)),
    name: nameOf(channel),
    start,
    startMeans: "the channel was created",
    end: null,
    text: `${topic}\n${purpose}`,
    also: { channels: [channel.id] },
  };
}

/** The link itself says when it was posted: where the message may not be read, that is enough to begin with. */
async function ofMessage(place: Place, at: EpochMicros, channel: AboutChannelRecord, context: Context): Promise<NoticedIncident> {
  const message = await messageAt(place, at, context).catch((error: unknown) => {
    if (error instanceof SourceError && error.action === "skip") return null;
    throw error;
  });
  const names = { channel: () => null, group: () => null };
  const text = message === null ? "" : toPlain(bodyOf(message, names), () => "somebody");
  return {
    title: titleOf(oneLine(text.trim().split("\n")[0] ?? "") || `Incident in #${nameOf(channel)}`),
    name: `${nameOf(channel)}-${toIso(at).slice(11, 16).replace(":", "")}`,
    start: at,
    startMeans: "the message was posted",
    end: null,
    text,
    also: { channels: [channel.id] },
  };
}

async function messageAt(place: Place, at: EpochMicros, context: Context): Promise<MessageRecord | null> {
  const bounds = { channel: place.channel, oldest: toSlackTs(at), latest: toSlackTs(at), inclusive: true, limit: 2 };
  const answer =
    place.thread === null
      ? await call("conversations.history", bounds, context)
      : await call("conversations.replies", { ...bounds, ts: place.thread }, context);
  const found = listAt(answer, "messages").flatMap((raw) => MessageRecord.safeParse(raw).data ?? []);
  return found.find(({ ts }) => fromSlackTs(ts) === at) ?? null;
}

function nameOf({ name, id }: AboutChannelRecord): string {
  return name ?? id;
}

function titleOf(text: string): string {
  return shorten(text, LONGEST_TITLE);
}

function unreadable(reason: "not found" | "forbidden" | "malformed", message: string, hint: string): SourceError {
  return new SourceError(message, { connector: "slack", action: "skip", reason, hint });
}
