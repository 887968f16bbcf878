import { readFile, writeFile } from "node:fs/promises";
import { UnsafeWriteError } from "../kit/errors.js";

/** "wx": what appeared meanwhile is not replaced either. */
export async function writeNew(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: "wx", mode: 0o644 }).catch((cause: NodeJS.ErrnoException) => {
    throw new UnsafeWriteError(`${path} cannot be written (${cause.code ?? "unknown"}).`, {
      cause,
      hint: "Run it in a folder that you may write.",
    });
  });
}

/** Appends; true when the line was not there. */
export async function ignoreStore(path: string): Promise<boolean> {
  const text = await readFile(path, "utf8").catch(() => "");
  if (text.split(/\r?\n/).some((line) => /^\/?\.timeline\/?$/.test(line.trim()))) return false;
  try {
    await writeFile(path, `${text === "" || text.endsWith("\n") ? "" : "\n"}.timeline/\n`, { flag: "a" });
    return true;
  } catch {
    return false;
  }
}
