import { ExitCode } from "../kit/errors.js";
import { SOURCE_FAILURES } from "./failures/sources.js";
import { STORAGE_FAILURES } from "./failures/storage.js";
import type { FailureTable, FailureText } from "./failures/text.js";
import { USAGE_FAILURES } from "./failures/usage.js";

/** The one table of failures, by what they are about: `timeline help ID` and docs/troubleshooting.md are made from it. */
export const FAILURE_GROUPS: readonly { readonly title: string; readonly failures: FailureTable }[] = [
  { title: "Arguments, times and the config", failures: USAGE_FAILURES },
  { title: "Sources", failures: SOURCE_FAILURES },
  { title: "Store and files", failures: STORAGE_FAILURES },
];

export const FAILURES: ReadonlyMap<string, FailureText> = new Map(FAILURE_GROUPS.flatMap(({ failures }) => Object.entries(failures)));

/** The id in its own form: `not in channel` and `slack_missing_scope` are written in capitals, with underscores. */
export function failureId(written: string): string {
  return written
    .trim()
    .toUpperCase()
    .replace(/[\s-]+/g, "_");
}

/** For failures that have no id of their own, by how they end; null: nothing beyond the message is to be said. */
export function idByExitCode(exitCode: ExitCode): string | null {
  if (exitCode === ExitCode.usage) return "USAGE";
  return exitCode === ExitCode.unsafeWrite ? "WRITE_UNSAFE" : null;
}
