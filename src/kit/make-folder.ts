import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * A folder with all that is missing above it, 0700. Not `mkdir` with `recursive`: where the system says "no such file"
 * for a folder whose parent is there (/proc), that one never comes back.
 */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let each = folder; !(await exists(each)) && dirname(each) !== each; each = dirname(each)) missing.push(each);
  for (const each of missing.reverse()) {
    await mkdir(each, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
  if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error(`${folder} is no folder`), { code: "ENOTDIR" });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}
