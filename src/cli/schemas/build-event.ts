import { z } from "zod";
import { CATEGORIES } from "../../contract/window.js";
import { GAP_REASONS } from "../../kit/errors.js";
import { Count, EntryJson, IncidentJson, Instant } from "./parts.js";

const Source = { connector: z.string(), source: z.string() };
const Span = z.strictObject({ from: Instant, until: Instant });
const Names = z.record(z.string(), z.array(z.string()));
const Narrowed = z.strictObject({ services: z.array(z.string()), only: Names, also: Names });
const File = z.strictObject({
  path: z.string(),
  action: z.string().describe("`beside`: the file was changed since it was written and was left alone"),
  unchanged: z.boolean(),
});

/** One line of `timeline build --json`: `event` says which. */
export const BuildEventJson = z
  .discriminatedUnion("event", [
    z.strictObject({
      event: z.literal("begin"),
      format: z.literal("incident-timeline-events/1"),
      version: z.string(),
      title: z.string(),
      start: Instant,
      end: Instant.nullable(),
      narrowed: Narrowed,
    }),
    z.strictObject({
      event: z.literal("plan"),
      sources: z
        .array(
          z.strictObject({
            ...Source,
            host: z.string(),
            calls: z.string().nullable(),
            scopes: z
              .array(z.strictObject({ name: z.string(), ask: z.array(Span).describe("Empty: all of it is known") }))
              .nullable()
              .describe("null: which they are is asked first"),
          }),
        )
        .describe("Of --dry-run: what would be asked"),
      files: z.array(z.string()),
    }),
    z.strictObject({ event: z.literal("step"), step: z.string() }),
    z.strictObject({
      event: z.literal("page"),
      ...Source,
      scope: z.string(),
      items: Count,
      share: z.number().min(0).max(1).describe("How much of all that the source has to ask is known"),
    }),
    z.strictObject({
      event: z.literal("found"),
      ...Source,
      id: z.string().describe("Of the evidence"),
      at: Instant,
      category: z.enum(CATEGORIES),
      scope: z.string(),
      text: z.string().describe("Before roles stand in the place of people"),
    }),
    z.strictObject({
      event: z.literal("waiting"),
      connector: z.string(),
      bucket: z.string(),
      ms: z.number().nonnegative(),
      why: z.string(),
      allows: z.string().nullable(),
    }),
    z.strictObject({ event: z.literal("gap"), ...Source, scope: z.string(), reason: z.enum(GAP_REASONS), detail: z.string() }),
    z.strictObject({ event: z.literal("source done"), ...Source, scopes: Count, items: Count, gaps: Count }),
    z.strictObject({ event: z.literal("warning"), text: z.string() }),
    z.strictObject({ event: z.literal("entry"), entry: EntryJson }).describe("Of --follow: one that the build before did not have"),
    z.strictObject({
      event: z.literal("done"),
      status: z.enum(["complete", "gaps"]),
      incident: IncidentJson,
      entries: Count,
      highlighted: Count,
      gaps: Count,
      files: z.array(File),
    }),
    z
      .strictObject({
        event: z.literal("attached"),
        connector: z.string(),
        place: z.string(),
        outcome: z.string().describe("created, updated, unchanged, gone (somebody took it away), skipped or failed"),
        error: z.string().nullable(),
      })
      .describe("Of --attach: one for each place that the config names"),
    z.strictObject({
      event: z.literal("failed"),
      id: z.string().nullable().describe("`timeline help ID` explains it"),
      message: z.string(),
      problems: z.array(z.string()),
      hint: z.string().nullable(),
      exitCode: z.int(),
    }),
  ])
  .meta({ title: "Events of a build", description: "One line of `timeline build --json`" });
export type BuildEventJson = z.infer<typeof BuildEventJson>;
