import type { Setup } from "../../src/contract/setup.js";
import { compareText } from "../../src/kit/text.js";
import { currentChannels } from "./channels.js";
import type { SlackConfig } from "./config.js";
import { MANIFEST } from "./manifest.js";

export const setup: Setup<SlackConfig> = {
  list: "channels",
  example: "inc-*",
  usual: ["inc-*"],
  section: (channels) => ({ channels }),
  offers: async (context) => {
    const channels = (await currentChannels(context)).filter(({ isDirect }) => !isDirect);
    const ranked = channels.sort((a, b) => Number(b.isMember) - Number(a.isMember) || compareText(a.name, b.name));
    return ranked.map(({ name, isMember, isPrivate }) => ({ name, note: isMember ? (isPrivate ? "private" : null) : "not joined" }));
  },
  credentials: "Create an app at api.slack.com/apps from the manifest (timeline init --manifest slack), install it, take its bot token",
  manifest: MANIFEST,
};
