import { z } from "zod";
import { fromUnixMillis } from "../../../src/kit/instant.js";
import { Id, Link, reportOf, Text, type ReadBody } from "./told.js";

/** The payload that the README gives to paste: Datadog puts the values in, all of them text. */
const Delivery = z.object({
  event: Id,
  cycle: Id,
  transition: z.string().min(1).max(60),
  date: z
    .string()
    .regex(/^\d{13}$/)
    .transform((text) => fromUnixMillis(Number(text)))
    .refine((at) => at !== null),
  title: Text,
  priority: Text,
  service: Text,
  link: Link,
});

/** Source: "Webhooks", docs.datadoghq.com/integrations/webhooks: values of $ALERT_TRANSITION. */
const BEGINS = new Set(["triggered", "warn", "no data"]);
const ENDS = new Set(["recovered", "warn recovered", "no data recovered"]);

/** What a monitor sends from alert to recovery has one `cycle`. Of a recovery we are not told when it began. */
export const datadog: ReadBody = (body, door) => {
  const parsed = Delivery.safeParse(body);
  if (!parsed.success) return null;
  const { event, cycle, transition, date, title, priority, service, link } = parsed.data;
  const told = { delivery: `${event}/${transition}`, sentAt: date };
  const kind = transition.trim().toLowerCase();
  if (!BEGINS.has(kind) && !ENDS.has(kind)) return { ...told, report: null };
  const isOver = ENDS.has(kind);
  const facts = { id: cycle, title, start: date, end: isOver ? date : null, severity: priority, url: link, services: [service] };
  return { ...told, report: reportOf(door, { ...facts, ...(isOver ? { startIsUnknown: true as const } : {}) }) };
};
