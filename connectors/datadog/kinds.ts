import type { KindRule } from "../../src/contract/connector.js";

/** The inner time is the event's own, to the millisecond; the outer one is the same to the second, or a little later. */
const placedBy = ["happened", "received"] as const;

export const kinds = {
  "datadog.monitor.alerted": { placedBy, category: "alert", says: "Alert: {title}" },
  "datadog.monitor.warned": { placedBy, category: "alert", says: "Warning: {title}" },
  "datadog.monitor.recovered": { placedBy, category: "alert", says: "Recovered: {title}" },
  "datadog.monitor.no-data": { placedBy, category: "alert", says: "No data: {title}" },
  "datadog.monitor.renotified": { placedBy, category: "alert", says: "Still alerting: {title}" },
  "datadog.deployment.reported": { placedBy, category: "change", says: "Deployment: {title}" },
  "datadog.change.reported": { placedBy, category: "change", says: "Change: {title}" },
  "datadog.event.posted": { placedBy, category: "alert", says: "{title}" },
} as const satisfies Record<string, KindRule>;

export type Kind = keyof typeof kinds;
