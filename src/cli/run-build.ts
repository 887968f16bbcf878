import { builtinConnectors } from "../../connectors/index.js";
import { narrowed, type ResolvedConfig } from "../config/index.js";
import { exporters } from "../export/index.js";
import { buildTimeline, type BuildOutcome, type BuildRequest } from "../pipeline.js";
import type { WireOptions, WireWait } from "../kit/wire/types.js";
import { openStore } from "../store/open-store.js";
import type { Io } from "./io.js";
import { openSources } from "./open-sources.js";
import { packageVersion } from "./package-version.js";
import { createReporter } from "./progress.js";

export interface RunBuildOptions {
  readonly quiet: boolean;
  readonly formats: readonly string[];
  /** What sends requests instead of the network: the bundled incident answers by itself. */
  readonly transport?: WireOptions["transport"];
}

/** The composition root of a build: the config, the real clock and wire, the store, and the pipeline between them. */
export async function runBuild(config: ResolvedConfig, request: BuildRequest, io: Io, options: RunBuildOptions): Promise<BuildOutcome> {
  const reporter = createReporter(io.err, io.styles, options.quiet);
  const narrow = narrowed(config, builtinConnectors, request.narrowing);
  const onWait = (wait: WireWait) => reporter.progress({ type: "waiting", ...wait });
  const { connectors, fetchFor, wire } = openSources(narrow, io, { onWait, transport: options.transport });
  const store = await openStore(config.store);
  try {
    return await buildTimeline(
      request,
      { ...config, roster: rosterOf(config) },
      {
        connectors,
        fetchFor,
        wireRecords: () => wire.records(),
        store,
        exporters: exporters.filter((exporter) => options.formats.includes(exporter.format)),
        clock: io.clock,
        progress: reporter.progress,
        signal: io.signal,
        version: packageVersion(),
      },
    );
  } finally {
    reporter.end();
    await store.close();
  }
}

/** Accounts of one person each, by their keys. */
export function rosterOf({ people }: ResolvedConfig): string[][] {
  return people.map((person) => Object.entries(person).map(([connector, id]) => `${connector}:${id}`));
}
