import { basename, dirname, extname, join } from "node:path";
import { writeAtomically } from "./write-atomically.js";

/**
 * Writes a file of the owner's; the version before stays beside it (`NAME.previous.md`).
 * @param before What was read there; null: nothing.
 * @throws {UnsafeWriteError} a `FileChangedError` when something else stands there by now.
 */
export async function replaceFile(path: string, before: string | null, text: string): Promise<void> {
  if (before !== null) await writeAtomically(nameBeside(path, "previous"), before);
  await writeAtomically(path, text, { expected: before });
}

/** `drafts/a.md` to `drafts/a.new.md`. */
export function nameBeside(path: string, word: string): string {
  const extension = extname(path);
  return join(dirname(path), `${basename(path, extension)}.${word}${extension}`);
}
