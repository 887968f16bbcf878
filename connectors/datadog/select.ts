import type { Selectable } from "../../src/contract/selection.js";
import { fitsAny, isGlob } from "../../src/kit/glob.js";
import { nearestKey } from "../../src/kit/nearest-key.js";
import { MetricQuery, type DatadogConfig } from "./config.js";

/** Metrics by the names that the section gives them, or a query of its own for one build: `name=query`. */
export const metricSelection: Selectable<DatadogConfig> = {
  key: "metrics",
  description: "Datadog metrics, by the names (or patterns of them) that datadog.metrics gives; or name=query",
  names: ({ metrics }) => metrics.map(({ name }) => name),
  problem: ({ metrics }, name) => {
    if (metrics.some((metric) => fitsAny([name], metric.name)) || queryOf(name) !== null) return null;
    if (isGlob(name) || name.includes("=")) return "no metric of datadog.metrics fits it, and it is no name=query";
    const near = nearestKey(
      name,
      metrics.map((metric) => metric.name),
    );
    return `no metric of datadog.metrics is called so${near === null ? "" : `; did you mean "${near}"?`}`;
  },
  narrow: (config, names) => {
    const known = config.metrics.filter((metric) => fitsAny(names, metric.name));
    const own = names
      .filter((name) => !config.metrics.some((metric) => fitsAny([name], metric.name)))
      .flatMap((name) => queryOf(name) ?? []);
    return { ...config, metrics: [...known, ...own] };
  },
};

/** Monitor events of these monitors alone; deployments and other events stay. */
export const monitorSelection: Selectable<DatadogConfig> = {
  key: "monitors",
  description: "Datadog monitors, by name or id; * stands for anything",
  names: ({ events }) => events?.monitors ?? null,
  problem: ({ events }) => (events === null ? "datadog.events is null: no monitor is read" : null),
  narrow: (config, monitors) => (config.events === null ? config : { ...config, events: { ...config.events, monitors: [...monitors] } }),
  permit: (name, written) =>
    written === null || written.some((each) => each === name || (!isGlob(name) && fitsAny([each], name))) ? name : null,
};

function queryOf(text: string): MetricQuery | null {
  const at = text.indexOf("=");
  if (at < 1) return null;
  return MetricQuery.safeParse({ name: text.slice(0, at).trim(), query: text.slice(at + 1).trim() }).data ?? null;
}
