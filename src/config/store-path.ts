import { realpath } from "node:fs/promises";
import { dirname, relative, resolve, isAbsolute, join } from "node:path";
import type { Problem } from "./problems.js";

/** Relative to the config. */
export const DEFAULT_STORE = ".timeline/timeline.db";

/** An absolute path of the config: relative ones start at `folder`. In a config that nobody named it lies inside the config's folder, links followed. */
export async function pathInside(
  key: string,
  written: string,
  { folder, trusted }: { readonly folder: string; readonly trusted: boolean },
  problems: Problem[],
): Promise<string> {
  const path = resolve(folder, written);
  if (!trusted && !isInside(await realPathOf(path), await realPathOf(folder))) {
    problems.push({
      path: [key],
      id: "CONFIG_PATH",
      text: "expected a path inside the folder of the config; others count only in a config that is named by --config or TIMELINE_CONFIG",
    });
  }
  return path;
}

/** Of what exists of it; the rest as it is written. */
async function realPathOf(path: string): Promise<string> {
  const real = await realpath(path).catch(() => null);
  if (real !== null || dirname(path) === path) return real ?? path;
  return join(await realPathOf(dirname(path)), relative(dirname(path), path));
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith("../") && !isAbsolute(way);
}
