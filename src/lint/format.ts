import { oneLine } from "../kit/text.js";
import type { Finding } from "./finding.js";

export interface FileFindings {
  /** As it was named by the caller; "-" is standard input. */
  readonly file: string;
  readonly findings: readonly Finding[];
}

/** For a person at a terminal: place, rule and words, then why and what instead. */
export function asText(files: readonly FileFindings[]): string {
  const parts = files.flatMap(({ file, findings }) =>
    findings.map(
      ({ line, column, rule, text, explanation, rewrite }) =>
        `${oneLine(file)}:${line}:${column}  ${rule}  "${text}"\n    ${explanation}\n    Instead: ${rewrite}\n`,
    ),
  );
  const count = parts.length;
  const where = files.length === 1 ? "1 file" : `${files.length} files`;
  return `${parts.join("")}${count === 0 ? "No findings" : count === 1 ? "1 finding" : `${count} findings`} in ${where}.\n`;
}

/** For programs: everything, as one document. */
export function asJson(files: readonly FileFindings[]): string {
  return `${JSON.stringify({ format: "incident-timeline-lint/1", files }, null, 2)}\n`;
}

/**
 * For GitHub Actions, which reads annotations from the output. Nothing from a file can end a command or begin one.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function asGithub(files: readonly FileFindings[]): string {
  return files.flatMap(({ file, findings }) => findings.map((finding) => `${command(file, finding)}\n`)).join("");
}

function command(file: string, finding: Finding): string {
  const { line, column, endLine, endColumn, rule, text, explanation, rewrite } = finding;
  // Columns of an annotation count only when it ends on the line where it starts.
  const columns = line === endLine ? `,col=${column},endColumn=${endColumn}` : "";
  const properties = `file=${property(file)},line=${line},endLine=${endLine}${columns},title=${property(rule)}`;
  return `::warning ${properties}::${message(`"${text}": ${explanation} Instead: ${rewrite}`)}`;
}

function message(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return message(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
