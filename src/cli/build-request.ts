import { resolve } from "node:path";
import type { ResolvedConfig } from "../config/index.js";
import type { Audience } from "../contract/audience.js";
import { isNarrowed, type Narrowing } from "../contract/selection.js";
import { UsageError } from "../kit/errors.js";
import { toIso, type EpochMicros } from "../kit/instant.js";
import type { BuildRequest } from "../pipeline.js";
import { parseTime, type TimeContext } from "../window/index.js";
import { findIncident, type FoundIncident } from "./find-incident.js";
import type { Io } from "./io.js";
import { styleOfBuild, type ChartChoice } from "./document-style.js";
import { narrowingOf, type NarrowingFlags } from "./narrowing.js";

export interface RequestFlags extends NarrowingFlags {
  readonly incident?: string;
  readonly start?: string;
  readonly end?: string;
  readonly from?: string;
  readonly until?: string;
  readonly tz?: string;
  readonly title?: string;
  readonly id?: string;
  readonly out: string;
  readonly refresh?: boolean;
  readonly reopen?: boolean;
  readonly quiet?: boolean;
  readonly highlights?: number;
  readonly template?: string;
  readonly charts?: ChartChoice;
  readonly audience?: Audience;
}

/** The times that were written as flags; null where none was. */
export type FlagTimes = Readonly<Record<"start" | "end" | "from" | "until", EpochMicros | null>>;

/** @throws {UsageError} TIME_INVALID with every time that cannot be read. */
export function flagTimes(flags: RequestFlags, io: Io): FlagTimes {
  const problems: string[] = [];
  const hints = new Set<string>();
  const time = (name: keyof FlagTimes): EpochMicros | null => {
    const text = flags[name];
    if (text === undefined) return null;
    try {
      return parseTime(text, contextOf(flags, io));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push(`--${name}: ${error.message}`, ...error.problems);
      if (error.hint !== undefined) hints.add(error.hint);
      return null;
    }
  };
  const times = { start: time("start"), end: time("end"), from: time("from"), until: time("until") };
  if (problems.length > 0) throw new UsageError("The times cannot be used.", { id: "TIME_INVALID", problems, hint: [...hints].join(" ") });
  return times;
}

/**
 * What is to be built: what the flags say, and for the rest the incident that they name. A start that nobody wrote is
 * asked back on a terminal, and taken as it is where nobody can answer.
 */
export async function buildRequest(flags: RequestFlags, times: FlagTimes, config: ResolvedConfig, io: Io): Promise<BuildRequest> {
  const found =
    flags.incident !== undefined || times.start === null ? await findIncident(flags.incident, flags.tz ?? null, config, io) : null;
  const { start, end } = await confirmed(found, flags, times, io);
  return {
    id: flags.id ?? found?.id ?? null,
    title: flags.title ?? found?.title ?? "Incident",
    start,
    end,
    from: times.from,
    until: times.until,
    out: resolve(io.cwd, flags.out),
    refresh: flags.refresh === true,
    reopen: flags.reopen === true,
    narrowing: narrowing(narrowingOf(flags), found),
    reported: found?.reported ?? null,
    highlights: flags.highlights,
    ...(flags.audience === "public" ? { publicSections: config.publicSections } : {}),
    style: await styleOfBuild(flags, config, io),
  };
}

/** Flags replace what was asked last time; the incident's own channel stays. */
function narrowing(flags: Narrowing, found: FoundIncident | null): Narrowing {
  if (found === null) return flags;
  return isNarrowed(flags) ? { ...flags, also: found.narrowing.also } : found.narrowing;
}

async function confirmed(
  found: FoundIncident | null,
  flags: RequestFlags,
  times: FlagTimes,
  io: Io,
): Promise<{ readonly start: EpochMicros; readonly end: EpochMicros | null }> {
  const start = times.start ?? found!.start;
  const end = times.end ?? found?.end ?? null;
  if (times.start !== null || found === null || found.startMeans === null) return { start, end };
  const said = `${toIso(start, 1_000_000)} (${found.startMeans})`;
  if (io.ask === undefined) {
    if (flags.quiet !== true) io.err.write(`start: ${said}; correct it with --start\n`);
    return { start, end };
  }
  const context = contextOf(flags, io);
  const asked = await askTime(`It began at ${said}. Enter: yes; or type when: `, context, io);
  if (end !== null || flags.end !== undefined) return { start: asked ?? start, end };
  return { start: asked ?? start, end: await askTime("Is it over? Enter: still open; or type when it ended: ", context, io) };
}

/** null: Enter. Asks again until the answer can be read. */
async function askTime(question: string, context: TimeContext, io: Io): Promise<EpochMicros | null> {
  for (;;) {
    const answer = (await io.ask!(question)).trim();
    if (answer === "" || /^y(?:es)?$/i.test(answer)) return null;
    try {
      return parseTime(answer, context);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      io.err.write(`${error.message}\n`);
    }
  }
}

function contextOf({ tz }: RequestFlags, io: Io): TimeContext {
  return { now: io.clock.now(), timezone: tz ?? null };
}
