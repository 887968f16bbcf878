import type { Selectable } from "../../src/contract/selection.js";
import type { SlackConfig } from "./config.js";

/** Channels are looked up when they are planned: only then it is known which there are. */
export const channelSelection: Selectable<SlackConfig> = {
  key: "channels",
  description: "Slack channels: names, ids, or patterns of public channels",
  names: (config) => config.channels,
  problem: (_config, name) => (name.trim() === "" || /\s/.test(name.trim()) ? "expected a channel's name, id or pattern" : null),
  narrow: (config, channels) => ({ ...config, channels: [...channels] }),
};
