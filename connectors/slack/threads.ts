import type { ScopePlan, Source } from "../../src/contract/connector.js";
import { resolveChannels } from "./channels.js";
import type { SlackConfig } from "./config.js";
import { readingOf } from "./reading.js";
import { walk } from "./walk.js";

/**
 * The replies inside the window, of the threads that `messages` found in the configured channels and that were still
 * answered in it. Source: conversations.replies, oldest first, the parent on each page.
 */
export const threads: Source<SlackConfig> = {
  id: "threads",
  calls: "conversations.replies",
  categories: ["conversation"],
  after: ["messages"],
  async plan(context) {
    const { channels } = await resolveChannels(context, false);
    const readable = new Set(channels.map((channel) => channel.id));
    const span = context.window.spans.conversation;
    const found = await context.discovered("threads", span);
    // A thread may have been found twice: by its parent and by a reply that was sent to the channel.
    const names = new Map(
      found.filter((thread) => readable.has(placeOf(thread.scope).channel)).map((thread) => [thread.scope, thread.name]),
    );
    return { scopes: [...names].map(([scope, name]): ScopePlan => ({ scope, name, wanted: [{ ...span, purpose: "window" }] })) };
  },
  async *collect(scope, span, context) {
    const args = placeOf(scope.scope);
    const reading = await readingOf(args.channel, context);
    yield* walk(
      { source: "threads", scope: scope.scope, method: "conversations.replies", args, span, newestFirst: false, reading },
      context,
    );
  },
};

/** `C1:1751000100.000100` */
function placeOf(scope: string): { readonly channel: string; readonly ts: string } {
  const colon = scope.indexOf(":");
  return { channel: scope.slice(0, colon), ts: scope.slice(colon + 1) };
}
