import { z } from "zod";
import { Count, EntryJson, GapJson, IncidentJson, Instant, State } from "./parts.js";

const Build = z.strictObject({ at: Instant, version: z.string(), from: Instant, until: Instant });

const Scope = z.strictObject({
  connector: z.string(),
  source: z.string(),
  scope: z.string(),
  name: z.string(),
  before: State.nullable().describe("null: the build before did not ask it"),
  now: State.nullable().describe("null: this build did not ask it"),
  gaps: z.array(GapJson),
});

export const DiffJson = z
  .strictObject({
    format: z.literal("incident-timeline-diff/1"),
    incident: IncidentJson,
    build: Build,
    before: Build.nullable().describe("null: there is no build before it to compare with"),
    added: z.array(EntryJson),
    changed: z.array(EntryJson).describe("Their sources say something else than before"),
    deleted: z.array(EntryJson).describe("Their sources no longer have them"),
    gone: z
      .array(z.strictObject({ id: z.string(), withdrawn: z.boolean().describe("A note that was withdrawn") }))
      .describe("No longer on the timeline"),
    raised: z.array(EntryJson).describe("Put forward now, and not before"),
    lowered: z.array(EntryJson).describe("Put forward before, and not now"),
    notSeen: z.array(Scope).describe("What could not be seen any more"),
    seenAgain: z.array(Scope).describe("What can be seen that could not be seen before"),
    notesSince: z.strictObject({ added: Count, withdrawn: Count }).describe("Since this build"),
  })
  .meta({ title: "What the last build changed", description: "What `timeline diff --json` writes" });
export type DiffJson = z.infer<typeof DiffJson>;
