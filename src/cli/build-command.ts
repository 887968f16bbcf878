import { resolve } from "node:path";
import { builtinConnectors } from "../../connectors/index.js";
import { loadConfig, type ResolvedConfig } from "../config/index.js";
import { ExitCode, UsageError } from "../kit/errors.js";
import type { EpochMicros } from "../kit/instant.js";
import type { BuildRequest } from "../pipeline.js";
import { parseTime } from "../window/index.js";
import { formatsOf } from "./formats.js";
import type { Io } from "./io.js";
import { narrowingOf } from "./narrowing.js";
import { runBuild, type RunBuildOptions } from "./run-build.js";
import { summarize } from "./summary.js";

export interface BuildFlags {
  readonly start: string;
  readonly end?: string;
  readonly from?: string;
  readonly until?: string;
  readonly tz?: string;
  readonly title: string;
  readonly id?: string;
  readonly config?: string;
  readonly out: string;
  readonly format: string;
  readonly service?: readonly string[];
  readonly channel?: readonly string[];
  readonly repo?: readonly string[];
  readonly metric?: readonly string[];
  readonly monitor?: readonly string[];
  readonly only?: readonly string[];
  readonly refresh?: boolean;
  readonly strict?: boolean;
  readonly quiet?: boolean;
}

/** `timeline build`: what was asked for is judged whole before anything is read. */
export async function runBuildCommand(flags: BuildFlags, io: Io): Promise<ExitCode> {
  const formats = formatsOf(flags.format);
  const request = requestOf(flags, io);
  const config = await loadConfig({ path: flags.config ?? null, cwd: io.cwd, env: io.env, connectors: builtinConnectors });
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

function requestOf(flags: BuildFlags, io: Io): BuildRequest {
  const context = { now: io.clock.now(), timezone: flags.tz ?? null };
  const problems: string[] = [];
  const hints = new Set<string>();
  const time = (name: "start" | "end" | "from" | "until"): EpochMicros | null => {
    const text = flags[name];
    if (text === undefined) return null;
    try {
      return parseTime(text, context);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push(`--${name}: ${error.message}`, ...error.problems);
      if (error.hint !== undefined) hints.add(error.hint);
      return null;
    }
  };
  const [start, end, from, until] = [time("start"), time("end"), time("from"), time("until")];
  if (problems.length > 0) throw new UsageError("The times cannot be used.", { id: "TIME_INVALID", problems, hint: [...hints].join(" ") });
  return {
    id: flags.id ?? null,
    title: flags.title,
    start: start!,
    end,
    from,
    until,
    out: resolve(io.cwd, flags.out),
    refresh: flags.refresh === true,
    narrowing: narrowingOf(flags),
  };
}
