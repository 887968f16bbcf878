import { z } from "zod";
import type { AttachContext, Readers } from "../../../src/contract/destination.js";
import { SourceError } from "../../../src/kit/errors.js";
import { currentChannels } from "../channels.js";
import { call } from "../client.js";
import type { SlackConfig } from "../config.js";
import { forget, once } from "../memo.js";
import { AuthRecord } from "../records.js";

export type Context = AttachContext<SlackConfig>;

const flag = z.boolean().optional().catch(undefined);
const ReadersRecord = z.object({
  id: z.string().min(1),
  is_private: flag,
  is_group: flag,
  is_im: flag,
  is_mpim: flag,
  is_ext_shared: flag,
  is_pending_ext_shared: flag,
});

/**
 * Id of a channel that the config names. Names are looked up once for a section, since the list is long.
 * @throws {SourceError}
 */
export async function channelId(named: string, context: Context): Promise<string> {
  if (/^[CG][A-Z0-9]+$/.test(named)) return named;
  const name = named.replace(/^#/, "").toLowerCase();
  const ids = await once(context.config, "attach channels", async () => {
    const channels = (await currentChannels(context)).filter(({ isDirect }) => !isDirect);
    return new Map(channels.map((channel) => [channel.name, channel.id]));
  }).catch((error: unknown) => {
    forget(context.config, "attach channels");
    throw error;
  });
  const id = ids.get(name);
  if (id !== undefined) return id;
  throw new SourceError(`No channel is called #${name}`, {
    connector: "slack",
    action: "skip",
    reason: "not found",
    hint: "Check slack.attach.channels; a private channel is found only after the app was invited to it.",
  });
}

/**
 * Who can read a channel now: of one that is shared with another organisation, everyone.
 * Source: conversations.info. @throws {SourceError}
 */
export async function readersOf(channel: string, context: Context): Promise<Readers> {
  const about = ReadersRecord.safeParse((await call("conversations.info", { channel }, context))["channel"]).data;
  if (about === undefined || about.is_im === true || about.is_mpim === true)
    throw new SourceError("Slack does not say who can read the channel", {
      connector: "slack",
      action: "skip",
      reason: "malformed",
      hint: "Nothing was sent there. Direct messages are never written to.",
    });
  if (about.is_ext_shared === true || about.is_pending_ext_shared === true) return { who: "everyone" };
  return (about.is_private ?? about.is_group) === true ? { who: "members", scopes: [channel] } : { who: "organisation" };
}

/** What tells our own posts from those of others. Source: auth.test. @throws {SourceError} */
export async function ourselves(context: Context): Promise<{ readonly user: string; readonly bot: string | null }> {
  const auth = AuthRecord.safeParse(await once(context.config, "attach as", () => call("auth.test", {}, context)).catch(forgetIt));
  if (auth.success && auth.data.user_id !== undefined) return { user: auth.data.user_id, bot: auth.data.bot_id ?? null };
  throw new SourceError("Slack's answer to auth.test names no user", { connector: "slack", action: "stop", reason: "malformed" });

  function forgetIt(error: unknown): never {
    forget(context.config, "attach as");
    throw error;
  }
}
