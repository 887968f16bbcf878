import type { BuildInfo, Draft } from "./draft.js";

/** What an exporter gets: the merged draft and the stamp. Pure in, text out. */
export interface ExportInput {
  readonly draft: Draft;
  /** Person key to role, as printed. */
  readonly roles: Readonly<Record<string, string>>;
  readonly build: BuildInfo;
  /** IANA name: times are shown in UTC, and in this zone beside it when it is another. */
  readonly timezone: string;
}

export interface Exporter {
  readonly format: "md" | "json";
  readonly extension: string;
  render(input: ExportInput): string;
  /**
   * Hash over everything but the stamp, as found in a file that we wrote: `null` when the text is not ours or was
   * changed since. Two renderings with the same hash need no rewriting.
   */
  untouchedHash(text: string): string | null;
}
