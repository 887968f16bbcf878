import { z } from "zod";
import type { Attachment, Summary } from "../../../src/contract/destination.js";
import { toIso } from "../../../src/kit/instant.js";
import { safeUrl } from "../../../src/kit/markdown.js";
import { toPlain } from "../../../src/kit/rich-text.js";
import { oneLine, shorten } from "../../../src/kit/text.js";
import { shownOf } from "../../../src/kit/fit-lines.js";

const MOST_HIGHLIGHTS = 500;
const LONGEST_TEXT = 1000;

const instant = z.string().describe("ISO 8601, UTC");

/** What is sent. Shipped as `schema/incident-timeline-webhook-1.schema.json`. */
export const WebhookBody = z
  .strictObject({
    type: z.literal("incident-timeline.updated"),
    data: z.strictObject({
      key: z.string().describe("The same for every message about an incident."),
      incident: z.string().describe("What it may be known by there."),
      title: z.string().nullable().describe("null: it may not be told there."),
      stage: z.enum(["open", "resolved", "final"]),
      status: z.array(z.string()),
      milestones: z.array(
        z.strictObject({
          name: z.string(),
          label: z.string(),
          at: instant.nullable(),
          state: z.enum(["found", "missing", "invalid order"]),
        }),
      ),
      highlights: z
        .array(
          z.strictObject({
            at: instant,
            precisionMicros: z.number().int().describe("How exact the source gave it."),
            text: z.string().describe("Plain text; people stand as roles."),
            url: z.string().nullable(),
          }),
        )
        .describe("In order of time; the last ones where there are more than 500."),
      shown: z.string().describe('"(500 of 620 shown)", empty where all are.'),
      coverage: z.array(z.string()),
      leftOut: z.string().nullable().describe("What its readers may not see, counted; null: nothing."),
    }),
  })
  .describe("One message of `webhook.send` of incident-timeline: how an incident stands now. The same content has the same webhook-id.");
export type WebhookBody = z.infer<typeof WebhookBody>;

/** The same bytes for the same summary. */
export function bodyOf({ summary, marker }: Pick<Attachment, "summary" | "marker">): string {
  const { incident, title, stage, status, coverage, leftOut } = summary;
  const highlights = summary.highlights.slice(-MOST_HIGHLIGHTS).map((entry) => highlightOf(entry, summary));
  const milestones = summary.milestones.map(({ name, label, at, state }) => ({
    name,
    label,
    at: at === null ? null : toIso(at),
    state: state as WebhookBody["data"]["milestones"][number]["state"],
  }));
  const body: WebhookBody = {
    type: "incident-timeline.updated",
    data: {
      key: marker,
      incident,
      title,
      stage,
      status: [...status],
      milestones,
      highlights,
      shown: shownOf(highlights.length, summary.highlights.length).trim(),
      coverage: [...coverage],
      leftOut,
    },
  };
  return JSON.stringify(body);
}

function highlightOf({ at, precisionMicros, text, url }: Summary["highlights"][number], { roles }: Summary) {
  const said = toPlain(text, (inline) => (inline.type === "role" ? (roles[inline.person] ?? "someone") : "someone"));
  return { at: toIso(at), precisionMicros, text: shorten(oneLine(said), LONGEST_TEXT), url: url === null ? null : safeUrl(url) };
}
