import { idByExitCode } from "./failures.js";
import { Interrupted } from "./interrupted.js";
import { ExitCode, Failure, UsageError } from "../kit/errors.js";
import { visible } from "../kit/text.js";

/** What is said about a failure, and what the process ends with: what, where and what to do, on one screen. */
export function reportFailure(error: unknown, debug: boolean): { readonly text: string; readonly exitCode: ExitCode } {
  const stack = debug && error instanceof Error && error.stack !== undefined ? `\n${error.stack}` : "";
  if (isInterruption(error))
    return {
      text: `Interrupted: what was read is kept. Run the same again, and it goes on from there.${stack}`,
      exitCode: ExitCode.interrupted,
    };
  if (!(error instanceof Failure)) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : "something that is no error was thrown";
    return {
      text: visible(`This is a bug of ours: ${what}\nRun the same with --debug and tell us what it prints.`) + stack,
      exitCode: ExitCode.bug,
    };
  }
  const problems = error instanceof UsageError ? error.problems.map((problem) => `  - ${problem}`) : [];
  const id = error.id ?? idByExitCode(error.exitCode);
  const more = id === null ? [] : [idLine(id)];
  const lines = [`error: ${error.message}`, ...problems, ...(error.hint === undefined ? [] : [`  ${error.hint}`]), ...more];
  return { text: visible(lines.join("\n")) + stack, exitCode: error.exitCode };
}

/** The last line of a failure. */
export function idLine(id: string): string {
  return `  [${id}] \`timeline help ${id}\` tells more.`;
}

function isInterruption(error: unknown): boolean {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth += 1)
    if (each instanceof Interrupted) return true;
  return false;
}
