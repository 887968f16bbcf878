import { z } from "zod";
import { secret, type Secret } from "../../../src/contract/secret.js";
import { Name, refuseTwins } from "../names.js";

const SHAPES = ["generic", "pagerduty", "datadog", "incident.io"] as const;
export type Shape = (typeof SHAPES)[number];

/** Who may tell us of incidents, at `/notices/<name>` of the port that `watch.port` opens. */
export const ReceiveSection = z
  .array(
    z.strictObject({
      name: Name.describe("What stands behind /notices/."),
      shape: z.enum(SHAPES).default("generic").describe("Who sends: it says how requests are signed, and what stands in them."),
      secret: secret("TIMELINE_NOTICE_SECRET", "The signing secret that the sender shows, or that it was given."),
      services: z
        .record(z.string().min(1).max(200), z.string().min(1).max(60))
        .default({})
        .describe("Services of this config by what the sender calls them: its id or its name. Others are not looked at."),
    }),
  )
  .superRefine(refuseTwins)
  .default([])
  .describe("Services that tell of incidents, signed. Nothing is received where nothing is named.");

/** One of them, its secret resolved. */
export interface Door extends Omit<z.infer<typeof ReceiveSection>[number], "secret"> {
  readonly secret: Secret;
}

/** As much of the section as receiving needs. */
export interface ReceiveConfig {
  readonly receive: readonly Door[];
}
