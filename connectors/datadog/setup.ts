import type { Setup } from "../../src/contract/setup.js";
import { MICROS_PER_HOUR, MICROS_PER_SECOND } from "../../src/kit/instant.js";
import { compareText } from "../../src/kit/text.js";
import { activeMetrics } from "./client.js";
import type { DatadogConfig } from "./config.js";

/** Source: "Get active metrics list", GET /api/v1/metrics: it needs the scope metrics_read, which nothing else does. */
export const setup: Setup<DatadogConfig> = {
  list: "metrics",
  example: "checkout.errors=sum:checkout.errors{env:prod}",
  usual: [],
  section: (metrics) => ({ metrics: metrics.map(metricOf) }),
  offers: async (context) => {
    const names = await activeMetrics(context, Math.floor((context.now - MICROS_PER_HOUR) / MICROS_PER_SECOND));
    return [...names].sort(compareText).map((name) => ({ name, note: null }));
  },
  credentials: "An API key, and an application key with the scopes timeseries_query and events_read",
};

/** `name=query`, or the name of a metric alone, whose average is taken. */
function metricOf(text: string): { readonly name: string; readonly query: string } {
  const at = text.indexOf("=");
  return at < 0 ? { name: text, query: `avg:${text}{*}` } : { name: text.slice(0, at).trim(), query: text.slice(at + 1).trim() };
}
