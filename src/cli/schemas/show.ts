import { z } from "zod";
import { Count, EntryJson, IncidentJson } from "./parts.js";

export const ShowJson = z
  .strictObject({
    format: z.literal("incident-timeline-show/1"),
    incident: IncidentJson,
    shown: Count,
    total: Count,
    gaps: Count.describe("Of all that was asked: what could not be seen"),
    entries: z.array(EntryJson).describe("In total order; those before an entry, nearest first"),
  })
  .meta({ title: "Entries of a timeline", description: "What `timeline show --json` writes" });
export type ShowJson = z.infer<typeof ShowJson>;
