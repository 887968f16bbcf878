import type { WatchedIncident } from "../contract/watch.js";
import { ExitCode, Failure, SourceError } from "../kit/errors.js";
import type { Work } from "./next-work.js";
import type { PlaceOutcome, WatchPorts } from "./ports.js";
import { stageAt, type Schedule } from "./schedule.js";
import { failed, succeeded } from "./tries.js";

/** How an incident is changed by a work that ended: applied to what it is by then, since its places go on telling. */
export type Change = (incident: WatchedIncident) => WatchedIncident;

/** What came of one piece of work. */
export interface WorkDone {
  readonly outcome: "done" | "failed" | "interrupted";
  readonly change: Change;
  readonly places: readonly PlaceOutcome[];
  /** Of a build that succeeded: what could not be seen. */
  readonly gaps: number | null;
  /** With what a command would end that failed so; null: it did not. */
  readonly exitCode: ExitCode | null;
}

const NOTHING = { places: [], gaps: null, exitCode: null } as const;

type Ports = Pick<WatchPorts, "clock" | "signal" | "log" | "build" | "attach">;

/** One build or one attaching. It never throws: what went wrong is logged and tried again later. */
export async function doWork({ kind, incident }: Work, schedule: Schedule, ports: Ports): Promise<WorkDone> {
  const began = ports.clock.now();
  try {
    return await (kind === "build" ? build(incident, began, ports) : attach(incident, began, schedule, ports));
  } catch (error) {
    if (ports.signal.aborted) return { ...NOTHING, outcome: "interrupted", change: (now) => now };
    const id = errorId(error);
    ports.log("error", `${kind} failed`, { incident: incident.id, error: id, failures: incident[kind].failures + 1 });
    const ended = ports.clock.now();
    const change: Change = (now) => ({ ...now, [kind]: failed(now[kind], ended, id) });
    return { ...NOTHING, outcome: "failed", change, exitCode: exitCodeOf(error, kind) };
  }
}

async function build(incident: WatchedIncident, began: number, { clock, log, build: run }: Ports): Promise<WorkDone> {
  const { asked, entries, gaps } = await run(incident);
  const ended = clock.now();
  log("info", "built", { incident: incident.id, entries, gaps, ms: Math.round((ended - began) / 1000) });
  return { ...NOTHING, outcome: "done", change: (now) => ({ ...now, asked, build: succeeded(began, ended) }), gaps };
}

/** One place that failed is enough to come back: the others have it by then, and are left alone. */
async function attach(incident: WatchedIncident, began: number, schedule: Schedule, ports: Ports): Promise<WorkDone> {
  const { log, clock } = ports;
  const places = await ports.attach(incident, stageAt(incident, incident.build.doneAt ?? began, schedule));
  for (const { connector, place, outcome, error } of places) {
    if (outcome === "unchanged" || outcome === "skipped") continue;
    const level = outcome === "failed" ? "error" : "info";
    log(level, `attachment ${outcome}`, { incident: incident.id, connector, place, error: error?.id ?? null, why: error?.message ?? null });
  }
  const broken = places.find(({ outcome }) => outcome === "failed");
  const ended = clock.now();
  if (broken === undefined) return { ...NOTHING, outcome: "done", change: (now) => ({ ...now, attach: succeeded(began, ended) }), places };
  const id = broken.error?.id ?? "ATTACH_FAILED";
  const change: Change = (now) => ({ ...now, attach: failed(now.attach, ended, id) });
  return { outcome: "failed", change, places, gaps: null, exitCode: ExitCode.attachFailed };
}

function exitCodeOf(error: unknown, kind: Work["kind"]): ExitCode {
  if (error instanceof Failure) return error.exitCode;
  return kind === "attach" ? ExitCode.attachFailed : ExitCode.bug;
}

/** Stable, and never the message: a source's words could be in it. */
export function errorId(error: unknown): string {
  if ((error instanceof Failure || error instanceof SourceError) && error.id !== undefined) return error.id;
  return error instanceof Error ? error.name : "Error";
}
