import type { SourceContext } from "../../src/contract/connector.js";
import type { JsonValue, Visibility } from "../../src/contract/evidence.js";
import type { Gap } from "../../src/contract/page.js";
import { channelGap, chooseChannels, createdAt, opensTo, unknownChannel, type Choice, type ListedChannel } from "./choose-channels.js";
import { call, type Reach } from "./client.js";
import type { SlackConfig } from "./config.js";
import { freshSince } from "./directory.js";
import { SlackRefusal } from "./errors.js";
import { matchesGlob } from "../../src/kit/glob.js";
import { forget, once } from "./memo.js";
import { listAll } from "./pages.js";
import { ChannelRecord } from "./records.js";

type Context = SourceContext<SlackConfig>;

export interface Channel {
  readonly id: string;
  /** As a reader knows it: "#inc-checkout". */
  readonly name: string;
  readonly visibility: Visibility;
  readonly incidentChannel: boolean;
}

export interface Resolved {
  /** What may be read, by name. */
  readonly channels: readonly Channel[];
  readonly gaps: readonly Gap[];
}

/**
 * The channels that the config names, from the remembered list. With `ask`, a channel that the app seems not to be in
 * is joined (`join`), and the list is read once more before it is said to be missing.
 * @throws {SourceError}
 */
export async function resolveChannels(context: Context, ask: boolean): Promise<Resolved> {
  if (ask) forget(context.identity, "resolved");
  return once(context.identity, "resolved", () => resolve(context, ask));
}

/** Every channel of the list by id: what a mention of it is called. */
export async function channelNames(context: Context): Promise<ReadonlyMap<string, ListedChannel>> {
  const { list } = await listChannels(context, false);
  return new Map(list.map((channel) => [channel.id, channel]));
}

async function resolve(context: Context, ask: boolean): Promise<Resolved> {
  const gaps: Gap[] = [];
  let choice = await choose(context, false);
  if (ask && choice.channels.some((channel) => !mayRead(channel, context))) {
    const joined = context.config.join ? await joinAll(choice.channels, context, gaps) : 0;
    if (joined > 0 || choice.remembered) choice = await choose(context, true);
  }
  const readable = choice.channels.filter((channel) => mayRead(channel, context));
  const outside = choice.channels.filter((channel) => !mayRead(channel, context) && !gaps.some((gap) => gap.scope === channel.id));
  return {
    channels: readable.map((channel) => toChannel(channel, context.config)),
    gaps: [...choice.gaps, ...gaps, ...outside.map((channel) => notInChannel(channel, context))],
  };
}

async function choose(context: Context, force: boolean): Promise<Choice & { readonly remembered: boolean }> {
  const { list, remembered } = await listChannels(context, force);
  const choice = chooseChannels(list, context.config, context.window);
  if (choice.unlisted.length === 0) return { ...choice, remembered };
  const gaps: Gap[] = [...choice.gaps];
  const found: ListedChannel[] = [];
  for (const name of choice.unlisted) {
    const { entry: id } = name;
    const asked = await channelInfo(id, context, force);
    const channel = asked !== null && opensTo(name, asked, context.config) ? asked : null;
    if (channel?.isDirect === true) gaps.push(channelGap(id, "not asked", `${id} is a direct message`, "Direct messages are never read."));
    else if (channel) found.push(channel);
    else gaps.push(unknownChannel(id, `Slack knows no channel ${id}`, NOT_SEEN));
  }
  return { ...choice, channels: [...choice.channels, ...found], gaps, remembered };
}

const NOT_SEEN = "Check the id; a private channel is seen only after the app was invited to it.";

async function channelInfo(id: string, context: Context, force: boolean): Promise<ListedChannel | null> {
  const answer = await context.recall(`channel:${id}`, { freshSince: freshSince(context), force }, async () => {
    try {
      return toListed((await call("conversations.info", { channel: id }, context)).channel) as unknown as JsonValue;
    } catch (error) {
      if (error instanceof SlackRefusal && error.reason === "not found") return [];
      throw error;
    }
  });
  return (answer as unknown as ListedChannel[])[0] ?? null;
}

interface ChannelList {
  readonly list: readonly ListedChannel[];
  /** It was answered earlier than this build. */
  readonly remembered: boolean;
}

function listChannels(context: Context, force: boolean): Promise<ChannelList> {
  if (force) forget(context.identity, "channels");
  return once(context.identity, "channels", async () => {
    let remembered = true;
    const answer = await context.recall("channels", { freshSince: freshSince(context), force }, async () => {
      remembered = false;
      return (await loadChannels(context)).flatMap(toListed) as unknown as JsonValue;
    });
    return { list: answer as unknown as ListedChannel[], remembered };
  });
}

/** Every channel that the app may see, as it is now. @throws {SourceError} */
export async function currentChannels(reach: Reach): Promise<ListedChannel[]> {
  return (await loadChannels(reach)).flatMap(toListed);
}

/** Private channels are in the list only for an app that may see them; without `groups:read` the public ones do. */
export async function loadChannels(reach: Reach): Promise<unknown[]> {
  const list = (types: string) => listAll("conversations.list", "channels", { types, limit: 999 }, reach);
  try {
    return await list("public_channel,private_channel");
  } catch (error) {
    if (!(error instanceof SlackRefusal) || error.code !== "missing_scope") throw error;
    return list("public_channel");
  }
}

async function joinAll(channels: readonly ListedChannel[], context: Context, gaps: Gap[]): Promise<number> {
  let joined = 0;
  for (const channel of channels) {
    if (channel.isPrivate || mayRead(channel, context)) continue;
    try {
      await call("conversations.join", { channel: channel.id }, context);
      joined += 1;
    } catch (error) {
      if (!(error instanceof SlackRefusal) || error.action === "stop") throw error;
      const hint = `${error.hint ?? ""} Or invite it by hand: ${inviteLine(channel, context)}`.trim();
      gaps.push(unread(channel, `Joining #${channel.name} failed: ${error.message}`, hint));
    }
  }
  return joined;
}

/** A user's token reads public channels from outside; a bot's does not. */
function mayRead(channel: ListedChannel, context: Context): boolean {
  return channel.isMember || (!channel.isPrivate && context.identity.data.actsAs === "user");
}

function notInChannel(channel: ListedChannel, context: Context): Gap {
  return unread(channel, `The app is not in #${channel.name}`, inviteLine(channel, context));
}

function unread(channel: ListedChannel, detail: string, hint: string): Gap {
  const gap = { ...channelGap(channel.id, "not in channel", detail, hint), name: `#${channel.name}` };
  return channel.isPrivate ? { ...gap, visibility: "private" } : gap;
}

function inviteLine(channel: ListedChannel, context: Context): string {
  return `/invite @${context.identity.data.botName ?? "the app"} in #${channel.name}`;
}

function toListed(raw: unknown): ListedChannel[] {
  const parsed = ChannelRecord.safeParse(raw);
  if (!parsed.success) return [];
  const { id, name, previous_names, created, is_private, is_group, is_im, is_mpim, is_member } = parsed.data;
  return [
    {
      id,
      name: name ?? id,
      formerNames: previous_names,
      created: createdAt(created),
      isPrivate: is_private ?? is_group ?? false,
      isDirect: is_im === true || is_mpim === true,
      isMember: is_member === true,
    },
  ];
}

function toChannel({ id, name, isPrivate }: ListedChannel, config: SlackConfig): Channel {
  return {
    id,
    name: `#${name}`,
    visibility: isPrivate ? "private" : "public",
    incidentChannel: config.incidentChannels.some((pattern) => matchesGlob(pattern.replace(/^#/, "").toLowerCase(), name)),
  };
}
