import type { EpochMicros, Span } from "../kit/instant.js";
import type { Visibility } from "./evidence.js";

/** One series as the detector sees it. Pure data. */
export interface MetricSeries {
  /** `checkout.errors` or `checkout.errors{env:prod}`. */
  readonly series: string;
  readonly unit: string | null;
  /** `counter`: a total that only grows, until its process starts anew; it is read as a rate. */
  readonly type: "gauge" | "count" | "rate" | "counter";
  readonly stepMicros: number;
  /** Bucket starts, microseconds UTC, ascending; window, lead-in and baselines together. */
  readonly times: Float64Array;
  /** NaN: no sample. */
  readonly values: Float64Array;
  readonly window: Span;
  readonly baselines: readonly Span[];
}

export type AnomalyKind = "spike" | "drop" | "level_shift" | "ramp" | "flatline" | "missing" | "variance";

export interface Anomaly {
  readonly series: string;
  readonly kind: AnomalyKind;
  readonly onset: EpochMicros;
  /** null: still going at the end of what was asked. */
  readonly end: EpochMicros | null;
  /** How sure the onset is: the step of the points around it. */
  readonly precisionMicros: number;
  readonly direction: "up" | "down" | "none";
  /** Usual value, and the most extreme one, in the metric's own unit. */
  readonly usual: number;
  readonly extreme: number;
  /** extreme / usual, where that means something. */
  readonly factor: number | null;
  /** 0 to 1, comparable between metrics. */
  readonly score: number;
  /** What the finding rests on. */
  readonly figures?: AnomalyFigures;
  /** Findings of other series of the same service with the same onset, the earliest first: told together with this one. */
  readonly members?: readonly Anomaly[];
}

/** The test that fired, in the metric's own unit. */
export interface AnomalyFigures {
  /** `level`: means before and after; `scatter`: distance from the running median; `silence`: a run of nothing, or of one value. */
  readonly test: "level" | "scatter" | "silence";
  /** Samples whose mean was compared with those before, or length of the run. */
  readonly samples: number;
  /** What told the usual value; a change is news only where all of them agree. */
  readonly expectedFrom: readonly string[];
  /** Size of the change, how much such changes usually scatter in this series, and the smallest that is told. Of runs: null. */
  readonly change: number | null;
  readonly noise: number | null;
  readonly needed: number | null;
}

/** By onset, then series; related findings as one, with members. Same series, same answer. */
export type Detect = (series: readonly MetricSeries[]) => readonly Anomaly[];

/** What is known of a series beside its points. */
export interface SeriesFacts {
  readonly connector: string;
  readonly series: string;
  readonly unit: string | null;
  readonly stepSeconds: number;
  /** Samples inside the metric span, those without a value not counted. */
  readonly points: number;
  readonly visibility: Visibility;
  /** Where a reader sees the graph. */
  readonly url: string | null;
}
