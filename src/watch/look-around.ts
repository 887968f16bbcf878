import type { NoticeProblem, NoticeReport } from "../contract/notice.js";
import type { LookRecord } from "../contract/watch.js";
import { SourceError } from "../kit/errors.js";
import type { EpochMicros } from "../kit/instant.js";
import { errorId } from "./do-work.js";
import type { LookedAt, WatchPorts } from "./ports.js";

type Ports = Pick<WatchPorts, "clock" | "signal" | "log" | "looked">;

export interface LookedAround {
  readonly reports: readonly NoticeReport[];
  readonly looks: readonly LookRecord[];
}

/** Asks every place at once; one that cannot be asked costs its own reports only. */
export async function lookAround(since: EpochMicros, last: ReadonlyMap<string, LookRecord>, ports: Ports): Promise<LookedAround> {
  const looked = await Promise.all(ports.looked.map((place) => lookAt(place, since, last.get(place.connector), ports)));
  return { reports: looked.flatMap(({ reports }) => reports), looks: looked.map(({ record }) => record) };
}

async function lookAt(place: LookedAt, since: EpochMicros, last: LookRecord | undefined, { clock, signal, log }: Ports) {
  const began = clock.now();
  const { connector } = place;
  try {
    const { reports, problems } = await place.look(since, began);
    if (last !== undefined && last.error !== null) log("info", "looking again", { connector });
    for (const { place: where, text } of newIn(problems, last))
      log("warning", "cannot be noticed", { connector, place: where, problem: text });
    return { reports, record: { connector, doneAt: began, triedAt: began, error: null, problems } };
  } catch (error) {
    signal.throwIfAborted();
    log("error", "look failed", { connector, error: errorId(error) });
    const record = { connector, doneAt: last?.doneAt ?? null, triedAt: began, error: textOf(error), problems: last?.problems ?? [] };
    return { reports: [], record };
  }
}

/** A problem is told once, as long as it lasts. */
function newIn(problems: readonly NoticeProblem[], last: LookRecord | undefined): readonly NoticeProblem[] {
  return problems.filter(({ place, text }) => last?.problems.some((each) => each.place === place && each.text === text) !== true);
}

/** Of failures that are ours to word: others may quote what came over the wire. */
function textOf(error: unknown): string {
  return error instanceof SourceError ? [error.message, error.hint].filter(Boolean).join(". ") : errorId(error);
}
