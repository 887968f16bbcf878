import { isUtf8 } from "node:buffer";
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { UnsafeWriteError } from "../kit/errors.js";
import { errorCode } from "./error-code.js";

/** Owner's files are text of some megabytes at the most; more is another thing under the same name. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Text and permission bits of a file, null where there is none. Bytes that are no UTF-8 become replacement characters,
 * and `isUtf8` tells.
 * @throws {UnsafeWriteError} when it is there and cannot be read, or is no ordinary file.
 */
export async function readIfThere(path: string): Promise<{ text: string; mode: number; isUtf8: boolean } | null> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((cause: unknown) => {
    if (errorCode(cause) === "ENOENT") return null;
    throw new UnsafeWriteError(`${path} cannot be read (${errorCode(cause)}).`, {
      id: "OUTPUT_UNUSABLE",
      cause,
      hint: "Change its permissions, or move it away.",
    });
  });
  if (handle === null) return null;
  try {
    const stats = await handle.stat();
    if (!stats.isFile())
      throw new UnsafeWriteError(`${path} is not a file.`, {
        id: "OUTPUT_UNUSABLE",
        hint: "Move it away, or choose another folder with --out.",
      });
    if (stats.size > LARGEST)
      throw new UnsafeWriteError(`${path} is larger than 64 MB.`, { id: "OUTPUT_UNUSABLE", hint: "Move it away: it is no draft of ours." });
    const bytes = await handle.readFile();
    return { text: bytes.toString("utf8"), mode: stats.mode & 0o777, isUtf8: isUtf8(bytes) };
  } finally {
    await handle.close();
  }
}
