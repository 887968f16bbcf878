import { z } from "zod";
import { Id, Instant, Link, reportOf, Text, type ReadBody } from "./told.js";

const Named = z.object({ id: Text, summary: Text }).nullish().catch(null);

/** Source: "Webhooks Overview" and "Webhook payload", developer.pagerduty.com/docs/webhooks, version 3. */
const Delivery = z.object({
  event: z.object({
    id: z.string().min(1).max(200),
    event_type: z.string(),
    occurred_at: Instant,
    data: z.looseObject({ type: Text }),
  }),
});
const Incident = z.object({
  id: Id,
  type: z.literal("incident"),
  html_url: Link,
  title: Text,
  status: z.string(),
  created_at: Instant,
  resolved_at: Instant.nullish().catch(null),
  service: Named,
  priority: Named,
});

/** An incident that is over says when only as it is resolved: what is told of it later changes nothing. */
export const pagerDuty: ReadBody = (body, door) => {
  const delivery = Delivery.safeParse(body);
  if (!delivery.success) return null;
  const { id, event_type, occurred_at, data } = delivery.data.event;
  const told = { delivery: id, sentAt: occurred_at };
  if (data.type !== "incident") return { ...told, report: null };
  const incident = Incident.safeParse(data);
  if (!incident.success) return null;
  const { status, created_at, resolved_at, html_url, service, priority, title } = incident.data;
  const end = status !== "resolved" ? null : (resolved_at ?? (event_type === "incident.resolved" ? occurred_at : null));
  if (status === "resolved" && end === null) return { ...told, report: null };
  const facts = { id: incident.data.id, title, start: created_at, end, severity: priority?.summary ?? null, url: html_url };
  return { ...told, report: reportOf(door, { ...facts, services: [service?.id ?? null, service?.summary ?? null] }) };
};
