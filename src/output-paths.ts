import { join, resolve } from "node:path";
import type { AnyExporter } from "./contract/export.js";
import type { DocumentStyle } from "./contract/template.js";
import { chartFolder } from "./export/charts.js";
import { shows } from "./export/markdown/from-template.js";
import { publicFile } from "./export/public-summary.js";
import { checkWritable, nameBeside } from "./merge/index.js";

/** What of an incident is to be written, and where. */
export interface Targets {
  readonly incident: string;
  readonly exporters: readonly Pick<AnyExporter, "format" | "extension">[];
  readonly out: string;
  readonly style?: DocumentStyle;
  /** The summary for people outside as well. */
  readonly forPublic: boolean;
}

/**
 * Before any source is asked: whether the files of an incident could be written.
 * @throws {UnsafeWriteError}
 */
export async function checkTargets(targets: Targets): Promise<void> {
  const charts = chartsPath(targets);
  const kept = nameBeside(ownersFilePath(targets.out, targets.incident), "previous");
  await checkWritable(targets.out, [...pathsOf(targets), kept], charts === null ? [] : [charts]);
}

/** The files of an incident, one a format. */
export function pathsOf({ incident, exporters, out, forPublic }: Omit<Targets, "style">): string[] {
  return [...exporters.map((exporter) => outputPath(out, incident, exporter)), ...(forPublic ? [publicPath(out, incident)] : [])];
}

/** The folder of the charts; null where the Markdown shows none from files, or is not written. */
export function chartsPath({ incident, exporters, out, style }: Omit<Targets, "forPublic">): string | null {
  const drawn = exporters.some(({ format }) => format === "md") && drawsFiles({ style });
  return drawn ? join(out, chartFolder(incident)) : null;
}

/** Whether what stood out in the metrics is drawn in files. */
export function drawsFiles({ style }: { readonly style?: DocumentStyle | undefined }): boolean {
  return style?.charts === undefined && shows({ style }, "metrics");
}

export function outputPath(out: string, incident: string, { extension }: Pick<AnyExporter, "extension">): string {
  return join(out, `${incident}${extension}`);
}

/** Where the file that the owner edits stands. */
export function ownersFilePath(out: string, incident: string): string {
  return outputPath(resolve(out), incident, { extension: ".md" });
}

export function publicPath(out: string, incident: string): string {
  return outputPath(out, incident, publicFile);
}
