import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The version of the package that this file belongs to, from sources or from `dist` alike. */
export function packageVersion(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const manifest = readManifest(join(folder, "package.json"));
    if (manifest !== null) return manifest.version;
    if (folder === dirname(folder)) throw new Error("package.json is missing");
  }
}

function readManifest(path: string): { version: string } | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as { version: string };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
