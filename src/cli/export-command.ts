import { resolve } from "node:path";
import type { Audience } from "../contract/audience.js";
import type { AnyExporter, ExportInput } from "../contract/export.js";
import { exporters } from "../export/index.js";
import { exportFiles, exportText } from "../export-files.js";
import { ExitCode, UsageError } from "../kit/errors.js";
import { visible } from "../kit/text.js";
import { styleOfExport, type ChartChoice } from "./document-style.js";
import { exportInput } from "./export-input.js";
import { formatsOf } from "./formats.js";
import type { Io } from "./io.js";
import { withDraft, type OpenDraft } from "./open-draft.js";
import { checkTargets, type Targets } from "../output-paths.js";
import { publicText, writePublicSummary, type PublicRequest } from "../write-public-summary.js";
import { plannedFiles, remarksText, writtenText } from "./written.js";

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
    if (flags.out !== STANDARD_OUTPUT) io.out(`${visible(await write(input, open, chosen, flags, io))}\n`);
    else if (flags.audience === "public") await sayPublic(publicRequest(open, input, open.file.text), open, io);
    else io.out(exportText(input, chosen[0]!, open.file));
  });
  return ExitCode.done;
}

async function write(input: ExportInput, open: OpenDraft, chosen: readonly AnyExporter[], flags: ExportFlags, io: Io): Promise<string> {
  const out = resolve(io.cwd, flags.out);
  const { style = {} } = input;
  const targets: Targets = { incident: open.draft.incident.id, exporters: chosen, out, style, forPublic: flags.audience === "public" };
  if (flags.dryRun === true) return ["Would be written", ...plannedFiles(targets, io.cwd).map((path) => `  ${path}`)].join("\n");
  await checkTargets(targets);
  const { files, charts, owners } = await exportFiles(input, chosen, out, open.file);
  const request = publicRequest(open, input, owners?.text ?? open.file.text);
  const shared = flags.audience === "public" ? await writePublicSummary(request, out, open.ports) : null;
  const parts = [writtenText([...files, ...(shared ? [shared] : [])], charts, io.cwd), remarksText(shared?.remarks ?? [])];
  return parts.filter((part) => part !== "").join("\n\n");
}

async function sayPublic(request: PublicRequest, { ports }: OpenDraft, io: Io): Promise<void> {
  const { text, remarks } = await publicText(request, ports);
  io.out(text);
  if (remarks.length > 0) io.err.write(`${visible(remarksText(remarks))}\n`);
}

function publicRequest({ basis, config }: OpenDraft, internal: ExportInput, file: string | null): PublicRequest {
  return { basis, internal, file, sections: config.publicSections };
}
