import { z } from "zod";
import { isGlob } from "../../../src/kit/glob.js";

/** Where a draft is attached. Nothing is written where nothing is named. */
export const attachSchema = z
  .strictObject({
    incidentChannel: z.boolean().default(false).describe("Post a summary in the incident's own channel, and keep it up to date."),
    channels: z
      .array(
        z
          .string()
          .trim()
          .min(1)
          .refine((channel) => !isGlob(channel), "expected a channel's name or id, no pattern"),
      )
      .default([])
      .describe("Channels that get a summary of every incident: names with or without #, or ids."),
    file: z
      .boolean()
      .default(false)
      .describe("Put the timeline as a file into the thread of each summary; replaced at resolution and a day after."),
  })
  .default({ incidentChannel: false, channels: [], file: false });
export type AttachConfig = z.infer<typeof attachSchema>;

export function attaches({ incidentChannel, channels }: AttachConfig): boolean {
  return incidentChannel || channels.length > 0;
}
