import type { DiagnoseContext, Diagnosis } from "../../src/contract/connector.js";
import { SourceError } from "../../src/kit/errors.js";
import { shorten } from "../../src/kit/text.js";
import { attaches } from "./attach/config.js";
import { currentChannels } from "./channels.js";
import { chooseChannels, type Choice, type ListedChannel } from "./choose-channels.js";
import { call, type Answer } from "./client.js";
import type { SlackConfig } from "./config.js";
import { limitsOf, pageLength } from "./page-length.js";
import { AuthRecord } from "./records.js";
import { ATTACH_SCOPES, SCOPES } from "./scopes.js";

type Context = DiagnoseContext<SlackConfig>;

const LONGEST_LIST = 300;

/** Slack says with each answer which scopes the token has (`x-oauth-scopes`). Source: auth.test. */
export async function diagnose(context: Context): Promise<Diagnosis> {
  const answer = await call("auth.test", {}, context);
  const auth = AuthRecord.safeParse(answer).data;
  const granted = scopesOf(answer);
  const seen = await channelsOf(context, auth?.bot_id === undefined);
  const [first, ...others] = seen?.readable ?? [];
  const length = first === undefined ? null : await pageLength([first, ...others], context);
  return {
    who: auth?.user === undefined ? null : `app user ${auth.user}`,
    granted,
    missing:
      granted === null
        ? []
        : neededScopes(context.config)
            .filter(([scope]) => !granted.includes(scope))
            .map(([scope, without]) => ({ scope, without })),
    notes: notesOf(seen, auth?.user ?? "the app", context.config),
    reads: seen === null ? [] : [`messages and threads of ${channelList(seen.readable)}`],
    limits: limitsOf(length, seen?.readable.length ?? 0),
  };
}

function neededScopes({ attach }: SlackConfig): (readonly [scope: string, without: string])[] {
  if (!attaches(attach)) return [...SCOPES];
  return [...SCOPES, ...[...ATTACH_SCOPES].filter(([scope]) => scope !== "files:write" || attach.file)];
}

interface SeenChannels {
  readonly readable: readonly ListedChannel[];
  readonly outside: readonly ListedChannel[];
  readonly choice: Choice;
}

/** What the config names, as if the incident began now; null: the list cannot be had, which a missing scope tells. */
async function channelsOf(context: Context, actsAsUser: boolean): Promise<SeenChannels | null> {
  if (context.config.channels.length === 0) return null;
  try {
    const choice = chooseChannels(await currentChannels(context), context.config, { incidentStart: context.now, until: context.now + 1 });
    const mayRead = (channel: ListedChannel) => channel.isMember || (actsAsUser && !channel.isPrivate);
    return { readable: choice.channels.filter(mayRead), outside: choice.channels.filter((each) => !mayRead(each)), choice };
  } catch (error) {
    if (error instanceof SourceError && error.action !== "stop") return null;
    throw error;
  }
}

function notesOf(seen: SeenChannels | null, app: string, { channels, join }: SlackConfig): string[] {
  if (channels.length === 0) return ["no channel is named: nothing would be read"];
  if (seen === null) return ["the list of channels cannot be read: nothing would be"];
  const gaps = seen.choice.gaps.map(({ detail, hint }) => (hint === null ? detail : `${detail}. ${hint}`));
  if (seen.outside.length === 0) return gaps;
  const todo = join ? "a build joins them" : `/invite @${app} in each`;
  return [...gaps, `not joined, so not read: ${channelList(seen.outside)}: ${todo}`];
}

function channelList(channels: readonly ListedChannel[]): string {
  if (channels.length === 0) return "no channel";
  const names = channels.map(({ name }) => `#${name}`).join(", ");
  return shorten(`${channels.length} ${channels.length === 1 ? "channel" : "channels"}: ${names}`, LONGEST_LIST);
}

function scopesOf({ response_metadata: metadata }: Answer): readonly string[] | null {
  const scopes: unknown = typeof metadata === "object" && metadata !== null && "scopes" in metadata ? metadata.scopes : null;
  return Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === "string").sort() : null;
}
