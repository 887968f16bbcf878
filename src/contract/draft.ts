import type { GapReason } from "../kit/errors.js";
import type { EpochMicros, Span } from "../kit/instant.js";
import type { Anomaly } from "./detect.js";
import type { ObservedTime, Visibility } from "./evidence.js";
import type { Change, Person } from "./item.js";
import type { RichText } from "./rich-text.js";
import type { Window } from "./window.js";

export const PHASES = ["before", "detection", "diagnosis", "mitigation", "recovery", "after"] as const;
export type Phase = (typeof PHASES)[number];

export const MILESTONES = ["impactStart", "detected", "acknowledged", "declared", "mitigated", "recovered", "resolved"] as const;
export type MilestoneName = (typeof MILESTONES)[number];

/** From when on which phase is, ascending; a story that falls back has a phase twice. Before the first of them is `before`. */
export type PhaseBorders = readonly { readonly phase: Phase; readonly from: EpochMicros }[];

export function phaseAt(at: EpochMicros, borders: PhaseBorders): Phase {
  return borders.findLast(({ from }) => at >= from)?.phase ?? "before";
}

/** Never zero-filled: what was not found is said to be missing. */
export interface Milestone {
  readonly state: "found" | "missing" | "invalid order";
  readonly at: EpochMicros | null;
  /** Ids of the entries it came from. */
  readonly entries: readonly string[];
  /** In words: what it was taken from, or what was looked for. */
  readonly because: string;
}

export interface Link {
  readonly label: string;
  readonly url: string;
}

/** What was generated, where the owner has changed it in the file: only what differs. */
export type Original = Partial<Pick<Entry, "at" | "endedAt" | "precisionMicros" | "text" | "phase" | "highlighted">>;

export interface Entry {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly at: EpochMicros;
  readonly endedAt: EpochMicros | null;
  readonly atMeans: string;
  readonly precisionMicros: number;
  readonly sourceText: string;
  readonly phase: Phase;
  readonly kind: string;
  readonly category: string;
  /** What a reader reads. Holds roles, no names; tombstones hold no source text. */
  readonly text: RichText;
  /** Key of the person who acted, else null. */
  readonly person: string | null;
  readonly links: readonly Link[];
  readonly evidence: readonly string[];
  /** The change it is part of. */
  readonly group: string | null;
  readonly highlighted: boolean;
  readonly because: readonly string[];
  /** 0 to 1: how much attention the draft suggests. It ranks and claims no cause. */
  readonly score: number;
  readonly milestone: MilestoneName | null;
  readonly confidence: "fact" | "inferred";
  readonly visibility: Visibility;
  readonly scopeName: string;
  readonly deleted: boolean;
  readonly original?: Original;
}

export interface EvidenceRecord {
  readonly id: string;
  readonly kind: string;
  readonly times: readonly ObservedTime[];
  readonly url: string | null;
  readonly hash: string;
  readonly visibility: Visibility;
  readonly version: number;
}

/** A finding with the entry that shows it and the points around it, thinned for a small chart. */
export interface DraftAnomaly extends Anomaly {
  /** `datadog-metric:<series>@<onset>`: the evidence id of the design. */
  readonly id: string;
  readonly entry: string;
  readonly unit: string | null;
}

/** One line of the ledger. `not asked`, asked and none, n, and failed are four different states. */
export interface CoverageLine {
  readonly connector: string;
  readonly source: string;
  readonly scope: string;
  readonly name: string;
  readonly asked: Span | null;
  readonly seen: number;
  readonly state: "complete" | "partial" | "failed" | "not asked";
  readonly gaps: readonly {
    readonly reason: GapReason;
    readonly span: Span | null;
    readonly count: number | null;
    readonly detail: string;
    readonly hint: string | null;
  }[];
  readonly visibility: Visibility;
}

export interface Question {
  readonly entry: string | null;
  readonly text: string;
}

/** `draft = f(evidence, config, window, version)`. Pure; the same evidence gives the same draft on any day. */
export interface Draft {
  readonly incident: {
    readonly id: string;
    readonly title: string;
    readonly start: EpochMicros;
    readonly end: EpochMicros | null;
    /** In the organisation's words; absent when nobody said it. */
    readonly severity?: string;
    /** Where people work on it; absent when nobody said it. */
    readonly url?: string;
  };
  readonly window: Window;
  /** In total order, highlighted or not. */
  readonly entries: readonly Entry[];
  readonly evidence: readonly EvidenceRecord[];
  readonly series: readonly {
    readonly series: string;
    readonly unit: string | null;
    readonly stepSeconds: number;
    readonly points: number;
  }[];
  readonly milestones: Readonly<Record<MilestoneName, Milestone>>;
  readonly borders: PhaseBorders;
  readonly durations: readonly { readonly name: string; readonly micros: number | null; readonly definition: string }[];
  readonly changes: readonly (Change & {
    /** Ids of its entries. */
    readonly entries: readonly string[];
    readonly score: number;
    /** Microseconds from its last act before the impact to the impact start; negative when it came after. */
    readonly beforeImpactMicros: number | null;
  })[];
  readonly anomalies: readonly DraftAnomaly[];
  readonly questions: readonly Question[];
  readonly coverage: readonly CoverageLine[];
  readonly notes: readonly string[];
  readonly people: readonly Person[];
}

/** About this build and no other: the only part of an export that differs between two builds of the same evidence. */
export interface BuildInfo {
  readonly at: EpochMicros;
  readonly version: string;
  readonly tookMs: number;
  readonly calls: readonly {
    readonly connector: string;
    readonly calls: number;
    readonly retries: number;
    readonly waitedMs: number;
    /** Source clock minus ours, from `Date` headers. */
    readonly clockOffsetMs: number | null;
  }[];
  /** `until` was cut to now: the incident or its lead-out is not over. */
  readonly openUntil: boolean;
  /** Since when a source was not asked again, per connector. */
  readonly checkedSince: readonly {
    readonly connector: string;
    readonly source: string;
    readonly scope: string;
    readonly at: EpochMicros;
  }[];
}
