import type { GapReason } from "../kit/errors.js";

/** Facts about a build while it goes on, for whoever shows them. */
export type ProgressEvent =
  | { readonly type: "step"; readonly step: "collect" | "normalize" | "detect" | "draft" | "merge" | "export" }
  | { readonly type: "source"; readonly connector: string; readonly source: string; readonly scope: string; readonly items: number }
  | {
      readonly type: "source done";
      readonly connector: string;
      readonly source: string;
      readonly scopes: number;
      readonly items: number;
      readonly gaps: number;
    }
  | { readonly type: "waiting"; readonly connector: string; readonly bucket: string; readonly ms: number; readonly why: string }
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
