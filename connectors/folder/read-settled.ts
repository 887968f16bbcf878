import { constants, type BigIntStats } from "node:fs";
import { open } from "node:fs/promises";
import { MICROS_PER_SECOND, type EpochMicros } from "../../src/kit/instant.js";

const LARGEST = 256 * 1024;
/** Whoever writes a file in place is done with it by then. */
const SETTLED_AFTER = 10 * MICROS_PER_SECOND;

export type SettledFile = { readonly bytes: Uint8Array; readonly isFresh: boolean } | { readonly problem: string };

/**
 * A file of a watched folder as it stands, or why not. Links are not followed; one that is changed while it is read is left
 * for the next look. `isFresh`: it was written a moment ago, so that it may be half of itself.
 */
export async function readSettled(path: string, now: EpochMicros): Promise<SettledFile | null> {
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const before = await handle.stat({ bigint: true });
      if (!before.isFile()) return { problem: "it is no ordinary file" };
      if (before.size > LARGEST) return { problem: `it is larger than ${LARGEST / 1024} KB` };
      const bytes = await handle.readFile();
      if (!isSame(before, await handle.stat({ bigint: true })) || bytes.length > LARGEST)
        return { problem: "it was changed while it was read" };
      return { bytes, isFresh: Number(before.mtimeNs / 1000n) > now - SETTLED_AFTER };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (code === "ENOENT") return null;
    return { problem: code === "ELOOP" ? "it is a link: links are not followed" : `it cannot be read (${code})` };
  }
}

function isSame(before: BigIntStats, after: BigIntStats): boolean {
  return before.size === after.size && before.mtimeNs === after.mtimeNs && before.ino === after.ino;
}
