import { z } from "zod";
import { AttachSection } from "./attach/config.js";

export const FolderSection = z.strictObject({
  incidents: z
    .string()
    .min(1)
    .regex(/^[^\u0000]*$/, "expected a path without NUL")
    .nullable()
    .default(null)
    .describe(
      "A folder of incident files (*.json, as schema/incident.schema.json says), relative to the config file. null: none is watched.",
    ),
  attach: AttachSection,
});
export type FolderConfig = z.output<typeof FolderSection>;
