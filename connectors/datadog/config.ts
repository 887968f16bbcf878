import { z } from "zod";
import { secret, type Secret } from "../../src/contract/secret.js";
import { MICROS_PER_SECOND } from "../../src/kit/instant.js";
import { parseDuration } from "../../src/kit/duration.js";
import { isOneQuery } from "./query.js";
import { sliceSeconds } from "./slices.js";

/** Where an organisation can live. A key of one site is refused by the others. Source: "Getting started with Datadog sites". */
const SITES = [
  "datadoghq.com",
  "us3.datadoghq.com",
  "us5.datadoghq.com",
  "datadoghq.eu",
  "ap1.datadoghq.com",
  "ap2.datadoghq.com",
  "ddog-gov.com",
  "us2.ddog-gov.com",
] as const;

/** The finest that the vendor keeps for an hour of a plain query. */
const DEFAULT_STEP = "PT20S";

export const MetricQuery = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[^|{}@\p{C}]+$/u, "expected a name without | { } @ and control characters")
    .describe("How the timeline calls it: checkout.errors"),
  query: z
    .string()
    .min(1)
    .max(4000)
    .refine(isOneQuery, "expected one query: give each of several, separated by commas, a name of its own")
    .describe("A Datadog metric query, as in a graph's editor: sum:checkout.errors{env:prod}.as_count()"),
  step: z
    .string()
    .default(DEFAULT_STEP)
    .refine(isUsableStep, 'expected a duration that divides an hour or a day, such as "PT20S" or "5m"')
    .describe("Seconds between two points. Datadog may give coarser ones."),
  unit: z.string().min(1).max(40).nullable().default(null).describe("Shown with the values; null: the unit Datadog knows, if any"),
  visibility: z
    .enum(["public", "private"])
    .default("public")
    .describe("Who may read it; private: it is marked, and stays out of what is made for people outside"),
});

/** Severities as Datadog has them. */
const SEVERITIES = ["SEV-0", "SEV-1", "SEV-2", "SEV-3", "SEV-4", "SEV-5", "UNKNOWN"] as const;

const NoticeSection = z
  .strictObject({
    incidents: z
      .strictObject({ severities: z.array(z.enum(SEVERITIES)).min(1).default(["SEV-1", "SEV-2"]).describe("Only incidents of these") })
      .nullable()
      .default(null)
      .describe("Datadog incidents are incidents; null: not asked"),
    monitors: z
      .strictObject({
        query: z.string().trim().min(1).max(4000).describe("An event search that finds their alerts: priority:p1 env:prod"),
        names: z
          .array(z.string().trim().min(1).max(500))
          .default([])
          .describe("Of these monitors alone, by name or id; * stands for anything"),
      })
      .nullable()
      .default(null)
      .describe("Each alert of these monitors is an incident until it recovers; null: not asked"),
  })
  .prefault({});

/** The section as it is written. */
export const DatadogSection = z.strictObject({
  apiKey: secret("DD_API_KEY", "API key of the organisation"),
  appKey: secret("DD_APP_KEY", "Application key with the scopes timeseries_query and events_read"),
  site: z.enum(SITES).default("datadoghq.com").describe("The site of the organisation, as in its address"),
  apiUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null)
    .describe("Another base URL of the API, for a proxy; null: https://api.<site>"),
  metrics: z.array(MetricQuery).superRefine(namesAreUnique).default([]).describe("Metric queries to look for anomalies in"),
  events: z
    .strictObject({
      query: z.string().min(1).max(4000).default("*").describe("An event search: source:alert env:prod"),
      monitors: z
        .array(z.string().trim().min(1).max(500))
        .nullable()
        .default(null)
        .describe("Monitor events of these monitors alone, by name or id; * stands for anything; null: of all. Other events stay"),
    })
    .nullable()
    .default({ query: "*", monitors: null })
    .describe("Monitor alerts, deployments, changes and other events; null: not asked"),
  notice: NoticeSection.describe("What tells of incidents, for `timeline watch`. Nothing is noticed where nothing is named"),
});

/** The section as it runs: secrets are resolved. */
export type DatadogConfig = Omit<z.output<typeof DatadogSection>, "apiKey" | "appKey"> & {
  readonly apiKey: Secret;
  readonly appKey: Secret;
};
export type MetricQuery = z.output<typeof MetricQuery>;

/** Without a slash at its end. */
export function apiBase(config: Pick<DatadogConfig, "apiUrl" | "site">): string {
  return (config.apiUrl ?? `https://api.${config.site}`).replace(/\/$/, "");
}

/** Where people look: the numbered sites have no `app.` before them. */
export function appBase(config: Pick<DatadogConfig, "site">): string {
  return /^(?:us3|us5|ap\d)\./.test(config.site) ? `https://${config.site}` : `https://app.${config.site}`;
}

export function isVendorHost(host: string): boolean {
  return SITES.some((site) => host === site || host.endsWith(`.${site}`));
}

export function stepSeconds(metric: Pick<MetricQuery, "step">): number {
  return (parseDuration(metric.step) ?? 0) / MICROS_PER_SECOND;
}

function isUsableStep(step: string): boolean {
  return sliceSeconds(stepSeconds({ step })) !== null;
}

function namesAreUnique(metrics: readonly { name: string }[], context: z.core.$RefinementCtx): void {
  const seen = new Set<string>();
  metrics.forEach(({ name }, index) => {
    if (seen.has(name))
      context.addIssue({ code: "custom", path: [index, "name"], message: `expected names that differ, got "${name}" twice` });
    seen.add(name);
  });
}
