import { constants } from "node:fs";
import { lstat, open, readlink, realpath, unlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { UnsafeWriteError } from "../kit/errors.js";
import { makeFolder as createFolder } from "../kit/make-folder.js";
import { errorCode } from "./error-code.js";
import { readIfThere } from "./read-if-there.js";
import { temporaryName } from "../kit/temporary-name.js";

/**
 * Makes sure, before anything is asked of anybody, that files can be written there: creates the folder (0700) where it
 * is missing, tries a file in it, and reads what stands at the paths to be written. Folders below it are made when
 * something is written into them; one that is there already is tried too.
 * @throws {UnsafeWriteError} saying what stands in the way.
 */
export async function checkWritable(folder: string, paths: readonly string[] = [], folders: readonly string[] = []): Promise<void> {
  await makeFolder(folder);
  await tryFolder(folder);
  for (const path of paths) await readIfThere(await targetOf(path));
  for (const each of folders) if (await isFolder(each)) await tryFolder(each);
}

async function tryFolder(folder: string): Promise<void> {
  const probe = join(folder, temporaryName("probe"));
  try {
    const handle = await open(probe, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW, 0o600);
    await handle.close();
    await unlink(probe);
  } catch (cause) {
    throw new UnsafeWriteError(`Files cannot be created in ${folder} (${errorCode(cause)}).`, {
      id: "OUTPUT_UNUSABLE",
      cause,
      hint: "Choose another folder with --out, or change its permissions.",
    });
  }
}

/** False where nothing stands. A link is refused: what is written through it would stand elsewhere. */
async function isFolder(path: string): Promise<boolean> {
  const stats = await lstatOrNull(path);
  if (stats === null || stats.isDirectory()) return stats !== null;
  throw new UnsafeWriteError(`${path} is ${stats.isSymbolicLink() ? "a link" : "a file"}, not a folder.`, {
    id: "OUTPUT_UNUSABLE",
    hint: "Move it away, or choose another folder with --out.",
  });
}

/**
 * The real path to write for `path`. A link is followed only to a name in the same folder.
 * @throws {UnsafeWriteError} for folders, devices, pipes, and links that lead out of the folder or nowhere.
 */
export async function targetOf(path: string): Promise<string> {
  const folder = await realpath(dirname(resolve(path))).catch((cause: unknown) => {
    throw new UnsafeWriteError(`${dirname(path)} cannot be opened (${errorCode(cause)}).`, {
      id: "OUTPUT_UNUSABLE",
      cause,
      hint: "Choose another folder with --out.",
    });
  });
  let target = join(folder, basename(path));
  const stats = await lstatOrNull(target);
  if (stats?.isSymbolicLink()) {
    const end = resolve(folder, await readlink(target));
    if (dirname(end) !== folder || (await lstatOrNull(end))?.isSymbolicLink()) {
      throw new UnsafeWriteError(`${path} is a link that leads out of its folder.`, {
        id: "OUTPUT_UNUSABLE",
        hint: "Remove the link, or choose another folder with --out.",
      });
    }
    target = end;
  }
  const end = await lstatOrNull(target);
  if (end && !end.isFile()) {
    const what = end.isDirectory() ? "a folder" : "a device, pipe or socket";
    throw new UnsafeWriteError(`${path} is ${what}, not a file.`, {
      id: "OUTPUT_UNUSABLE",
      hint: "Move it away, or choose another folder with --out.",
    });
  }
  return target;
}

export async function makeFolder(folder: string): Promise<void> {
  try {
    await createFolder(folder);
  } catch (cause) {
    throw new UnsafeWriteError(`The folder ${folder} cannot be used (${errorCode(cause)}).`, {
      id: "OUTPUT_UNUSABLE",
      cause,
      hint: "Choose another folder with --out, or change what is in the way.",
    });
  }
}

async function lstatOrNull(path: string) {
  return lstat(path).catch((cause: unknown) => {
    if (errorCode(cause) === "ENOENT") return null;
    throw new UnsafeWriteError(`${path} cannot be looked at (${errorCode(cause)}).`, {
      id: "OUTPUT_UNUSABLE",
      cause,
      hint: "Choose another name or folder.",
    });
  });
}
