import type { Look, LookContext, Looker, NoticeProblem, NoticeReport } from "../../src/contract/notice.js";
import { parseDuration } from "../../src/kit/duration.js";
import { isGlob, matchesGlob } from "../../src/kit/glob.js";
import { fromUnixMillis, MICROS_PER_MINUTE, type EpochMicros } from "../../src/kit/instant.js";
import { shorten } from "../../src/kit/text.js";
import { loadChannels } from "./channels.js";
import { createdAt } from "./choose-channels.js";
import type { SlackConfig } from "./config.js";
import { decode } from "./entities.js";
import { identify } from "./identify.js";
import { bareName, sameChannel } from "./named.js";
import { notationIn, type Notation } from "./notation.js";
import { AboutChannelRecord } from "./records.js";

type Context = LookContext<SlackConfig>;

const LONGEST_TITLE = 100;
const CLOCKS_DIFFER = 5 * MICROS_PER_MINUTE;

/** Each channel that fits is an incident, from its creation until it is archived. Source: conversations.list. */
export const looker: Looker<SlackConfig> = {
  watches: ({ notice }) => (notice.channels.length === 0 ? [] : [`channels ${notice.channels.join(", ")}`]),
  async look(context): Promise<Look> {
    const listed = (await loadChannels(context)).flatMap((raw) => AboutChannelRecord.safeParse(raw).data ?? []);
    const channels = listed.filter((channel) => isIncident(channel, context));
    if (channels.length === 0) return { reports: [], problems: [] };
    const base = (await identify(context)).data["url"] ?? "";
    const problems: NoticeProblem[] = [];
    const reports = channels.map((channel) => reportOf(channel, base, context, problems));
    return { reports: reports.filter(({ end }) => end === null || end >= context.since), problems };
  },
};

/** A pattern takes private channels only where an invitation counts, and then those alone that the app was invited to. */
function isIncident(channel: AboutChannelRecord, { config, now }: Context): boolean {
  const { id, name = id, is_im, is_mpim, is_private, is_group, is_member } = channel;
  const created = createdAt(channel.created);
  if (is_im === true || is_mpim === true || created === null) return false;
  if (created < now - (parseDuration(config.createdWithin) ?? 0)) return false;
  const { channels, privateByInvitation } = config.notice;
  if (channels.some((each) => !isGlob(each) && (sameChannel(each, id) || sameChannel(each, name)))) return true;
  const isOpen = is_private !== true && is_group !== true;
  return (
    (isOpen || (privateByInvitation && is_member === true)) && channels.some((each) => isGlob(each) && matchesGlob(bareName(each), name))
  );
}

function reportOf(channel: AboutChannelRecord, base: string, context: Context, problems: NoticeProblem[]): NoticeReport {
  const { id, name = id } = channel;
  const said = notationIn(decode(`${channel.topic?.value ?? ""}\n${channel.purpose?.value ?? ""}`));
  const { start, end, told } = timesOf(channel, said, context.now);
  for (const text of told) problems.push({ place: `channel ${id}`, text });
  const key = `slack:${id}`;
  const purpose = notationIn(decode(channel.purpose?.value ?? "")).words;
  return {
    key,
    title: shorten(purpose[0] ?? said.words[0] ?? name, LONGEST_TITLE),
    name,
    start,
    end,
    severity: said.severity,
    url: base === "" ? null : `${base.replace(/\/$/, "")}/archives/${id}`,
    visibility: channel.is_private === true || channel.is_group === true ? "private" : "public",
    also: { channels: [id] },
    wishes: { services: said.services, only: {}, destinations: null },
    marks: [key],
  };
}

/** What the channel says goes before what Slack says of it, where it can be so. */
function timesOf(channel: AboutChannelRecord, said: Notation, now: EpochMicros) {
  const told = said.unreadable.map((key) => `"${key}" is no time such as 2026-03-04T11:20Z`);
  const isLate = said.started !== null && said.started > now + CLOCKS_DIFFER;
  if (isLate) told.push('"started" is in the future');
  const start = said.started === null || isLate ? createdAt(channel.created)! : said.started;
  const isEarly = said.resolved !== null && said.resolved < start;
  if (isEarly) told.push('"resolved" is before the start');
  const archived = archivedAt(channel, start);
  if (said.resolved !== null && !isEarly) return { start, end: said.resolved, told };
  if (channel.is_archived === true && archived === null)
    told.push("it is archived, and Slack does not say since when: write resolved: TIME");
  return { start, end: archived, told };
}

function archivedAt({ is_archived, updated }: AboutChannelRecord, start: EpochMicros): EpochMicros | null {
  const at = is_archived === true && updated !== undefined ? fromUnixMillis(updated) : null;
  return at !== null && at >= start ? at : null;
}
