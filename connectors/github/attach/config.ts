import { z } from "zod";

/** Where a draft is attached. Nothing is written where nothing is named. */
export const AttachSection = z
  .strictObject({
    issue: z
      .boolean()
      .default(false)
      .describe("Comment on the issue that told of the incident, in one of `repos`, and keep the comment up to date"),
  })
  .default({ issue: false });
