import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text as readAll } from "node:stream/consumers";
import { ExitCode, UsageError } from "../kit/errors.js";
import { asGithub, asJson, asText, type FileFindings, lint, RULES } from "../lint/index.js";
import type { Io } from "./io.js";

export interface LintFlags {
  readonly format: "text" | "json" | "github";
  readonly allow?: string;
}

const FORMATS = { text: asText, json: asJson, github: asGithub };
const MAX_CHARACTERS = 20_000_000;

/** `timeline lint`: exit code 1 when there is something to look at. */
export async function runLintCommand(names: readonly string[], flags: LintFlags, io: Io): Promise<ExitCode> {
  const allow = rulesOf(flags.allow);
  const files: FileFindings[] = [];
  for (const { file, text } of await readFiles(names, io)) files.push({ file, findings: lint(text, { allow }) });
  io.out(FORMATS[flags.format](files));
  return files.some(({ findings }) => findings.length > 0) ? ExitCode.checkFailed : ExitCode.done;
}

function rulesOf(list: string | undefined): string[] {
  const ids = (list ?? "")
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  const unknown = ids.filter((id) => !RULES.some((rule) => rule.id === id));
  if (unknown.length === 0) return ids;
  throw new UsageError(`--allow: there is no rule ${unknown.map((id) => `"${id}"`).join(", ")}.`, {
    hint: `Choose from ${RULES.map(({ id }) => id).join(", ")}.`,
  });
}

/** All of them, or one error that names each that cannot be read. */
async function readFiles(names: readonly string[], io: Io): Promise<{ file: string; text: string }[]> {
  const problems: string[] = [];
  const files: { file: string; text: string }[] = [];
  for (const file of new Set(names)) {
    try {
      const text = file === "-" ? await readAll(process.stdin) : await readFile(resolve(io.cwd, file), "utf8");
      if (text.length > MAX_CHARACTERS) problems.push(`${file}: larger than ${MAX_CHARACTERS / 1_000_000} million characters`);
      else files.push({ file, text });
    } catch (error) {
      problems.push(`${file}: ${reasonOf(error)}`);
    }
  }
  if (problems.length > 0) throw new UsageError("Some files cannot be read.", { problems });
  return files;
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "this is a folder";
  if (code === "EACCES") return "it may not be read";
  return `it cannot be read (${typeof code === "string" ? code : "unknown reason"})`;
}
