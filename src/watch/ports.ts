import type { Stage } from "../contract/destination.js";
import type { Look, NoticeReport } from "../contract/notice.js";
import type { WatchedIncident, WatchStore } from "../contract/watch.js";
import type { Clock } from "../kit/clock.js";
import type { EpochMicros } from "../kit/instant.js";

/** What became of one place. No text of evidence is in it. */
export interface PlaceOutcome {
  readonly connector: string;
  readonly place: string;
  /** `skipped`: what it stands in is not there. */
  readonly outcome: "created" | "updated" | "unchanged" | "gone" | "failed" | "skipped";
  /** Of a failure; null: it was none, or has no id. */
  readonly error: { readonly id: string | null; readonly message: string } | null;
}

export type LogLevel = "info" | "warning" | "error";
/** One line for whoever runs it: ids, counts, durations. Never a secret, never what a source said. */
export type Log = (level: LogLevel, event: string, fields: Readonly<Record<string, string | number | null>>) => void;

export type NameNew = (report: NoticeReport, isTaken: (id: string) => boolean) => string;

/** One connector that is looked at. */
export interface LookedAt {
  readonly connector: string;
  look(since: EpochMicros, now: EpochMicros): Promise<Look>;
}

/** The outside world of the watch, handed in by the composition root. */
export interface WatchPorts {
  readonly store: WatchStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly looked: readonly LookedAt[];
  /** Asked before each folding: how new incidents are named, so that no two have one name. */
  namer(): Promise<NameNew>;
  /** Builds an incident as its places tell of it. @throws what kept it from succeeding. @returns what it asked for. */
  build(incident: WatchedIncident): Promise<BuildDone>;
  /** Attaches what the last build made wherever the config says. */
  attach(incident: WatchedIncident, stage: Stage): Promise<readonly PlaceOutcome[]>;
}

export interface BuildDone {
  readonly asked: NonNullable<WatchedIncident["asked"]>;
  readonly entries: number;
  readonly gaps: number;
}
