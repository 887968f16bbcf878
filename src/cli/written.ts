import { dirname, relative } from "node:path";
import type { Written } from "../merge/index.js";
import { chartsPath, pathsOf, type Targets } from "../output-paths.js";
import { oneLine } from "../kit/text.js";
import { counted } from "./clock-text.js";

/** The files that a build or an export wrote, a line each, as paths from `cwd` where they are below it. */
export function writtenText(files: readonly Written[], charts: readonly Written[], cwd: string): string {
  const lines = files.map((file) => `  ${shortPath(file.path, cwd)}${remark(file)}`);
  return ["Written", ...lines, ...chartsLine(charts, cwd)].join("\n");
}

/** What of the owner's words the summary for people outside does not have; empty where there is nothing to tell. */
export function remarksText(remarks: readonly string[]): string {
  return remarks.length === 0 ? "" : ["In the public summary", ...remarks.map((remark) => `  ${oneLine(remark)}`)].join("\n");
}

/** Charts are many, and of no interest one by one. */
function chartsLine(charts: readonly Written[], cwd: string): string[] {
  const [first] = charts;
  if (first === undefined) return [];
  const isKept = charts.every(({ unchanged }) => unchanged);
  return [`  ${shortPath(dirname(first.path), cwd)}/  (${counted(charts.length, "chart")}${isKept ? ", nothing new" : ""})`];
}

/** What would be written, as paths from `cwd`; the folder of charts stands for those in it. */
export function plannedFiles(targets: Targets, cwd: string): string[] {
  const charts = chartsPath(targets);
  return [...pathsOf(targets).map((path) => shortPath(path, cwd)), ...(charts === null ? [] : [`${shortPath(charts, cwd)}/`])];
}

export function shortPath(path: string, cwd: string): string {
  const shown = relative(cwd, path) || path;
  return shown.startsWith("..") ? path : shown;
}

function remark({ action, unchanged }: Written): string {
  if (unchanged) return "  (nothing new)";
  return action === "beside" ? "  (beside the file that was changed since it was written; that one was left alone)" : "";
}
