import { constants } from "node:fs";
import { open, unlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { AttachContext, AttachedFile, Attachment, Remote } from "../../../src/contract/destination.js";
import { SourceError } from "../../../src/kit/errors.js";
import { sha256 } from "../../../src/kit/hash.js";
import { makeFolder } from "../../../src/kit/make-folder.js";
import { writeWhole } from "../../../src/kit/write-whole.js";
import type { AttachConfig } from "./config.js";
import { readLedger, writeLedger, type Ledger } from "./ledger.js";

type Context = Pick<AttachContext<AttachConfig>, "folder">;

/** Whether any of the files that we wrote is still there. */
export async function findFiles(path: string, marker: string, context: Context): Promise<Remote | null> {
  const folder = resolve(context.folder, path);
  const ledger = await readLedger(folder, marker);
  for (const name of Object.keys(ledger?.files ?? {})) if ((await hashOf(join(folder, name))) !== null) return { marker };
  return null;
}

/**
 * Each file whole or not at all. That we are about to write a text is kept before it is written, so that it is known for
 * ours wherever this is cut off.
 * @throws {SourceError} where another file stands, or one of ours that somebody changed: nothing is written then.
 */
export async function writeFiles(path: string, { marker, files }: Attachment, context: Context): Promise<Remote> {
  const folder = resolve(context.folder, path);
  try {
    await makeFolder(folder);
    const known = (await readLedger(folder, marker)) ?? { marker, files: {} };
    const stale = Object.keys(known.files).filter((name) => files.every((file) => file.name !== name));
    const current = await currentHashes(folder, files, known);
    await writeLedger(folder, { marker, files: { ...known.files, ...aboutToWrite(files, current) } });
    for (const file of files) await writeWhole(join(folder, file.name), file.text, { mode: 0o644 });
    await removeOwn(folder, stale, known);
    await writeLedger(folder, { marker, files: Object.fromEntries(files.map(({ name, text }) => [name, [sha256(text)]])) });
    return { marker };
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw unwritable(path, error);
  }
}

/** What stands at each name: null for nothing, else a text that is ours. */
async function currentHashes(folder: string, files: readonly AttachedFile[], known: Ledger): Promise<Map<string, string | null>> {
  const current = new Map<string, string | null>();
  for (const { name, text } of files) {
    const hash = await hashOf(join(folder, name));
    if (hash !== null && hash !== sha256(text) && known.files[name]?.includes(hash) !== true) throw foreign(name);
    current.set(name, hash);
  }
  return current;
}

function aboutToWrite(files: readonly AttachedFile[], current: ReadonlyMap<string, string | null>): Ledger["files"] {
  return Object.fromEntries(
    files.map(({ name, text }) => [name, [current.get(name) ?? null, sha256(text)].filter((hash) => hash !== null)]),
  );
}

/** Names of earlier times: formats that are not asked for any more. One that somebody changed stays. */
async function removeOwn(folder: string, names: readonly string[], known: Ledger): Promise<void> {
  for (const name of names) {
    const hash = await hashOf(join(folder, name));
    if (hash !== null && known.files[name]?.includes(hash) === true) await unlink(join(folder, name));
  }
}

/** null: nothing is there. A link, folder or device is nobody's text. */
async function hashOf(path: string): Promise<string | null> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    },
  );
  if (handle === null) return null;
  try {
    return (await handle.stat()).isFile() ? sha256(await handle.readFile("utf8")) : "no file";
  } finally {
    await handle.close();
  }
}

function foreign(name: string): SourceError {
  return new SourceError(`${name} was changed by somebody, or is somebody else's: it was left alone`, {
    connector: "folder",
    action: "skip",
    reason: "forbidden",
    hint: "Move it away; the next time ours is written.",
  });
}

function unwritable(path: string, cause: unknown): SourceError {
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "unknown";
  return new SourceError(`The folder ${path} cannot be written (${code})`, {
    connector: "folder",
    action: "retry",
    reason: "unavailable",
    hint: "Make room or change its permissions: what stood there still does.",
    cause,
  });
}
