import { readIfThere } from "../read-if-there.js";
import { targetOf } from "../check-target.js";

/** The owner's file as it stands on disk. */
export interface OwnersFile {
  /** Null where there is none. Bytes that are no UTF-8 are replaced in it. */
  readonly text: string | null;
  readonly isUtf8: boolean;
}

export const NO_FILE: OwnersFile = { text: null, isUtf8: true };

/** @throws {UnsafeWriteError} when it is there and cannot be read, or is no ordinary file. */
export async function readOwnersFile(path: string): Promise<OwnersFile> {
  const found = await readIfThere(await targetOf(path));
  return { text: found?.text ?? null, isUtf8: found?.isUtf8 ?? true };
}
