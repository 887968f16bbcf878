import { z } from "zod";
import { secret, type Secret } from "../../../src/contract/secret.js";
import { Name, refuseTwins } from "../names.js";

const fields = {
  name: Name.describe("What it is called in logs and by notices that name a destination."),
  url: z.url({ protocol: /^https?$/ }).describe("Where it is sent: https, or http on loopback."),
  readers: z
    .enum(["organisation", "everyone"])
    .describe("Who can read what is sent there: people of the organisation, or anybody. To anybody only a sanitised summary goes."),
};

/** Services that are told of every incident, signed. */
export const SendSection = z
  .array(
    z.strictObject({
      ...fields,
      secret: secret("TIMELINE_WEBHOOK_SECRET", "The signing secret: whsec_ and its key in base64, or any text of 24 characters or more."),
    }),
  )
  .superRefine(refuseTwins)
  .default([])
  .describe("Services that are sent a summary of every incident. Nothing is sent where nothing is named.");

/** One of them, its secret resolved. */
export interface Hook extends Omit<z.infer<typeof SendSection>[number], "secret"> {
  readonly secret: Secret;
}

/** As much of the section as attaching needs. */
export interface AttachConfig {
  readonly send: readonly Hook[];
}
