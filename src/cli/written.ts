import { relative } from "node:path";
import type { Written } from "../merge/index.js";

/** The files that a build or an export wrote, a line each, as paths from `cwd` where they are below it. */
export function writtenText(files: readonly Written[], cwd: string): string {
  return ["Written", ...files.map((file) => `  ${shortPath(file.path, cwd)}${remark(file)}`)].join("\n");
}

export function shortPath(path: string, cwd: string): string {
  const shown = relative(cwd, path) || path;
  return shown.startsWith("..") ? path : shown;
}

function remark({ action, unchanged }: Written): string {
  if (unchanged) return "  (nothing new)";
  return action === "beside" ? "  (beside the file that was changed since it was written; that one was left alone)" : "";
}
