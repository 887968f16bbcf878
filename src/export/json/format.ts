import { z } from "zod";
import { MILESTONES, PHASES } from "../../contract/draft.js";
import { CATEGORIES } from "../../contract/window.js";
import { GAP_REASONS } from "../../kit/errors.js";

/**
 * The shape of the JSON export, once: the renderer is typed by it, and the shipped JSON Schema is made from it.
 * Members may be added under the same format name; what is here keeps its name and meaning.
 */
const Instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/)
  .describe("ISO 8601, UTC, with the digits that the source gave");
const Visibility = z.enum(["public", "private"]).describe("private: for members only");
const Span = z.strictObject({ from: Instant, until: Instant }).describe("Half-open: from is in, until is out");
const Count = z.int().nonnegative();
const EntryIds = z.array(z.string()).describe("Ids of entries");

const Shown = z.strictObject({ shown: Count.describe("Put forward by the draft"), total: Count });

const Entry = z.strictObject({
  id: z.string().describe("Stable across builds"),
  aliases: z.array(z.string()).describe("Other ids that the same entry has had"),
  at: Instant,
  endedAt: Instant.nullable(),
  atMeans: z.string().describe("What the time means: posted, merged, started ..."),
  precisionMicros: z.number().positive().describe("How fine the time is, in microseconds"),
  sourceTime: z.string().describe("The time exactly as the source wrote it"),
  phase: z.enum(PHASES),
  kind: z.string(),
  category: z.string(),
  scope: z.string().describe("Name of the channel, repository or query"),
  text: z.string().describe("Plain text, with roles in the place of people"),
  role: z.string().nullable().describe("Who acted, as a role"),
  links: z.array(z.strictObject({ label: z.string(), url: z.string() })),
  highlighted: z.boolean(),
  because: z.array(z.string()).describe("Why it is put forward, in words"),
  score: z.number().min(0).max(1).describe("How much attention the draft suggests; it ranks and claims no cause"),
  milestone: z.enum(MILESTONES).nullable(),
  group: z.string().nullable().describe("Id of the change it is part of"),
  confidence: z.enum(["fact", "inferred"]),
  visibility: Visibility,
  deleted: z.boolean().describe("Deleted at the source: its text is left out"),
  evidence: z.array(z.string()).min(1).describe("Ids of the evidence it was made of"),
  original: z
    .strictObject({
      at: Instant.optional(),
      endedAt: Instant.nullable().optional(),
      text: z.string().optional(),
      phase: z.enum(PHASES).optional(),
      highlighted: z.boolean().optional(),
    })
    .nullable()
    .describe("What was generated, where the owner has changed it in the file: only what differs"),
});

const Evidence = z.strictObject({
  id: z.string(),
  kind: z.string(),
  times: z.array(
    z.strictObject({
      meaning: z.string(),
      at: Instant.nullable().describe("null: the source does not say when, or says it unreadably"),
      precisionMicros: z.number().positive(),
      sourceText: z.string(),
    }),
  ),
  url: z.string().nullable(),
  hash: z.string().describe("sha-256 of what was collected, secrets masked"),
  visibility: Visibility,
  version: z.int().positive(),
});

const Milestone = z.strictObject({
  state: z.enum(["found", "missing", "invalid order"]),
  at: Instant.nullable(),
  entries: EntryIds,
  because: z.string(),
});

const Change = z.strictObject({
  id: z.string(),
  title: z.string(),
  items: z.array(z.string()),
  entries: EntryIds,
  revertedBy: z.array(z.string()).describe("Ids of the evidence that undoes it"),
  score: z.number(),
  beforeImpactMicros: z
    .number()
    .nullable()
    .describe("From its last act to the impact start; negative: it came after. A distance, not a cause"),
});

const Anomaly = z.strictObject({
  id: z.string(),
  entry: z.string(),
  series: z.string(),
  kind: z.enum(["spike", "drop", "level_shift", "ramp", "flatline", "missing", "variance"]),
  onset: Instant,
  end: Instant.nullable().describe("null: still going at the end of what was asked"),
  precisionMicros: z.number().positive(),
  direction: z.enum(["up", "down", "none"]),
  usual: z.number().nullable(),
  extreme: z.number().nullable(),
  factor: z.number().nullable(),
  unit: z.string().nullable(),
  score: z.number(),
});

const Coverage = z.strictObject({
  connector: z.string(),
  source: z.string(),
  scope: z.string(),
  name: z.string(),
  asked: Span.nullable().describe("null: not asked"),
  seen: Count,
  state: z.enum(["complete", "partial", "failed", "not asked"]),
  gaps: z.array(
    z.strictObject({
      reason: z.enum(GAP_REASONS),
      span: Span.nullable(),
      count: Count.nullable(),
      detail: z.string(),
      hint: z.string().nullable(),
    }),
  ),
  visibility: Visibility,
});

const Build = z.strictObject({
  at: Instant,
  version: z.string(),
  tookMs: z.number(),
  calls: z.array(
    z.strictObject({
      connector: z.string(),
      calls: Count,
      retries: Count,
      waitedMs: z.number(),
      clockOffsetMs: z.number().nullable(),
    }),
  ),
  openUntil: z.boolean().describe("The incident or its lead-out is not over"),
  checkedSince: z.array(z.strictObject({ connector: z.string(), source: z.string(), scope: z.string(), at: Instant })),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe("Of the file's bytes from its first to the comma before this member, that one included"),
});

export const TimelineFile = z
  .strictObject({
    format: z.literal("incident-timeline/1"),
    incident: z.strictObject({
      id: z.string(),
      title: z.string(),
      start: Instant,
      end: Instant.nullable(),
      severity: z.string().optional().describe("In the organisation's words; absent when nobody said it"),
      url: z.string().optional().describe("Where people work on it; absent when nobody said it"),
    }),
    window: z.strictObject({
      from: Instant,
      until: Instant,
      incidentStart: Instant,
      incidentEnd: Instant.nullable(),
      spans: z.strictObject(Object.fromEntries(CATEGORIES.map((name) => [name, Span])) as Record<(typeof CATEGORIES)[number], typeof Span>),
      baselines: z.array(Span),
      changeLookBack: Span,
    }),
    entries: z.array(Entry).describe("In total order, put forward or not"),
    evidence: z.array(Evidence),
    series: z.array(z.strictObject({ series: z.string(), unit: z.string().nullable(), stepSeconds: z.number(), points: Count })),
    milestones: z.strictObject(
      Object.fromEntries(MILESTONES.map((name) => [name, Milestone])) as Record<(typeof MILESTONES)[number], typeof Milestone>,
    ),
    durations: z.array(z.strictObject({ name: z.string(), micros: z.number().nullable(), definition: z.string() })),
    changes: z.array(Change),
    anomalies: z.array(Anomaly),
    questions: z.array(z.strictObject({ entry: z.string().nullable(), text: z.string() })),
    participants: z.array(z.strictObject({ role: z.string(), entries: Count })),
    coverage: z.array(Coverage),
    notes: z.array(z.string()),
    counts: z.strictObject({
      entries: Shown,
      byKind: z.record(z.string(), Shown),
      evidence: Count,
      gaps: Count,
    }),
    build: Build.describe("About this build and no other; all that differs between two builds of the same evidence"),
  })
  .meta({ title: "Draft timeline of an incident", description: "What `timeline build --format json` writes" });
export type TimelineFile = z.infer<typeof TimelineFile>;

/** JSON Schema (draft 2020-12) of the export, as it ships in `schema/`. */
export function timelineJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(TimelineFile, { target: "draft-2020-12" }), null, 2)}\n`;
}
