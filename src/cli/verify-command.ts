import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { mismatches, type Comparison } from "../contract/comparison.js";
import { compareWithOwnersFile, exportText } from "../export-files.js";
import { ExitCode, UsageError } from "../kit/errors.js";
import { oneLine, visible } from "../kit/text.js";
import { jsonExport } from "../export/json/read-export.js";
import { alteredEvidence } from "./altered-evidence.js";
import { compareJson, compareSealed, sealedFormat } from "./compare-export.js";
import { exportInput } from "./export-input.js";
import type { Io } from "./io.js";
import { withDraft, type OpenDraft } from "./open-draft.js";

export interface VerifyFlags {
  readonly incident?: string;
  readonly config?: string;
  readonly json?: boolean;
}

const MOST_LISTED = 20;

/** `timeline verify`: an export against what the store holds; exit code 1 when something no longer matches. No network. */
export async function runVerifyCommand(file: string, flags: VerifyFlags, io: Io): Promise<ExitCode> {
  const text = await textOf(resolve(io.cwd, file), file);
  const incident = flags.incident ?? jsonExport(text)?.incident.id ?? incidentInFrontMatter(text);
  return withDraft({ ...flags, ...(incident === undefined ? {} : { incident }) }, io, async (open) => {
    const found = compare(file, text, open, await alteredEvidence(open));
    if (flags.json === true) io.out(`${JSON.stringify({ file, incident: open.draft.incident.id, ...found }, null, 2)}\n`);
    else io.out(`${visible(told(file, found, open))}\n`);
    return mismatches(found) === 0 ? ExitCode.done : ExitCode.checkFailed;
  });
}

function compare(file: string, text: string, open: OpenDraft, altered: ReadonlySet<string>): Comparison {
  const parsed = jsonExport(text);
  if (parsed !== null) return compareJson(parsed, text, open.draft, altered);
  const input = exportInput(open);
  const sealed = sealedFormat(file);
  if (sealed !== null) return compareSealed(text, exportText(input, sealed, open.file), sealed, altered);
  const found = compareWithOwnersFile(input, text, altered);
  if (found !== null) return found;
  throw new UsageError(`${file} carries no hashes to compare.`, {
    id: "VERIFY_NO_HASHES",
    hint: "Name a file that `timeline build` or `export` wrote. Markdown needs the closing mark at its end.",
  });
}

function told(file: string, found: Comparison, { draft }: OpenDraft): string {
  const count = mismatches(found);
  const compared = found.matching + found.changed.length + found.deletedAtSource.length + found.notInStore.length;
  return [
    `${file} against the store (${draft.incident.id})`,
    `  ${found.matching} of ${compared} match`,
    ...found.remarks.map((remark) => `  ${remark}`),
    ...listed("Changed since", found.changed),
    ...listed("Deleted at the source", found.deletedAtSource),
    ...listed("Not in the store, or outside what the last build asked for", found.notInStore),
    ...listed("Edited by the owner (no mismatch)", found.editedByOwner),
    count === 0 ? "everything matches" : count === 1 ? "1 mismatch" : `${count} mismatches`,
  ].join("\n");
}

function listed(title: string, ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const shown = ids.slice(0, MOST_LISTED);
  const more = shown.length < ids.length ? [`  ${shown.length} of ${ids.length} are listed; --json has all`] : [];
  return [title, ...shown.map((id) => `  ${oneLine(id)}`), ...more];
}

/** `incident:` of the front matter that every build writes. */
function incidentInFrontMatter(text: string): string | undefined {
  const lines = text
    .slice(0, 10_000)
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/);
  if (lines[0]?.trimEnd() !== "---") return undefined;
  const end = lines.findIndex((line, at) => at > 0 && line.trimEnd() === "---");
  const value = lines.slice(0, Math.max(0, end)).find((line) => line.startsWith("incident:"));
  return (
    value
      ?.slice("incident:".length)
      .trim()
      .replace(/^["']|["']$/g, "") || undefined
  );
}

async function textOf(path: string, shown: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    throw new UsageError(code === "ENOENT" ? `${shown} does not exist.` : `${shown} cannot be read (${code}).`, { id: "USAGE", cause });
  });
}
