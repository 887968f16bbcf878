import { z } from "zod";
import { MILESTONES, PHASES } from "../../contract/draft.js";
import { GAP_REASONS } from "../../kit/errors.js";

/**
 * What `--json` of the commands is made of. The shapes stand here once: commands import their types alone, so that none
 * pays for the library, and the JSON Schemas in `schema/` are made from them.
 */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/)
  .describe("ISO 8601, UTC, with the digits that the source gave");

export const Count = z.int().nonnegative();
export const State = z.enum(["complete", "partial", "failed", "not asked"]);

export const IncidentJson = z.strictObject({
  id: z.string(),
  title: z.string(),
  start: Instant,
  end: Instant.nullable().describe("null: still open"),
});
export type IncidentJson = z.infer<typeof IncidentJson>;

export const EntryJson = z.strictObject({
  id: z.string().describe("Stable across builds"),
  at: Instant,
  endedAt: Instant.nullable(),
  atMeans: z.string().describe("What the time means: posted, merged, started ..."),
  precisionMicros: z.number().positive(),
  phase: z.enum(PHASES),
  kind: z.string(),
  category: z.string(),
  text: z.string().describe("Plain text, with roles in the place of people"),
  scope: z.string().describe("Name of the channel, repository or query"),
  highlighted: z.boolean(),
  because: z.array(z.string()).describe("Why it is put forward, in words"),
  score: z.number().min(0).max(1),
  milestone: z.enum(MILESTONES).nullable(),
  visibility: z.enum(["public", "private"]),
  deleted: z.boolean().describe("Deleted at the source: its text is left out"),
  evidence: z.array(z.string()).min(1),
  original: z
    .strictObject({
      at: Instant.optional(),
      endedAt: Instant.nullable().optional(),
      text: z.string().optional(),
      phase: z.enum(PHASES).optional(),
      highlighted: z.boolean().optional(),
    })
    .nullable()
    .describe("What was generated, where the owner has changed it in the file; null: nothing was"),
});
export type EntryJson = z.infer<typeof EntryJson>;

export const GapJson = z.strictObject({
  reason: z.enum(GAP_REASONS),
  count: Count.nullable(),
  detail: z.string(),
  hint: z.string().nullable(),
});
