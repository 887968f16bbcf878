import { z } from "zod";
import type { Secret } from "../../src/contract/secret.js";
import { secret } from "../../src/contract/secret.js";
import { parseDuration } from "../../src/kit/duration.js";
import { attachSchema } from "./attach/config.js";

/** The section `slack` after secrets are resolved. */
export interface SlackConfig extends Omit<z.infer<typeof slackSchema>, "token"> {
  readonly token: Secret | null;
}

const duration = (description: string, standard: string) =>
  z
    .string()
    .refine((text) => parseDuration(text) !== null, 'expected a duration such as "P7D" or "90m"')
    .default(standard)
    .describe(description);

const NoticeSection = z
  .strictObject({
    channels: z
      .array(z.string().trim().min(1))
      .default([])
      .describe(
        "Each channel that fits is an incident: names or patterns, such as inc-*. Of private ones only those that are named exactly.",
      ),
    privateByInvitation: z
      .boolean()
      .default(false)
      .describe("Inviting the app to a private channel counts as naming it: one that fits `channels` is an incident, and is read for it."),
  })
  .prefault({});

export const slackSchema = z.strictObject({
  token: secret("SLACK_BOT_TOKEN", "The bot token of the Slack app (xoxb-...)."),
  apiUrl: z
    .url({ protocol: /^https?$/ })
    .default("https://slack.com/api/")
    .describe("Base URL of the Web API."),
  channels: z
    .array(z.string().trim().min(1))
    .default([])
    .describe(
      "Channels to read: names with or without #, ids, or patterns with * and ?. A pattern takes public channels only; a private channel is read only when it is named exactly.",
    ),
  createdWithin: duration(
    "A pattern takes the channels that were created within this time before the start of the incident, or later. The others that match are counted.",
    "P30D",
  ),
  join: z.boolean().default(false).describe("Join public channels that the app is not in. Writes a line into each of them."),
  threadLookBack: duration("How far before the window to look for threads that were answered inside it.", "P7D"),
  incidentChannels: z
    .array(z.string().trim().min(1))
    .default(["inc-*", "incident-*"])
    .describe("Names or patterns of channels that are about an incident: what is said there weighs more."),
  notice: NoticeSection.describe("Channels that tell of incidents, for `timeline watch`. Nothing is noticed where nothing is named."),
  attach: attachSchema.describe("Where the draft is attached. Nothing is written where nothing is named."),
});
