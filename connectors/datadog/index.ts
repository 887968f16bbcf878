import { defineConnector } from "../../src/contract/connector.js";
import { apiBase, DatadogSection, isVendorHost, type DatadogConfig } from "./config.js";
import { diagnose } from "./doctor.js";
import { events } from "./events.js";
import { kinds } from "./kinds.js";
import { looker } from "./look.js";
import { metrics } from "./metrics.js";
import { metricSelection, monitorSelection } from "./select.js";
import { setup } from "./setup.js";
import { wire } from "./wire.js";

export const datadog = defineConnector<DatadogConfig>({
  id: "datadog",
  name: "Datadog",
  config: {
    schema: DatadogSection,
    isVendorHost,
    baseUrls: (config) => [apiBase(config)],
    selects: [metricSelection, monitorSelection],
  },
  kinds,
  wire,
  // The keys belong to one organisation, and no call within their scopes tells which.
  identify: async ({ config }) => ({ tenant: new URL(apiBase(config)).host, data: {} }),
  diagnose,
  setup,
  notice: { looker },
  sources: [metrics, events],
});
