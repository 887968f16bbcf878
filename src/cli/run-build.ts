import type { ResolvedConfig } from "../config/index.js";
import type { Format } from "../contract/export.js";
import { buildTimeline, type BuildOutcome, type BuildRequest } from "../pipeline.js";
import type { Io } from "./io.js";
import { openBuild, type OpenBuildOptions } from "./open-build.js";
import { SILENT, type Reporter } from "./progress.js";

export interface RunBuildOptions extends Pick<OpenBuildOptions, "transport"> {
  readonly formats: readonly Format[];
  /** Absent: nobody is told how it comes on. */
  readonly reporter?: Reporter;
}

/** A build as the terminal sees it: what the config names is opened, the pipeline runs, progress is shown. */
export async function runBuild(config: ResolvedConfig, request: BuildRequest, io: Io, options: RunBuildOptions): Promise<BuildOutcome> {
  const { reporter = SILENT, ...rest } = options;
  try {
    const build = await openBuild(config, request, { ...io, ...rest, progress: reporter.progress });
    try {
      return await buildTimeline(request, build.settings, build.ports);
    } finally {
      await build.close();
    }
  } finally {
    reporter.end();
  }
}
