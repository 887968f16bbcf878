import { constants } from "node:fs";
import { open, rename, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { UnsafeWriteError } from "../kit/errors.js";
import { sha256 } from "../kit/hash.js";
import { makeFolder, targetOf } from "./check-target.js";
import { errorCode } from "./error-code.js";
import { readIfThere } from "./read-if-there.js";
import { temporaryName } from "./temporary-name.js";

/** Somebody else has written the file since it was read. */
export class FileChangedError extends UnsafeWriteError {}

export interface WriteOptions {
  /** What the caller saw there when it decided to write; null: nothing. Left out: whatever stands there is replaced. */
  readonly expected?: string | null;
}

/**
 * The old file or the new one, never a mixture, and on disk when this returns: a new temporary file beside it, synced,
 * renamed over it. New files are 0600, others keep their mode.
 * @throws {UnsafeWriteError} when it cannot be written safely, or is not as `expected` any more.
 */
export async function writeAtomically(path: string, text: string, options: WriteOptions = {}): Promise<void> {
  await makeFolder(dirname(path));
  const target = await targetOf(path);
  const temporary = join(dirname(target), temporaryName(basename(target)));
  try {
    await writeNew(temporary, text, (await readIfThere(target))?.mode ?? 0o600);
    await refuseIfChanged(target, options.expected);
    await rename(temporary, target);
    await syncFolder(dirname(target));
  } catch (cause) {
    await unlink(temporary).catch(() => undefined);
    if (cause instanceof UnsafeWriteError) throw cause;
    throw new UnsafeWriteError(`${path} could not be written (${errorCode(cause)}); what stood there still does.`, {
      id: "OUTPUT_UNUSABLE",
      cause,
      hint: "Make room or change the permissions, then build again: what was collected is kept.",
    });
  }
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

/** Last look before the rename: somebody may have saved the file while the draft was made. */
async function refuseIfChanged(target: string, expected: string | null | undefined): Promise<void> {
  if (expected === undefined) return;
  const now = await readIfThere(target);
  if ((now === null ? null : sha256(now.text)) === (expected === null ? null : sha256(expected))) return;
  throw new FileChangedError(`${target} was changed while the draft was made; it was not touched.`, {
    hint: "Save it, then build again.",
  });
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
