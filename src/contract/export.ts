import type { EpochMicros } from "../kit/instant.js";
import type { BuildInfo, Draft } from "./draft.js";
import type { GeneratedUnit } from "./owner-file.js";
import type { DocumentStyle } from "./template.js";

/** One series thinned for a small chart, at most 300 points of the metric span. */
export interface ChartSeries {
  readonly series: string;
  readonly unit: string | null;
  readonly stepSeconds: number;
  readonly times: readonly EpochMicros[];
  /** null: no sample. */
  readonly values: readonly (number | null)[];
  /** What earlier days make usual at each of the times; null: not known there. Absent without earlier days. */
  readonly baseline?: readonly ({ readonly lower: number; readonly upper: number } | null)[];
}

/** What an exporter gets: the merged draft and the stamp. Pure in, text out. */
export interface ExportInput {
  readonly draft: Draft;
  /** Person key to role, as printed. */
  readonly roles: Readonly<Record<string, string>>;
  readonly build: BuildInfo;
  /** IANA name: times are shown in UTC, and in this zone beside it when it is another. */
  readonly timezone: string;
  /** For charts, where there are points. */
  readonly series?: readonly ChartSeries[];
  /** Of the Markdown. */
  readonly style?: DocumentStyle;
}

/** The format that owners edit: it is merged unit by unit, and never written over. */
export interface DocumentExporter {
  readonly format: "md";
  readonly extension: string;
  /** In the order in which they stand. */
  units(input: ExportInput): readonly GeneratedUnit[];
}

/** Formats that are made anew each time. */
export interface Exporter {
  readonly format: "json" | "csv" | "jsonl" | "html";
  readonly extension: string;
  render(input: ExportInput): string;
  /**
   * Hash over everything but the stamp, as found in a file that we wrote: `null` when the text is not ours or was
   * changed since. Two renderings with the same hash need no rewriting.
   */
  untouchedHash(text: string): string | null;
}

export type AnyExporter = DocumentExporter | Exporter;
export type Format = AnyExporter["format"];
