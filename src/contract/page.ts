import type { GapReason } from "../kit/errors.js";
import type { EpochMicros, Span } from "../kit/instant.js";
import type { Evidence, JsonObject, Visibility } from "./evidence.js";

/**
 * Metric points of one series over one slice, at the step the vendor chose. Stored as blobs, never row by row.
 * `values[i]` is null where the source names a bucket without a sample.
 */
export interface SeriesChunk {
  readonly source: string;
  readonly scope: string;
  /** The name of the query, with the tag set in braces when a query gives several: `checkout.errors{env:prod}`. */
  readonly series: string;
  /** The name of the query alone. */
  readonly name: string;
  readonly query: string;
  readonly unit: string | null;
  readonly type: "gauge" | "count" | "rate";
  readonly stepSeconds: number;
  readonly slice: Span;
  /** Bucket starts, microseconds UTC, ascending. */
  readonly times: readonly EpochMicros[];
  readonly values: readonly (number | null)[];
  readonly visibility: Visibility;
  /** Where a reader sees the graph. */
  readonly url: string | null;
}

/** Names that other records point to. The newest answer wins: a reference has no versions. */
export type Reference =
  | {
      readonly type: "account";
      readonly id: string;
      readonly kind: "person" | "bot" | "unknown";
      readonly handle: string | null;
      /** Display and real names, as they are written. */
      readonly names: readonly string[];
      /** Lower case. They join accounts of different connectors. */
      readonly emails: readonly string[];
    }
  | { readonly type: "channel"; readonly id: string; readonly name: string; readonly visibility: Visibility }
  | { readonly type: "repository"; readonly id: string; readonly name: string; readonly visibility: Visibility };

/** Something that could not be seen. Stored, and shown in the ledger. */
export interface Gap {
  readonly source: string;
  /** The scope it belongs to; the name as configured when no scope was reached. */
  readonly scope: string;
  /** What a reader calls that scope, where it is a key: "#inc-checkout". */
  readonly name?: string;
  readonly span: Span | null;
  readonly reason: GapReason;
  /** How many records, where that is known. */
  readonly count: number | null;
  /** What happened, in one line, without text of evidence, token or URL. */
  readonly detail: string;
  /** What the owner can do about it, in one line. */
  readonly hint: string | null;
  /** `private`: it names a scope that not everybody of the organisation may know of, or may not. Left out: `public`. */
  readonly visibility?: Visibility;
}

/** From where to where a scope is now known. Said with the records themselves, in one page. */
export interface Covered {
  readonly source: string;
  readonly scope: string;
  readonly span: Span;
}

/** A scope that was found while reading another: a thread in a channel. Kept by the store until it was asked. */
export interface DiscoveredScope {
  readonly source: string;
  readonly scope: string;
  readonly name: string;
  /** From the first to the last thing known to be in it: a thread's parent to its latest reply, both included. */
  readonly span: Span;
  readonly visibility: Visibility;
  readonly data: JsonObject;
}

/**
 * One step of collecting: committed in one transaction, so that what is covered and what was read never disagree.
 * Records may lie outside the asked span; `src/collect` cuts.
 */
export interface Page {
  readonly evidence?: readonly Evidence[];
  readonly series?: readonly SeriesChunk[];
  readonly references?: readonly Reference[];
  readonly gaps?: readonly Gap[];
  readonly covered?: readonly Covered[];
  readonly discovered?: readonly DiscoveredScope[];
}
