import type { DiagnoseContext, Diagnosis } from "../../src/contract/connector.js";
import { validateApiKey } from "./client.js";
import type { DatadogConfig } from "./config.js";

/** The vendor checks the API key alone; what the application key may read shows with the first question. */
export async function diagnose(context: DiagnoseContext<DatadogConfig>): Promise<Diagnosis> {
  await validateApiKey(context);
  const { metrics, events, site } = context.config;
  const nothing = metrics.length === 0 && events === null ? ["neither metrics nor events are named: nothing would be read"] : [];
  return {
    who: `an API key of ${site}`,
    granted: null,
    missing: [],
    notes: ["the scopes of the application key are not told: it needs timeseries_query and events_read", ...nothing],
  };
}
