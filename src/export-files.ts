import { join } from "node:path";
import type { Comparison } from "./contract/comparison.js";
import type { AnyExporter, ExportInput } from "./contract/export.js";
import { chartFile, chartFiles, chartFolder } from "./export/charts.js";
import { markdown } from "./export/markdown.js";
import {
  compareFile,
  mergeFile,
  ownersTimeline,
  readOwnersFile,
  writeCharts,
  writeOutput,
  writeOwnersFile,
  type NewlyGenerated,
} from "./merge/index.js";
import type { OwnersFile, OwnersFileWritten, Written } from "./merge/index.js";
import { drawsFiles, outputPath, ownersFilePath } from "./output-paths.js";

export interface ExportedFiles {
  readonly files: readonly Written[];
  /** Beside the Markdown, a file each. */
  readonly charts: readonly Written[];
  /** What became of the file that the owner edits; null where Markdown was not asked for. */
  readonly owners: OwnersFileWritten | null;
}

/**
 * The last step of a build, and all of an export: one file a format, each written whole or not at all. Markdown is merged
 * into what stands there; where nothing does it has the owner's words of `file`.
 * @throws {UnsafeWriteError}
 */
export async function exportFiles(
  input: ExportInput,
  exporters: readonly AnyExporter[],
  out: string,
  file: OwnersFile,
): Promise<ExportedFiles> {
  const { id } = input.draft.incident;
  const path = ownersFilePath(out, id);
  const there = await readOwnersFile(path);
  const asked = exporters.some((exporter) => "units" in exporter);
  const owners = asked ? await writeOwnersFile(path, there, file, generatedFrom(input)) : null;
  const charts = asked ? await writeCharts(join(out, chartFolder(id)), chartsOf(input), chartFile) : [];
  const merged = withOwnersWords(input, owners?.text ?? there.text ?? file.text);
  const files: Written[] = [];
  for (const exporter of exporters) {
    if ("units" in exporter) files.push(owners!);
    else files.push(await writeOutput(outputPath(out, id, exporter), exporter.render(merged), exporter));
  }
  return { files, charts, owners };
}

/** None where the Markdown shows none: those of earlier builds go. */
function chartsOf(input: ExportInput) {
  return drawsFiles(input) ? chartFiles(input) : [];
}

/** What every format but the owner's own file shows: the draft with what the owner has changed in that file. */
export function withOwnersWords(input: ExportInput, text: string | null): ExportInput {
  return text === null ? input : { ...input, draft: ownersTimeline(input.draft, text, generatedFrom(input)) };
}

/** One format as text, written nowhere. Where no owner's file is, no folder of charts is either: they stand in the text. */
export function exportText(written: ExportInput, exporter: AnyExporter, file: OwnersFile): string {
  const input = file.text === null ? { ...written, style: { charts: "inline" as const, ...written.style } } : written;
  const merged = mergeFile(file.text, generatedFrom(input));
  if (!("units" in exporter)) return exporter.render(withOwnersWords(input, "text" in merged ? merged.text : null));
  return "text" in merged ? merged.text : merged.proposal;
}

/** The marks of an owner's file against what would be generated now; null where it has none that can be read. */
export function compareWithOwnersFile(input: ExportInput, text: string, altered: ReadonlySet<string>): Comparison | null {
  return compareFile(text, input.draft.entries, altered, generatedFrom(input));
}

/** The document with whatever choice of entries the merge asks for. */
export function generatedFrom(input: ExportInput): NewlyGenerated {
  const { draft, roles } = input;
  return {
    incident: draft.incident.id,
    drafted: new Set(draft.entries.flatMap(({ id, aliases }) => [id, ...aliases])),
    roles: holdersOf(roles, draft.entries),
    render: (isShown) => {
      const entries = draft.entries.map((entry) => ({ ...entry, highlighted: isShown(entry.id, entry.highlighted) }));
      return markdown.units({ ...input, draft: { ...draft, entries } });
    },
  };
}

/** Each role with the first entry of the person who has it, for those who have one. */
function holdersOf(roles: ExportInput["roles"], entries: ExportInput["draft"]["entries"]): [role: string, entry: string][] {
  const first = new Map<string, string>();
  for (const { id, person } of entries) if (person !== null && !first.has(person)) first.set(person, id);
  return Object.entries(roles).flatMap(([person, role]) => (first.has(person) ? [[role, first.get(person)!] as [string, string]] : []));
}
