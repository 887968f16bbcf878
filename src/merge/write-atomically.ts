import { dirname } from "node:path";
import { UnsafeWriteError } from "../kit/errors.js";
import { sha256 } from "../kit/hash.js";
import { writeWhole } from "../kit/write-whole.js";
import { makeFolder, targetOf } from "./check-target.js";
import { errorCode } from "./error-code.js";
import { readIfThere } from "./read-if-there.js";

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
  try {
    const mode = (await readIfThere(target))?.mode ?? 0o600;
    await writeWhole(target, text, { mode, beforeRename: () => refuseIfChanged(target, options.expected) });
  } catch (cause) {
    if (cause instanceof UnsafeWriteError) throw cause;
    throw new UnsafeWriteError(`${path} could not be written (${errorCode(cause)}); what stood there still does.`, {
      id: "OUTPUT_UNUSABLE",
      cause,
      hint: "Make room or change the permissions, then build again: what was collected is kept.",
    });
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
