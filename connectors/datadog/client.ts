import type { z } from "zod";
import type { SourceContext } from "../../src/contract/connector.js";
import { SourceError } from "../../src/kit/errors.js";
import type { WireFetch } from "../../src/kit/wire/types.js";
import { wireErrorOf } from "../../src/kit/wire/wire-error-of.js";
import { apiBase, type DatadogConfig } from "./config.js";
import { refusal, unreadable, wireFailure, type Asked } from "./failures.js";
import { ActiveMetrics, EventsAnswer, IncidentsAnswer, IntegrationsAnswer, MetricsAnswer } from "./records.js";

type Context = Pick<SourceContext<DatadogConfig>, "config" | "fetch" | "signal">;

export const METRICS: Asked = { what: "metric queries", keyScope: "timeseries_query" };
/** The vendor's most. */
export const INCIDENTS_PAGE = 100;
const INCIDENTS: Asked = { what: "incidents", keyScope: "incident_read" };
const EVENTS: Asked = { what: "events", keyScope: "events_read" };

export interface EventSearch {
  readonly query: string;
  /** Milliseconds, both included. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly limit: number;
  readonly cursor: string | null;
}

/**
 * Points of one query. Times are seconds, both included.
 * @throws {SourceError} as all requests here: `stop` for a refused key, `skip` for what the keys may not read and for
 *   refused queries, `retry` for an outage.
 */
export async function queryMetrics(context: Context, fromSeconds: number, untilSeconds: number, query: string): Promise<MetricsAnswer> {
  const api = await metricsApi(context);
  try {
    return MetricsAnswer.parse(await api.queryMetrics({ from: fromSeconds, to: untilSeconds, query }));
  } catch (error) {
    throw await asSourceError(context, METRICS, error);
  }
}

/**
 * One page of events, oldest first. The client's own classes for this cost a second and 96 MB to load, and hide the
 * page's warnings: spoken by hand. Source: "Search events", POST /api/v2/events/search.
 */
export async function searchEvents(context: Context, search: EventSearch): Promise<z.output<typeof EventsAnswer>> {
  const body = {
    filter: { query: search.query, from: String(search.fromMs), to: String(search.untilMs) },
    sort: "timestamp",
    page: { limit: search.limit, ...(search.cursor === null ? {} : { cursor: search.cursor }) },
  };
  try {
    const response = await context.fetch(`${apiBase(context.config)}/api/v2/events/search`, {
      method: "POST",
      headers: { ...keys(context.config), accept: "application/json", "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: context.signal,
    });
    if (!response.ok) throw new Refused(response.status, await response.json().catch(() => null));
    return EventsAnswer.parse(await response.json());
  } catch (error) {
    throw await asSourceError(context, EVENTS, error);
  }
}

/** One page of incidents, newest first. Source: "Search for incidents", GET /api/v2/incidents/search. @throws {SourceError} */
export async function searchIncidents(context: Context, query: string, offset: number): Promise<readonly unknown[]> {
  const parameters = new URLSearchParams({ query, sort: "-created", "page[size]": String(INCIDENTS_PAGE), "page[offset]": String(offset) });
  const answer = IncidentsAnswer.safeParse(await getJson(context, `/api/v2/incidents/search?${parameters.toString()}`));
  if (!answer.success) throw unreadable(INCIDENTS, answer.error);
  return answer.data.data.attributes.incidents.map((each) => each?.data);
}

/** Slack channels of an incident. Source: "Get a list of an incident's integration metadata". @throws {SourceError} */
export async function incidentChannels(context: Context, id: string): Promise<readonly string[]> {
  const answer = IntegrationsAnswer.safeParse(
    await getJson(context, `/api/v2/incidents/${encodeURIComponent(id)}/relationships/integrations`),
  );
  return answer.data?.data.flatMap((each) => each?.attributes?.metadata?.channels ?? []).flatMap((each) => each?.channel_id ?? []) ?? [];
}

async function getJson(context: Context, path: string): Promise<unknown> {
  const { config, fetch, signal } = context;
  try {
    const response = await fetch(`${apiBase(config)}${path}`, { headers: { ...keys(config), accept: "application/json" }, signal });
    if (!response.ok) throw new Refused(response.status, await response.json().catch(() => null));
    return await response.json();
  } catch (error) {
    throw await asSourceError(context, INCIDENTS, error);
  }
}

/**
 * Whether the API key is one of this site. Source: "Validate API key", GET /api/v1/validate.
 * @throws {SourceError} when it is not, or nobody answers.
 */
export async function validateApiKey(context: Context): Promise<void> {
  const { config, fetch, signal } = context;
  try {
    const url = `${apiBase(config)}/api/v1/validate`;
    const response = await fetch(url, { headers: { ...keys(config), accept: "application/json" }, signal });
    if (!response.ok) throw new Refused(response.status, null);
  } catch (error) {
    if (isRefusal(error)) throw refusal(METRICS, error.code, error.body, false);
    throw await asSourceError(context, METRICS, error);
  }
}

/**
 * Names of metrics that were reported since an instant in seconds. Source: "Get active metrics list", GET /api/v1/metrics.
 * @throws {SourceError}
 */
export async function activeMetrics(context: Context, sinceSeconds: number): Promise<readonly string[]> {
  const { config, fetch, signal } = context;
  try {
    const url = `${apiBase(config)}/api/v1/metrics?from=${sinceSeconds}`;
    const response = await fetch(url, { headers: { ...keys(config), accept: "application/json" }, signal });
    if (!response.ok) throw new Refused(response.status, null);
    return ActiveMetrics.parse(await response.json()).metrics;
  } catch (error) {
    throw await asSourceError(context, METRICS, error);
  }
}

class Refused extends Error {
  constructor(
    readonly code: number,
    readonly body: unknown,
  ) {
    super(`status ${code}`);
  }
}

/** Loaded with the first query: whoever has no metrics does not pay for it. No promised path, so the version is pinned. */
async function metricsApi({ config, fetch, signal }: Context) {
  const [{ MetricsApi }, common, { logger }] = await Promise.all([
    import("@datadog/datadog-api-client/dist/packages/datadog-api-client-v1/apis/MetricsApi.js"),
    import("@datadog/datadog-api-client/dist/packages/datadog-api-client-common/index.js"),
    import("@datadog/datadog-api-client/dist/logger.js"),
  ]);
  // It prints each failed request, with its URL.
  logger.setLevel("silent");
  const { createConfiguration, BaseServerConfiguration } = common;
  return new MetricsApi(
    createConfiguration({
      baseServer: new BaseServerConfiguration(apiBase(config), {}),
      // Both are given, or the client takes what the environment holds.
      authMethods: { apiKeyAuth: config.apiKey.reveal(), appKeyAuth: config.appKey.reveal() },
      enableRetry: false,
      fetch: ((input, init) => fetch(input, { ...init, signal })) satisfies WireFetch,
    }),
  );
}

function keys(config: DatadogConfig): Record<string, string> {
  return { "DD-API-KEY": config.apiKey.reveal(), "DD-APPLICATION-KEY": config.appKey.reveal() };
}

async function asSourceError(context: Context, asked: Asked, error: unknown): Promise<unknown> {
  if (context.signal.aborted || error instanceof SourceError) return error;
  const wire = wireErrorOf(error);
  if (wire !== null) return wireFailure(asked, wire);
  if (!isRefusal(error)) return unreadable(asked, error);
  const keyIsValid = error.code !== 401 && error.code !== 403 ? true : await apiKeyIsValid(context);
  return refusal(asked, error.code, error.body, keyIsValid);
}

/** The client's `ApiException`, or ours. */
function isRefusal(error: unknown): error is { code: number; body: unknown } {
  return error instanceof Error && "code" in error && typeof error.code === "number" && "body" in error;
}

/** Tells a wrong key from a missing permission, which look alike. Source: "Validate API key", GET /api/v1/validate. */
async function apiKeyIsValid({ config, fetch, signal }: Context): Promise<boolean> {
  try {
    const url = `${apiBase(config)}/api/v1/validate`;
    return (await fetch(url, { headers: { ...keys(config), accept: "application/json" }, signal })).ok;
  } catch {
    signal.throwIfAborted();
    return true;
  }
}
