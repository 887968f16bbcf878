import type { GapReason } from "../kit/errors.js";
import type { EpochMicros } from "../kit/instant.js";
import type { Category } from "./window.js";

/** A change or an alert, as soon as it is stored: before roles, order and draft are known. */
export interface FoundEvent {
  readonly type: "found";
  /** Of the evidence. */
  readonly id: string;
  readonly at: EpochMicros;
  readonly category: Category;
  readonly connector: string;
  readonly source: string;
  /** As a reader knows it. */
  readonly scope: string;
  /** One line, without names of people other than in its title. */
  readonly text: string;
}

/** Facts about a build while it goes on, for whoever shows them. */
export type ProgressEvent =
  | { readonly type: "step"; readonly step: "collect" | "normalize" | "detect" | "draft" | "merge" | "export" }
  | {
      readonly type: "source";
      readonly connector: string;
      readonly source: string;
      readonly scope: string;
      /** Records and pieces of series of the page that was just stored. */
      readonly items: number;
      /** How much of all that this source has to ask is known now, 0 to 1. */
      readonly share: number;
    }
  | FoundEvent
  | {
      readonly type: "source done";
      readonly connector: string;
      readonly source: string;
      readonly scopes: number;
      readonly items: number;
      readonly gaps: number;
    }
  | {
      readonly type: "waiting";
      readonly connector: string;
      readonly bucket: string;
      readonly ms: number;
      readonly why: string;
      /** What the vendor allows, in words: "Slack allows 50 pages a minute"; null: it does not say. */
      readonly allows: string | null;
    }
  | {
      readonly type: "gap";
      readonly connector: string;
      readonly source: string;
      readonly scope: string;
      readonly reason: GapReason;
      readonly detail: string;
    }
  | { readonly type: "warning"; readonly text: string };

export type Progress = (event: ProgressEvent) => void;
