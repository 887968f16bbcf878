import type { ExportInput } from "../contract/export.js";
import { chartSeries } from "../detect/index.js";
import type { OpenDraft } from "./open-draft.js";
import { packageVersion } from "./package-version.js";

/** Stamped with the build that it shows, so that the same store gives the same bytes; an export itself calls nobody. */
export function exportInput({ draft, roles, build, config, series }: OpenDraft): ExportInput {
  const { at, openUntil } = build;
  const stamp = { at, version: packageVersion(), tookMs: 0, calls: [], openUntil, checkedSince: [] };
  const { style = {} } = build;
  return { draft, roles, build: stamp, timezone: config.timezone, series: series.map(chartSeries), style };
}
