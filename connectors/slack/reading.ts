import type { SourceContext } from "../../src/contract/connector.js";
import { channelNames, resolveChannels, type Channel } from "./channels.js";
import type { SlackConfig } from "./config.js";
import { accountsOrNone, groupsOf } from "./directory.js";
import type { Reading } from "./read-messages.js";

/** What the messages of one channel are read with, from what planning remembered: it costs no call. */
export async function readingOf(channelId: string, context: SourceContext<SlackConfig>): Promise<Reading> {
  const [resolved, listed, groups, accounts] = await Promise.all([
    resolveChannels(context, false),
    channelNames(context),
    groupsOf(context),
    accountsOrNone(context),
  ]);
  const channel: Channel = resolved.channels.find((each) => each.id === channelId) ?? nameless(channelId);
  const { url = "", actsAs, botUserId = "" } = context.identity.data;
  return {
    view: { channel, workspaceUrl: url === "" ? null : url },
    listed: nameable(listed, channel),
    groups,
    own: actsAs === "bot" && botUserId !== "" ? botUserId : null,
    accounts,
    until: context.window.until,
  };
}

/** A message of a public channel may mention a private one, and its readers see no name of it. */
function nameable(listed: Reading["listed"], { visibility }: Channel): Reading["listed"] {
  return visibility === "private" ? listed : new Map([...listed].filter(([, { isPrivate }]) => !isPrivate));
}

/** Its membership was lost since it was planned: what it still gives is treated as members-only. */
function nameless(id: string): Channel {
  return { id, name: `#${id}`, visibility: "private", incidentChannel: false };
}
