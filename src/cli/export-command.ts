import { resolve } from "node:path";
import type { AnyExporter, ExportInput } from "../contract/export.js";
import { chartSeries } from "../detect/index.js";
import { exporters } from "../export/index.js";
import { checkTargets, exportFiles, exportText, pathsOf } from "../export-files.js";
import { ExitCode, UsageError } from "../kit/errors.js";
import { visible } from "../kit/text.js";
import { styleOfExport } from "./document-style.js";
import { formatsOf } from "./formats.js";
import type { Io } from "./io.js";
import { withDraft, type OpenDraft } from "./open-draft.js";
import { packageVersion } from "./package-version.js";
import { shortPath, writtenText } from "./written.js";

export interface ExportFlags {
  readonly format: string;
  readonly out: string;
  readonly incident?: string;
  readonly config?: string;
  readonly dryRun?: boolean;
  readonly template?: string;
}

const STANDARD_OUTPUT = "-";

/** `timeline export`: the bytes of the last build, apart from its stamp, in any format. */
export async function runExportCommand(flags: ExportFlags, io: Io): Promise<ExitCode> {
  const formats = formatsOf(flags.format);
  if (flags.out === STANDARD_OUTPUT && formats.length > 1)
    throw new UsageError("--out -: standard output takes one format.", { id: "FLAG_INVALID", hint: "For instance --format json --out -." });
  const chosen = exporters.filter((exporter) => formats.includes(exporter.format));
  await withDraft(flags, io, async (open) => {
    const input = { ...exportInput(open), style: await styleOfExport(flags, open.build, io) };
    if (flags.out === STANDARD_OUTPUT) io.out(exportText(input, chosen[0]!, open.file));
    else io.out(`${visible(await write(input, open, chosen, flags, io))}\n`);
  });
  return ExitCode.done;
}

async function write(input: ExportInput, open: OpenDraft, chosen: readonly AnyExporter[], flags: ExportFlags, io: Io): Promise<string> {
  const out = resolve(io.cwd, flags.out);
  const { id } = open.draft.incident;
  if (flags.dryRun === true)
    return ["Would be written", ...pathsOf(id, chosen, out).map((path) => `  ${shortPath(path, io.cwd)}`)].join("\n");
  await checkTargets(id, chosen, out);
  return writtenText((await exportFiles(input, chosen, out, open.file)).files, io.cwd);
}

/** Stamped with the build that it shows, so that the same store gives the same bytes; an export itself calls nobody. */
export function exportInput({ draft, roles, build, config, series }: OpenDraft): ExportInput {
  const { at, openUntil } = build;
  const stamp = { at, version: packageVersion(), tookMs: 0, calls: [], openUntil, checkedSince: [] };
  return { draft, roles, build: stamp, timezone: config.timezone, series: series.map(chartSeries) };
}
