import { z } from "zod";

const Line = z.string();

const SourceHealth = z.strictObject({
  connector: z.string(),
  host: z.string().nullable().describe("null: the section cannot be used"),
  reachable: z.boolean(),
  problem: Line.nullable(),
  hint: Line.nullable(),
  who: Line.nullable().describe("As whom we come; null: not told"),
  granted: z.array(z.string()).nullable().describe("As the vendor names them; null: not told"),
  missing: z.array(z.strictObject({ scope: z.string(), without: Line })),
  reads: z.array(Line).describe("What would be read under the config"),
  limits: z.array(Line).describe("What the vendor allows, and what that means for a build"),
  notes: z.array(Line),
  clockOffsetMs: z.number().nullable().describe("Its clock minus ours; null: not told"),
});
export type SourceHealth = z.infer<typeof SourceHealth>;

const StoreHealth = z.strictObject({
  path: z.string(),
  sqlite: z.string(),
  state: z.enum(["writable", "not made yet", "unusable"]),
  problem: Line.nullable(),
  hint: Line.nullable(),
});
export type StoreHealth = z.infer<typeof StoreHealth>;

export const DoctorJson = z
  .strictObject({
    format: z.literal("incident-timeline-doctor/1"),
    version: z.string(),
    node: z.string(),
    config: z.string(),
    sources: z.array(SourceHealth),
    store: StoreHealth,
  })
  .meta({ title: "Health of sources and store", description: "What `timeline doctor --json` writes" });
export type DoctorJson = z.infer<typeof DoctorJson>;
