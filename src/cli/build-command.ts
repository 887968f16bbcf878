import { builtinConnectors } from "../../connectors/index.js";
import { loadConfig, type ResolvedConfig } from "../config/index.js";
import { ExitCode } from "../kit/errors.js";
import type { BuildRequest } from "../pipeline.js";
import { buildRequest, flagTimes, type RequestFlags } from "./build-request.js";
import { formatsOf } from "./formats.js";
import type { Io } from "./io.js";
import { runBuild, type RunBuildOptions } from "./run-build.js";
import { summarize } from "./summary.js";

export interface BuildFlags extends RequestFlags {
  readonly config?: string;
  readonly format: string;
  readonly strict?: boolean;
}

/** `timeline build`: what was asked for is judged whole before anything is read. */
export async function runBuildCommand(flags: BuildFlags, io: Io): Promise<ExitCode> {
  const formats = formatsOf(flags.format);
  const times = flagTimes(flags, io);
  const config = await loadConfig({ path: flags.config ?? null, cwd: io.cwd, env: io.env, connectors: builtinConnectors });
  const request = await buildRequest(flags, times, config, io);
  return buildAndTell(config, request, io, { quiet: flags.quiet === true, strict: flags.strict === true, formats });
}

/** Builds, prints the summary, and gives the exit code. */
export async function buildAndTell(
  config: ResolvedConfig,
  request: BuildRequest,
  io: Io,
  options: RunBuildOptions & { readonly strict: boolean },
): Promise<ExitCode> {
  const outcome = await runBuild(config, request, io, options);
  io.out(summarize(outcome, io.cwd, request.narrowing));
  const gaps = outcome.draft.coverage.some((line) => line.gaps.length > 0);
  return options.strict && gaps ? ExitCode.checkFailed : ExitCode.done;
}
