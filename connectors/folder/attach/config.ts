import { z } from "zod";

const FORMATS = ["md", "json", "csv", "jsonl", "html"] as const;

/** Folders in which the files of each incident are kept. */
export const AttachSection = z
  .array(
    z.strictObject({
      path: z.string().min(1).describe("The folder, relative to the config file."),
      formats: z.array(z.enum(FORMATS)).min(1).default(["md", "json"]).describe("Formats to write."),
      readers: z
        .enum(["organisation", "everyone"])
        .describe("Who can read the folder: people of the organisation, or anybody. For anybody only a sanitised summary is written."),
    }),
  )
  .default([])
  .describe("Folders that get the files of every incident. Nothing is written where nothing is named.");
export type AttachSection = z.infer<typeof AttachSection>;

/** As much of the section as attaching needs. */
export interface AttachConfig {
  readonly attach: AttachSection;
}
