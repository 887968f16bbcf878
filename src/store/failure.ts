import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { UnsafeWriteError } from "../kit/errors.js";

const REBUILD = "Move the file away and build again: the evidence is read anew from the sources, and your timeline file is not touched.";

/** What SQLite or the file system refused, as the failure that a person can act on; anything else as it came. */
export function storeFailure(error: unknown, path: string): unknown {
  if (error instanceof UnsafeWriteError) return error;
  if (error instanceof SyntaxError)
    return new UnsafeWriteError(`the store is damaged (${path})`, { id: "STORE_DAMAGED", hint: REBUILD, cause: error });
  const code = codeOf(error);
  const told = code === null ? null : explain(code, path);
  return told === null ? error : new UnsafeWriteError(told.message, { id: told.id, hint: told.hint, cause: error });
}

/** A migration meets what none of our versions left there; a full disk and the like are told as ever. */
export function migrationFailure(error: unknown, schema: number, path: string): unknown {
  const told = storeFailure(error, path);
  if (told instanceof UnsafeWriteError) return told;
  return new UnsafeWriteError(`the store cannot be brought up to date from schema ${schema}; it was left as it is (${path})`, {
    id: "STORE_DAMAGED",
    hint: REBUILD,
    cause: error,
  });
}

/** After these nothing more may be written through the same connection: what is on the disk must be read anew. */
export function isFatal(error: unknown): boolean {
  const code = codeOf(error);
  return code !== null && /^SQLITE_(IOERR|CORRUPT|NOTADB)/.test(code);
}

function explain(code: string, path: string): { id: string; message: string; hint: string } | null {
  const on = ` (${path})`;
  if (/^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(code))
    return {
      id: "STORE_LOCKED",
      message: `the store is being written by another process and stayed locked for 30 seconds${on}`,
      hint: "Wait until the other build is done, then build again: what was read so far is kept.",
    };
  if (code === "ENOSPC" || code === "EDQUOT" || code.startsWith("SQLITE_FULL"))
    return {
      id: "STORE_FULL",
      message: `no space is left for the store${on}${freeSpace(path)}`,
      hint: "Make space, then build again: what was read so far is kept.",
    };
  if (/^(EACCES|EPERM|EROFS)$/.test(code) || /^SQLITE_(READONLY|PERM|AUTH)/.test(code))
    return {
      id: "STORE_READ_ONLY",
      message: `the store cannot be written: the file or its folder is read-only or belongs to another user${on}`,
      hint: 'Change its permissions, or choose another place with "store" in the config.',
    };
  if (/^SQLITE_(CORRUPT|FORMAT|SCHEMA|MISMATCH)/.test(code))
    return { id: "STORE_DAMAGED", message: `the store is damaged${on}`, hint: REBUILD };
  if (code.startsWith("SQLITE_NOTADB"))
    return { id: "STORE_NOT_OURS", message: `this file is no store of ours, or it is damaged${on}`, hint: REBUILD };
  if (code.startsWith("SQLITE_IOERR") || code === "EIO")
    return {
      id: "STORE_DISK",
      message: `the disk failed while the store was read or written${on}`,
      hint: "Check the disk, then build again.",
    };
  if (/^(SQLITE_CANTOPEN|ENOTDIR|ENOENT|EEXIST|EISDIR|EMFILE|ELOOP|ENAMETOOLONG|EINVAL)/.test(code))
    return {
      id: "STORE_UNUSABLE",
      message: `the store cannot be opened or created${on}`,
      hint: 'Check the folder, or choose another place with "store" in the config.',
    };
  return null;
}

function codeOf(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : null;
}

function freeSpace(path: string): string {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return `: ${Math.floor((bavail * bsize) / 1_048_576)} MB free`;
  } catch {
    return "";
  }
}
