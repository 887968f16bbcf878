import type { ScopePlan, Source, WantedSpan } from "../../src/contract/connector.js";
import type { Reference } from "../../src/contract/page.js";
import type { Window } from "../../src/contract/window.js";
import { parseDuration } from "../../src/kit/duration.js";
import { resolveChannels, type Channel } from "./channels.js";
import { channelGap } from "./choose-channels.js";
import type { SlackConfig } from "./config.js";
import { readingOf } from "./reading.js";
import { walk } from "./walk.js";

/**
 * What stands in the channels themselves, thread parents and broadcasts included, and which threads there are.
 * Parents before the window are read too: history never shows them for a new reply.
 * Source: conversations.history, newest first.
 */
export const messages: Source<SlackConfig> = {
  id: "messages",
  calls: "conversations.history",
  categories: ["conversation"],
  after: ["accounts"],
  async plan(context) {
    if (context.config.channels.length === 0) {
      return { scopes: [], gaps: [channelGap("channels", "not asked", "no channel is named", "Name channels in slack.channels.")] };
    }
    const { channels, gaps } = await resolveChannels(context, true);
    const wanted = wantedOf(context.window, context.config);
    return {
      scopes: channels.map((channel): ScopePlan => ({ scope: channel.id, name: channel.name, wanted })),
      gaps,
      references: channels.map(reference),
    };
  },
  async *collect(scope, span, context) {
    const reading = await readingOf(scope.scope, context);
    const args = { channel: scope.scope };
    yield* walk(
      { source: "messages", scope: scope.scope, method: "conversations.history", args, span, newestFirst: true, reading },
      context,
    );
  },
};

function wantedOf(window: Window, config: SlackConfig): WantedSpan[] {
  const { from, until } = window.spans.conversation;
  const earliest = from - (parseDuration(config.threadLookBack) ?? 0);
  const inside: WantedSpan = { from, until, purpose: "window" };
  return earliest < from ? [inside, { from: earliest, until: from, purpose: "lookback" }] : [inside];
}

function reference({ id, name, visibility }: Channel): Reference {
  return { type: "channel", id, name, visibility };
}
