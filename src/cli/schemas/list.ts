import { z } from "zod";
import { Count, IncidentJson, Instant } from "./parts.js";

const LastBuild = z.strictObject({
  at: Instant,
  version: z.string(),
  entries: Count,
  highlighted: Count,
  gaps: Count,
});

export const ListJson = z
  .strictObject({
    format: z.literal("incident-timeline-list/1"),
    incidents: z
      .array(IncidentJson.extend({ lastBuild: LastBuild.nullable().describe("null: built by a version that did not keep it") }))
      .describe("Newest first"),
    notices: z
      .array(
        z.strictObject({
          connector: z.string(),
          place: z.string().nullable().describe("null: it could not be asked at all"),
          text: z.string(),
        }),
      )
      .describe("What the last look of `timeline watch` could not use"),
  })
  .meta({ title: "Incidents in the store", description: "What `timeline list --json` writes" });
export type ListJson = z.infer<typeof ListJson>;
