import { z } from "zod";
import { fromIso, MICROS_PER_MINUTE, type EpochMicros } from "../kit/instant.js";
import type { NoticeWishes } from "./notice.js";

const Instant = z.string().refine((text) => fromIso(text) !== null, 'expected a time such as "2026-03-04T11:20:00Z", with Z or an offset');
const names = (most: number) => z.array(z.string().trim().min(1).max(200)).max(most);

/** An incident in JSON, as `schema/incident.schema.json` describes it: a file that is named, one in a watched folder, a request. */
export const IncidentFile = z
  .strictObject({
    $schema: z.string().optional().describe("For editors"),
    id: z.string().min(1).max(100).optional().describe("Its name in the store and of its files; left out, its start date and title"),
    title: z.string().trim().min(1).max(300).describe("What it is called"),
    start: Instant.describe("When it began, as far as it is known: ISO 8601 with Z or an offset"),
    end: Instant.nullable().default(null).describe("When it was over; null or left out while it is open"),
    severity: z.string().max(40).nullable().default(null).describe("As your organisation says it: SEV1, critical"),
    services: z
      .array(z.string().min(1))
      .max(100)
      .default([])
      .describe("Services of the config that are read; none: everything that the config names"),
    channels: names(100).optional().describe("Of the channels that the config names, those that are read; left out: as the config has it"),
    repos: names(100).optional().describe("Of the repositories that the config names, those that are read; left out: as the config has it"),
    destinations: names(100)
      .optional()
      .describe("Of the places that the config names, those where `timeline watch` attaches it; left out: all of them"),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable()
      .default(null)
      .describe("Where people work on it"),
    summary: z.string().max(10_000).optional().describe("For people; it is not used"),
  })
  .meta({ title: "Incident", description: "An incident for `timeline build --incident FILE` and `timeline watch`." });
type IncidentFile = z.output<typeof IncidentFile>;

/** What it says, with its times as instants. */
export interface DescribedIncident {
  readonly id: string | null;
  readonly title: string;
  readonly start: EpochMicros;
  readonly end: EpochMicros | null;
  readonly severity: string | null;
  readonly url: string | null;
  readonly wishes: NoticeWishes;
}

export function describedIncident(file: IncidentFile): DescribedIncident {
  const { id = null, title, start, end, severity, services, channels, repos, destinations = null, url } = file;
  const only = { ...(channels === undefined ? {} : { channels }), ...(repos === undefined ? {} : { repos }) };
  return {
    id,
    title,
    start: fromIso(start)!,
    end: end === null ? null : fromIso(end),
    severity,
    url,
    wishes: { services, only, destinations },
  };
}

const CLOCKS_DIFFER = 5 * MICROS_PER_MINUTE;

/** Why its times cannot be those of an incident that somebody tells of now; null: they can. */
export function timesProblem({ start, end }: Pick<DescribedIncident, "start" | "end">, now: EpochMicros): string | null {
  if (start > now + CLOCKS_DIFFER) return "it begins in the future";
  return end !== null && end < start ? "its end is before its start" : null;
}
