import { resolve } from "node:path";
import type { Audience } from "../contract/audience.js";
import type { AnyExporter, ExportInput } from "../contract/export.js";
import { chartSeries } from "../detect/index.js";
import { exporters } from "../export/index.js";
import { checkTargets, exportFiles, exportText, pathsOf } from "../export-files.js";
import { ExitCode, UsageError } from "../kit/errors.js";
import { visible } from "../kit/text.js";
import { styleOfExport, type ChartChoice } from "./document-style.js";
import { formatsOf } from "./formats.js";
import type { Io } from "./io.js";
import { withDraft, type OpenDraft } from "./open-draft.js";
import { packageVersion } from "./package-version.js";
import { publicPath, publicText, writePublicSummary, type PublicRequest } from "../write-public-summary.js";
import { shortPath, writtenText } from "./written.js";

export interface ExportFlags {
  readonly format: string;
  readonly out: string;
  readonly incident?: string;
  readonly config?: string;
  readonly dryRun?: boolean;
  readonly template?: string;
  readonly charts?: ChartChoice;
  readonly audience?: Audience;
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
    if (flags.out === STANDARD_OUTPUT)
      io.out(
        flags.audience === "public"
          ? await publicText(publicRequest(open, open.file.text), open.ports)
          : exportText(input, chosen[0]!, open.file),
      );
    else io.out(`${visible(await write(input, open, chosen, flags, io))}\n`);
  });
  return ExitCode.done;
}

async function write(input: ExportInput, open: OpenDraft, chosen: readonly AnyExporter[], flags: ExportFlags, io: Io): Promise<string> {
  const out = resolve(io.cwd, flags.out);
  const { id } = open.draft.incident;
  const shared = flags.audience === "public" ? [publicPath(out, id)] : [];
  if (flags.dryRun === true)
    return ["Would be written", ...[...pathsOf(id, chosen, out), ...shared].map((path) => `  ${shortPath(path, io.cwd)}`)].join("\n");
  await checkTargets(id, chosen, out);
  const { files, owners } = await exportFiles(input, chosen, out, open.file);
  const request = publicRequest(open, owners?.text ?? open.file.text);
  const others = flags.audience === "public" ? [await writePublicSummary(request, out, open.ports)] : [];
  return writtenText([...files, ...others], io.cwd);
}

function publicRequest({ basis, draft, config }: OpenDraft, file: string | null): PublicRequest {
  return { basis, internal: draft, file, sections: config.publicSections };
}

/** Stamped with the build that it shows, so that the same store gives the same bytes; an export itself calls nobody. */
export function exportInput({ draft, roles, build, config, series }: OpenDraft): ExportInput {
  const { at, openUntil } = build;
  const stamp = { at, version: packageVersion(), tookMs: 0, calls: [], openUntil, checkedSince: [] };
  return { draft, roles, build: stamp, timezone: config.timezone, series: series.map(chartSeries) };
}
