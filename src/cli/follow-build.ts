import type { ResolvedConfig } from "../config/index.js";
import { parseDuration, type DurationMicros } from "../kit/duration.js";
import { ExitCode, Failure, UsageError } from "../kit/errors.js";
import { MICROS_PER_MINUTE, MICROS_PER_SECOND } from "../kit/instant.js";
import { oneLine, shorten } from "../kit/text.js";
import type { BuildOutcome, BuildRequest } from "../pipeline.js";
import { clockText } from "./clock-text.js";
import type { Io } from "./io.js";
import { chooseIncident, withStore } from "./read-store.js";
import { runBuild, type RunBuildOptions } from "./run-build.js";
import type { BuildTeller } from "./tell-build.js";

export interface FollowOptions extends RunBuildOptions {
  readonly every: DurationMicros;
  readonly quiet: boolean;
}

/** Below this the sources' limits are spent on looking. */
const LEAST = 30 * MICROS_PER_SECOND;
/** What ended longer ago is asked again only by a build that is started anew: edits and late replies are few. */
const RECHECK = 15 * MICROS_PER_MINUTE;
/** Without a terminal nobody can tell waiting from stuck otherwise. */
const HEARTBEAT_MS = 30_000;

/** @throws {UsageError} for what is no duration of 30 seconds or more. */
export function pauseOf(text: string): DurationMicros {
  const micros = parseDuration(text);
  if (micros !== null && micros >= LEAST) return micros;
  throw new UsageError(`--every: "${shorten(oneLine(text), 40)}" is no pause of 30 seconds or more.`, {
    id: "FLAG_INVALID",
    hint: "Such as --every 2m.",
  });
}

/**
 * Builds again and again while the incident is open, and tells what is new. It ends when the incident is closed (a build
 * or a file says when) or with Ctrl-C; an outage in between costs one round.
 */
export async function followBuild(
  config: ResolvedConfig,
  first: BuildRequest,
  io: Io,
  teller: BuildTeller,
  options: FollowOptions,
): Promise<ExitCode> {
  let outcome = await runBuild(config, first, io, { ...options, reporter: teller.reporter(first) });
  teller.done(outcome, first);
  const later: ResolvedConfig = { ...config, recheckFor: Math.min(config.recheckFor, RECHECK) };
  while (outcome.draft.incident.end === null) {
    await pause(options, io);
    const request = await corrected(first, outcome, config);
    const next = await oneRound(later, request, io, options);
    if (next === null) continue;
    const known = new Set(outcome.draft.entries.map(({ id }) => id));
    teller.news(
      next.draft.entries.filter(({ id }) => !known.has(id)),
      next,
      request,
    );
    outcome = next;
  }
  if (!options.quiet) io.err.write(`the incident is over since ${clockText(outcome.draft.incident.end)}: following ends\n`);
  return ExitCode.done;
}

/** null: nothing could be read this time. */
async function oneRound(config: ResolvedConfig, request: BuildRequest, io: Io, options: FollowOptions): Promise<BuildOutcome | null> {
  try {
    return await runBuild(config, { ...request, refresh: false }, io, options);
  } catch (error) {
    if (!(error instanceof Failure) || error.exitCode !== ExitCode.noSource || io.signal.aborted) throw error;
    io.err.write(`${clockText(io.clock.now())}: ${error.message.split("\n")[0]}; the next look tries again\n`);
    return null;
  }
}

/** Whoever corrects the incident meanwhile, in another terminal, is followed. */
async function corrected(request: BuildRequest, { draft }: BuildOutcome, config: ResolvedConfig): Promise<BuildRequest> {
  const record = await withStore(config.store, (store) => chooseIncident(store, draft.incident.id));
  return { ...request, id: record.id, title: record.title, start: record.incidentStart, end: record.incidentEnd };
}

async function pause({ every, quiet }: FollowOptions, io: Io): Promise<void> {
  const until = io.clock.now() + every;
  if (!quiet) io.err.write(`following; the next look is at ${clockText(until)}, Ctrl-C ends it\n`);
  for (let left = every / 1000; left > 0; left = (until - io.clock.now()) / 1000) {
    await io.clock.sleep(Math.min(left, HEARTBEAT_MS), io.signal);
    if (!quiet && io.err.isTTY !== true && until - io.clock.now() > MICROS_PER_SECOND) io.err.write("following\n");
  }
}
