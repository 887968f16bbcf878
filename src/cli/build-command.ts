import { builtinConnectors } from "../../connectors/index.js";
import { loadConfig, type ResolvedConfig } from "../config/index.js";
import { ExitCode } from "../kit/errors.js";
import type { BuildRequest } from "../pipeline.js";
import { incidentId } from "../window/index.js";
import { attachedText } from "./attached-text.js";
import { buildRequest, flagTimes, type RequestFlags } from "./build-request.js";
import { followBuild, pauseOf } from "./follow-build.js";
import { formatsOf } from "./formats.js";
import type { Io } from "./io.js";
import { refuseOlderStore } from "./read-store.js";
import { runBuild, type RunBuildOptions } from "./run-build.js";
import { gapCount } from "./summary.js";
import { textTeller, type BuildTeller } from "./tell-build.js";
import { jsonTeller } from "./tell-build-json.js";
import { tellPlan } from "./tell-plan.js";

export interface BuildFlags extends RequestFlags {
  readonly config?: string;
  readonly format: string;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly attach?: boolean;
  readonly follow?: boolean;
  readonly every: string;
  readonly debug?: boolean;
}

/** `timeline build`: what was asked for is judged whole before anything is read. */
export async function runBuildCommand(flags: BuildFlags, io: Io): Promise<ExitCode> {
  const options = { formats: formatsOf(flags.format), strict: flags.strict === true, quiet: flags.quiet === true || flags.json === true };
  const every = pauseOf(flags.every);
  const times = flagTimes(flags, io);
  const config = await loadConfig({ path: flags.config ?? null, cwd: io.cwd, env: io.env, connectors: builtinConnectors });
  if (flags.dryRun === true) await refuseOlderStore(config.store);
  const request = await buildRequest({ ...flags, quiet: options.quiet }, times, config, io);
  if (flags.dryRun === true) return tellDryRun(flags, config, request, io);
  const told = { quiet: options.quiet, debug: flags.debug === true };
  const teller = flags.json === true ? jsonTeller(io, told) : textTeller(io, config, told);
  try {
    return flags.follow === true
      ? await followBuild(config, request, io, teller, { ...options, every })
      : await buildAndTell(config, request, io, teller, { ...options, attach: flags.attach === true });
  } catch (error) {
    return teller.failed(io.signal.aborted ? io.signal.reason : error);
  }
}

async function tellDryRun(flags: BuildFlags, config: ResolvedConfig, request: BuildRequest, io: Io): Promise<ExitCode> {
  const code = await tellPlan(config, request, io, { formats: formatsOf(flags.format), json: flags.json === true });
  if (flags.attach !== true || flags.json === true) return code;
  const { wouldAttach } = await import("./attach-by-hand.js");
  const places = await wouldAttach(incidentId(request), config, io);
  io.out(places === null ? "\nWhat would be attached is known once it was built.\n" : `\n${attachedText(places)}`);
  return code;
}

/** Builds, tells what came of it, and gives the exit code. */
export async function buildAndTell(
  config: ResolvedConfig,
  request: BuildRequest,
  io: Io,
  teller: BuildTeller,
  options: RunBuildOptions & { readonly strict: boolean; readonly attach?: boolean },
): Promise<ExitCode> {
  const outcome = await runBuild(config, request, io, { ...options, reporter: teller.reporter(request) });
  teller.done(outcome, request);
  if (options.attach === true) {
    const { attachByHand, hasFailed } = await import("./attach-by-hand.js");
    const places = await attachByHand(outcome.draft.incident.id, config, io);
    teller.attached(places);
    if (hasFailed(places)) return ExitCode.attachFailed;
  }
  return options.strict && gapCount(outcome.draft) > 0 ? ExitCode.checkFailed : ExitCode.done;
}
