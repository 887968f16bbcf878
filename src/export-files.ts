import { join } from "node:path";
import type { Exporter, ExportInput } from "./contract/export.js";
import { checkWritable, writeOutput, type Written } from "./merge/index.js";

/**
 * Before any source is asked: whether the files of an incident could be written.
 * @throws {UnsafeWriteError}
 */
export async function checkTargets(incident: string, exporters: readonly Exporter[], out: string): Promise<void> {
  await checkWritable(
    out,
    exporters.map((exporter) => fileName(incident, exporter)),
  );
}

/**
 * The last step of a build, and all of an export: one file a format, each written whole or not at all.
 * @throws {UnsafeWriteError}
 */
export async function exportFiles(input: ExportInput, exporters: readonly Exporter[], out: string): Promise<Written[]> {
  const files: Written[] = [];
  const paths = pathsOf(input.draft.incident.id, exporters, out);
  for (const [index, exporter] of exporters.entries()) files.push(await writeOutput(paths[index]!, exporter.render(input), exporter));
  return files;
}

/** Where the files of an incident go, one a format. */
export function pathsOf(incident: string, exporters: readonly Exporter[], out: string): string[] {
  return exporters.map((exporter) => join(out, fileName(incident, exporter)));
}

function fileName(incident: string, { extension }: Exporter): string {
  return `${incident}${extension}`;
}
