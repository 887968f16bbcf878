import type { ResolvedConfig } from "../config/index.js";
import type { Format } from "../contract/export.js";
import { buildTimeline, type BuildOutcome, type BuildRequest } from "../pipeline.js";
import type { Io } from "./io.js";
import { openBuild, type OpenBuildOptions } from "./open-build.js";
import { createReporter, SILENT } from "./progress.js";

export interface RunBuildOptions extends Pick<OpenBuildOptions, "transport"> {
  readonly quiet: boolean;
  readonly formats: readonly Format[];
}

/** A build as the terminal sees it: what the config names is opened, the pipeline runs, progress is shown. */
export async function runBuild(config: ResolvedConfig, request: BuildRequest, io: Io, options: RunBuildOptions): Promise<BuildOutcome> {
  const reporter = options.quiet ? SILENT : createReporter({ stream: io.err, styles: io.styles, clock: io.clock });
  try {
    const build = await openBuild(config, request, { ...io, ...options, progress: reporter.progress });
    try {
      return await buildTimeline(request, build.settings, build.ports);
    } finally {
      await build.close();
    }
  } finally {
    reporter.end();
  }
}
