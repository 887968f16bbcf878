import type { EpochMicros } from "../kit/instant.js";
import type { Remote, Stage } from "./destination.js";
import type { NoticeProblem, NoticeReport } from "./notice.js";

/** How a piece of work goes that is tried until it succeeds. */
export interface Tries {
  /** When the last one began that succeeded; null: none did. */
  readonly doneAt: EpochMicros | null;
  /** When the last one ended, whatever came of it. */
  readonly triedAt: EpochMicros | null;
  /** In a row, since the last that succeeded. */
  readonly failures: number;
  /** Stable id of the last failure, such as NO_SOURCE_READ; null after a success. */
  readonly error: string | null;
}

/** An incident that is watched: what its places tell, and how far we are with it. */
export interface WatchedIncident {
  /** Fixed when it was noticed. */
  readonly id: string;
  /** The first that told of it leads; the others fill in what it leaves open. In the order in which they told. */
  readonly reports: readonly NoticeReport[];
  readonly noticedAt: EpochMicros;
  /** When we last heard something else of it: another start, end, title, severity, service, place. */
  readonly changedAt: EpochMicros;
  /** When we heard that it is over; null while it is open. */
  readonly overSince: EpochMicros | null;
  /** What the last build asked for: who finds something else in the store knows that a person has corrected it. */
  readonly asked: { readonly title: string; readonly start: EpochMicros; readonly end: EpochMicros | null } | null;
  readonly build: Tries;
  readonly attach: Tries;
  /** Nothing is due any more, unless a place corrects itself. */
  readonly isDone: boolean;
}

/** What we attached to one place. */
export interface AttachedRecord {
  readonly incident: string;
  readonly connector: string;
  readonly place: string;
  /** `posting`: it may be there or not, and must be looked for. `gone`: somebody took it away, and it stays away. */
  readonly state: "posting" | "shown" | "gone";
  /** What the vendor calls it; null: not known. */
  readonly remote: Remote | null;
  /** Hash and stage of what it shows; null: not known. */
  readonly hash: string | null;
  readonly stage: Stage | null;
  readonly at: EpochMicros;
}

/** A place that is looked at for incidents. */
export interface LookRecord {
  readonly connector: string;
  /** When a look last succeeded; null: none did. */
  readonly doneAt: EpochMicros | null;
  readonly triedAt: EpochMicros;
  /** What kept the last one from succeeding, in words; null: nothing. */
  readonly error: string | null;
  readonly problems: readonly NoticeProblem[];
}

/** What watching keeps beside the evidence. Each writing method is one transaction. */
export interface WatchStore {
  /** By id. */
  watched(): Promise<readonly WatchedIncident[]>;
  putWatched(incidents: readonly WatchedIncident[]): Promise<void>;
  looks(): Promise<readonly LookRecord[]>;
  putLook(look: LookRecord): Promise<void>;
  attached(incident: string): Promise<readonly AttachedRecord[]>;
  putAttached(record: AttachedRecord): Promise<void>;
  /** Whether a delivery to the endpoint was taken before. */
  hasDelivery(connector: string, delivery: string): Promise<boolean>;
  /** Remembers one, once what it told is kept. Those of before `forget` are forgotten. */
  putDelivery(connector: string, delivery: string, at: EpochMicros, forget: EpochMicros): Promise<void>;
}
