/**
 * The library: a build from a program of yours.
 *
 *     const config = await loadConfig({ path: "timeline.config.json", cwd: process.cwd(), env: process.env, connectors: builtinConnectors });
 *     const build = await openBuild(config, request);
 *     try {
 *       const { draft, files } = await buildTimeline(request, build.settings, build.ports);
 *     } finally {
 *       await build.close();
 *     }
 */
export { buildTimeline, type BuildOutcome, type BuildPorts, type BuildRequest, type BuildSettings } from "./pipeline.js";
export { openBuild, type OpenBuildOptions, type OpenedBuild } from "./cli/open-build.js";
export { builtinConnectors } from "../connectors/index.js";

export { loadConfig, type ConfigRequest, type ResolvedConfig } from "./config/index.js";
export { openStore, type StoreOptions } from "./store/index.js";
export { parseTime } from "./window/index.js";

export type { Connector } from "./contract/connector.js";
export type {
  BuildInfo,
  CoverageLine,
  Draft,
  DraftAnomaly,
  Entry,
  EvidenceRecord,
  Link,
  Milestone,
  MilestoneName,
  Phase,
  Question,
} from "./contract/draft.js";
export type { DocumentExporter, Exporter, ExportInput } from "./contract/export.js";
export type { Gap } from "./contract/page.js";
export type { Progress, ProgressEvent } from "./contract/progress.js";
export { NOT_NARROWED, type Narrowing } from "./contract/selection.js";
export type { IncidentRecord, Store } from "./contract/store.js";
export { ExitCode, Failure, SourceError, UnsafeWriteError, UsageError } from "./kit/errors.js";
export { fromIso, toIso, type EpochMicros, type Span } from "./kit/instant.js";
