import { SourceError } from "../../src/kit/errors.js";
import type { ListedChannel } from "./choose-channels.js";
import { call, type Reach } from "./client.js";
import { listAt, nextCursor } from "./pages.js";

/**
 * Apps that are distributed outside the Marketplace get pages of 15 messages, and one page a minute.
 * Source: "Rate limits", docs.slack.dev/apis/web-api/rate-limits.
 */
const RESTRICTED = 15;
const ASKED = 100;
const MOST_CHANNELS = 3;
/** What a window of an ordinary incident holds: each channel's window and look-back, threads that go on in it. */
const TYPICAL_THREADS = 20;
const TYPICAL_MESSAGES = 600;

export type PageLength = "whole" | "restricted";

/** How long the pages of this app are; null: no channel holds enough to tell. @throws {SourceError} */
export async function pageLength(channels: readonly ListedChannel[], reach: Reach): Promise<PageLength | null> {
  for (const channel of channels.slice(0, MOST_CHANNELS)) {
    try {
      const answer = await call("conversations.history", { channel: channel.id, limit: ASKED }, reach);
      const count = listAt(answer, "messages").length;
      if (count > RESTRICTED) return "whole";
      if (nextCursor(answer) !== null || answer["has_more"] === true) return "restricted";
    } catch (error) {
      if (!(error instanceof SourceError) || error.action === "stop") throw error;
      // A second page within the minute is more than such an app may ask.
      if (error.reason === "rate limited") return "restricted";
    }
  }
  return null;
}

/** What that means for a build that reads so many channels. */
export function limitsOf(length: PageLength | null, channels: number): string[] {
  if (length === null)
    return ["50 pages a minute, or 15 messages and one page a minute for apps outside Slack's Marketplace: not known which"];
  const pages = channels * 2 + TYPICAL_THREADS;
  if (length === "whole") return [`50 pages a minute: a typical window (about ${pages} pages) takes ${minutes(pages / 50)}`];
  const short = pages + Math.ceil(TYPICAL_MESSAGES / RESTRICTED);
  return [
    `15 messages a page and one page a minute, as for apps outside Slack's Marketplace: a typical window (about ${short} pages) takes ${minutes(short)}`,
    "An app that is made for this workspace alone, from the manifest, gets 50 pages a minute",
  ];
}

function minutes(count: number): string {
  const whole = Math.max(1, Math.round(count));
  if (count <= 1) return "about a minute";
  return whole < 90 ? `about ${whole} min` : `about ${(whole / 60).toFixed(1)} h`;
}
