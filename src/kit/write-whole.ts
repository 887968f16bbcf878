import { constants } from "node:fs";
import { open, readdir, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isLeftover, temporaryName } from "./temporary-name.js";

export interface WriteWholeOptions {
  /** Permission bits. */
  readonly mode: number;
  /** Called when all is ready, right before the old file is replaced; what it throws leaves that as it is. */
  readonly beforeRename?: () => Promise<void>;
}

/**
 * The old file or the new one, never a mixture, and on disk when this returns: a new temporary file beside it, synced,
 * renamed over it. A link in its place is replaced, not followed.
 *
 * @throws what the system throws; what stood there still does.
 */
export async function writeWhole(path: string, text: string, { mode, beforeRename }: WriteWholeOptions): Promise<void> {
  const temporary = join(dirname(path), temporaryName(basename(path)));
  try {
    await writeNew(temporary, text, mode);
    await beforeRename?.();
    await rename(temporary, path);
    await syncFolder(dirname(path));
    await clearLeftovers(dirname(path), basename(path));
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
}

/** What a process that was killed has left of the same file. It is no reason to fail. */
async function clearLeftovers(folder: string, name: string): Promise<void> {
  const entries = await readdir(folder).catch(() => []);
  for (const entry of entries) if (isLeftover(entry, name)) await unlink(join(folder, entry)).catch(() => undefined);
}

async function writeNew(path: string, text: string, mode: number): Promise<void> {
  const handle = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW, 0o600);
  try {
    await handle.writeFile(text, "utf8");
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Not every file system lets a folder be synced; the rename is in place by then. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}
