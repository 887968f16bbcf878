import type { PlaceOfIncident, Selectable } from "../../src/contract/selection.js";
import { isGlob, matchesGlob } from "../../src/kit/glob.js";
import type { SlackConfig } from "./config.js";
import { bareName, INVITED, isChannelId, PUBLIC, sameChannel } from "./named.js";

/** Channels are looked up when they are planned: only then it is known which there are. */
export const channelSelection: Selectable<SlackConfig> = {
  key: "channels",
  description: "Slack channels: names, ids, or patterns of public channels",
  names: (config) => config.channels,
  problem: (_config, name) => (name.trim() === "" || /\s/.test(name.trim()) ? "expected a channel's name, id or pattern" : null),
  narrow: (config, channels) => ({ ...config, channels: [...channels] }),
  permit: (name, written) => chosen(name, written ?? []),
  permitOwn: (id, place, written, config) => ownChannel(id, place, written ?? [], config),
};

/** What is not written so, but fits a pattern, is had as the pattern would have it: public, or not at all. */
function chosen(name: string, written: readonly string[]): string | null {
  if (isGlob(name) || name.includes(":")) return written.includes(name) && !name.includes(":") ? name : null;
  if (written.some((each) => sameChannel(each, name))) return name;
  return !isChannelId(name) && fitsPattern(name, written) ? `${PUBLIC}${bareName(name)}` : null;
}

/** The channel of the incident itself. A private one is named by the config, or by the invitation where that counts. */
function ownChannel(id: string, { name, visibility }: PlaceOfIncident, written: readonly string[], { notice }: SlackConfig): string | null {
  if ([...written, ...notice.channels].some((each) => !isGlob(each) && (sameChannel(each, id) || sameChannel(each, name)))) return id;
  const isWatched = fitsPattern(name, notice.channels);
  if (visibility === "private") return isWatched && notice.privateByInvitation ? `${INVITED}${id}` : null;
  return isWatched || fitsPattern(name, written) ? `${PUBLIC}${id}` : null;
}

function fitsPattern(name: string, written: readonly string[]): boolean {
  return written.some((each) => isGlob(each) && matchesGlob(bareName(each), bareName(name)));
}
