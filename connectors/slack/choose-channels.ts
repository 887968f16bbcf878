import type { Gap } from "../../src/contract/page.js";
import type { Window } from "../../src/contract/window.js";
import { parseDuration } from "../../src/kit/duration.js";
import { fromUnixSeconds, toIso, type EpochMicros } from "../../src/kit/instant.js";
import { nearestKey } from "../../src/kit/nearest-key.js";
import { compareText } from "../../src/kit/text.js";
import type { SlackConfig } from "./config.js";
import { bareName as bare, isChannelId as isId, namedBy, type Named } from "./named.js";
import { isGlob, matchesGlob } from "../../src/kit/glob.js";

/** A conversation as the workspace lists it, as far as we use it. */
export interface ListedChannel {
  readonly id: string;
  readonly name: string;
  readonly formerNames: readonly string[];
  /** null: Slack does not say. */
  readonly created: EpochMicros | null;
  readonly isPrivate: boolean;
  readonly isDirect: boolean;
  readonly isMember: boolean;
}

export interface Choice {
  /** By name, then id. */
  readonly channels: readonly ListedChannel[];
  /** Ids that were named and are not in the list. */
  readonly unlisted: readonly Named[];
  readonly gaps: readonly Gap[];
}

/** The incident that a pattern's channels were created near. */
type Near = Pick<Window, "incidentStart" | "until">;
type Names = Pick<SlackConfig, "channels" | "createdWithin"> & { readonly notice: Pick<SlackConfig["notice"], "privateByInvitation"> };

/**
 * Which of the listed channels the config means. A name or id takes exactly that one; a pattern takes public channels
 * that were created near the incident, and counts the others that match.
 */
export function chooseChannels(list: readonly ListedChannel[], config: Names, window: Near): Choice {
  const chosen = new Map<string, ListedChannel>();
  const unlisted = new Map<string, Named>();
  const gaps: Gap[] = [];
  for (const name of config.channels.filter((each) => !isGlob(each)).map(namedBy)) {
    const { entry } = name;
    const listed = exactly(entry, list);
    const found = listed !== undefined && opensTo(name, listed, config) ? listed : undefined;
    if (found) chosen.set(found.id, found);
    else if (listed === undefined && isId(entry)) unlisted.set(entry, wider(unlisted.get(entry), name));
    else gaps.push(unknownChannel(entry, `No channel is called ${named(entry)}`, `${meant(entry, list)}${HOW_TO_NAME}`));
  }
  for (const pattern of config.channels.filter(isGlob)) {
    const matching = list.filter((channel) => !channel.isPrivate && !channel.isDirect && matchesGlob(bare(pattern), channel.name));
    if (matching.length === 0) gaps.push(channelGap(pattern, "not found", `No public channel matches ${named(pattern)}`, HOW_TO_NAME));
    const near = matching.filter((channel) => isNear(channel.created, config, window));
    for (const channel of near) chosen.set(channel.id, channel);
    const others = matching.filter((channel) => !chosen.has(channel.id));
    if (others.length > 0) gaps.push(notAsked(pattern, others.length, config, window));
  }
  const channels = [...chosen.values()].sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
  return { channels, unlisted: [...unlisted.values()], gaps };
}

/** Whether a way of naming it opens a channel. A private one that it does not open is not there for it. */
export function opensTo({ opens }: Named, channel: ListedChannel, { notice }: Pick<Names, "notice">): boolean {
  if (opens === "any" || (!channel.isPrivate && !channel.isDirect)) return true;
  return opens === "invited" && notice.privateByInvitation && channel.isMember && !channel.isDirect;
}

function wider(before: Named | undefined, name: Named): Named {
  return before === undefined || name.opens === "any" ? name : before;
}

export function channelGap(scope: string, reason: Gap["reason"], detail: string, hint: string | null, count: number | null = null): Gap {
  return { source: "messages", scope, span: null, reason, count, detail, hint };
}

/** It may be a private one that the app was never in. */
export function unknownChannel(scope: string, detail: string, hint: string): Gap {
  return { ...channelGap(scope, "not found", detail, hint), visibility: "private" };
}

const HOW_TO_NAME = "Check slack.channels; a private channel is found only when it is named exactly and the app was invited to it.";

/** Of the public ones: that a private channel exists is nobody's business who did not name it. */
function meant(entry: string, list: readonly ListedChannel[]): string {
  const names = list.filter(({ isPrivate, isDirect }) => !isPrivate && !isDirect).map(({ name }) => name);
  const near = nearestKey(bare(entry), names);
  return near === null ? "" : `Did you mean #${near}? `;
}

function exactly(entry: string, list: readonly ListedChannel[]): ListedChannel | undefined {
  const name = bare(entry);
  return (
    list.find((channel) => channel.id === entry) ??
    list.find((channel) => channel.name === name) ??
    list.find((channel) => channel.formerNames.includes(name))
  );
}

function isNear(created: EpochMicros | null, config: Names, window: Near): boolean {
  if (created === null) return false;
  return created >= window.incidentStart - within(config) && created < window.until;
}

function notAsked(pattern: string, count: number, config: Names, window: Near): Gap {
  const since = toIso(window.incidentStart - within(config), 1_000_000);
  const detail = `${count} more ${count === 1 ? "channel matches" : "channels match"} ${named(pattern)}: not created between ${since} and the end of the window`;
  return channelGap(pattern, "not asked", detail, "Name a channel exactly, or raise slack.createdWithin.", count);
}

/** Checked by the schema. */
function within(config: Names): number {
  return parseDuration(config.createdWithin) ?? 0;
}

function named(entry: string): string {
  return isId(entry) ? entry : `#${bare(entry)}`;
}

export function createdAt(seconds: number | undefined): EpochMicros | null {
  return seconds === undefined ? null : fromUnixSeconds(seconds);
}
