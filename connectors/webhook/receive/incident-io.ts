import { z } from "zod";
import { fromIso, type EpochMicros } from "../../../src/kit/instant.js";
import { Id, Instant, Link, reportOf, Text, type ReadBody } from "./told.js";

const Timestamp = z.object({ incident_timestamp: z.object({ name: z.string() }), value: z.object({ value: Text }).nullish().catch(null) });

/** Source: "Webhooks", api-docs.incident.io. */
const Incident = z.object({
  id: Id,
  reference: Id.nullish().catch(null),
  name: Text,
  permalink: Link,
  created_at: Instant,
  mode: Text,
  visibility: Text,
  incident_status: z.object({ category: Text }).nullish().catch(null),
  severity: z.object({ name: Text }).nullish().catch(null),
  slack_channel_id: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{2,20}$/)
    .nullish()
    .catch(null),
  incident_timestamp_values: z.array(z.unknown()).catch([]),
});
type Incident = z.output<typeof Incident>;

const Delivery = z.looseObject({ event_type: z.string().regex(/^[a-z_]{1,60}\.[a-z0-9_]{1,80}$/) });

/** Names of timestamps, as every account has them at first. The first that is there counts. */
const BEGAN = ["impact started at", "reported at"];
const OVER = ["resolved at", "fixed at", "closed at"];
const OVER_CATEGORIES = new Set(["learning", "closed", "declined", "merged", "canceled"]);
const NOT_REAL = new Set(["test", "tutorial"]);

/** Of a private incident only its id is told, which is nothing to build from. */
export const incidentIo: ReadBody = (body, door, now) => {
  const delivery = Delivery.safeParse(body);
  if (!delivery.success) return null;
  const { event_type } = delivery.data;
  const told = { delivery: null, sentAt: null };
  const isStatus = event_type.includes("incident_status_updated");
  if (!event_type.startsWith("public_incident.incident_")) return { ...told, report: null };
  const data = new Map(Object.entries(delivery.data)).get(event_type);
  const incident = Incident.safeParse(isStatus ? z.looseObject({ incident: z.unknown() }).safeParse(data).data?.incident : data);
  if (!incident.success) return null;
  if (NOT_REAL.has(incident.data.mode ?? "")) return { ...told, report: null };
  const isOver = OVER_CATEGORIES.has(incident.data.incident_status?.category ?? "");
  const end = isOver ? (timeOf(incident.data, OVER) ?? (isStatus ? now : null)) : null;
  if (isOver && end === null) return { ...told, report: null };
  return { ...told, report: reportOf(door, factsOf(incident.data, end)) };
};

function factsOf(incident: Incident, end: EpochMicros | null) {
  const { id, reference, name, created_at, severity, permalink, visibility, slack_channel_id } = incident;
  return {
    id: reference ?? id,
    title: name,
    start: timeOf(incident, BEGAN) ?? created_at,
    end,
    severity: severity?.name ?? null,
    url: permalink,
    visibility: visibility === "private" ? ("private" as const) : ("public" as const),
    marks: slack_channel_id == null ? [] : [`slack:${slack_channel_id}`],
  };
}

function timeOf({ incident_timestamp_values }: Incident, names: readonly string[]): EpochMicros | null {
  const values = incident_timestamp_values.flatMap((raw) => Timestamp.safeParse(raw).data ?? []);
  const named = (name: string) => values.find(({ incident_timestamp }) => incident_timestamp.name.trim().toLowerCase() === name);
  return names.map((name) => fromIso(named(name)?.value?.value ?? "")).find((at) => at !== null) ?? null;
}
