import type { Look, Looker } from "../../src/contract/notice.js";
import type { DatadogConfig } from "./config.js";
import { lookAtIncidents } from "./look-at-incidents.js";
import { lookAtMonitors } from "./look-at-monitors.js";

/** Incidents of a severity, and alerts of monitors. */
export const looker: Looker<DatadogConfig> = {
  watches: ({ notice: { incidents, monitors } }) => [
    ...(incidents === null ? [] : [`incidents of ${incidents.severities.join(", ")}`]),
    ...(monitors === null ? [] : [`alerts of monitors that ${monitors.query} finds`]),
  ],
  async look(context): Promise<Look> {
    const { incidents, monitors } = context.config.notice;
    const looks = [
      ...(incidents === null ? [] : [await lookAtIncidents(incidents.severities, context)]),
      ...(monitors === null ? [] : [await lookAtMonitors(monitors, context)]),
    ];
    return { reports: looks.flatMap(({ reports }) => reports), problems: looks.flatMap(({ problems }) => problems) };
  },
};
