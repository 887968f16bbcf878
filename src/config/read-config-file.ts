import { constants, type Stats } from "node:fs";
import { lstat, open, type FileHandle } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { UsageError } from "../kit/errors.js";

const CONFIG_NAME = "timeline.config.json";

const LARGEST = 1024 * 1024;
const BEGIN = `Write a ${CONFIG_NAME} with a section for each source, such as { "slack": { "channels": ["inc-*"] } }; config.example.json shows every key.`;

export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The nearest `timeline.config.json` from `from` upwards.
 * @throws {UsageError} when there is none up to the root.
 */
export async function findConfig(from: string): Promise<string> {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const path = join(folder, CONFIG_NAME);
    const there = await lstat(path).catch(() => null);
    if (there !== null) return path;
    if (dirname(folder) === folder)
      throw new UsageError(`There is no ${CONFIG_NAME} in ${from} or above it.`, { id: "CONFIG_NOT_FOUND", hint: BEGIN });
  }
}

/**
 * The text of a config: an ordinary UTF-8 file of at most 1 MB. `merelyFound`: nobody named it, so it must belong to
 * the person who runs this, and nobody else may be able to write it.
 * @throws {UsageError}
 */
export async function readConfigFile(path: string, options: { readonly merelyFound: boolean }): Promise<ConfigFile> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((cause: unknown) => {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
    throw new UsageError(code === "ENOENT" ? `${path} does not exist.` : `${path} cannot be read (${code}).`, {
      id: "CONFIG_UNREADABLE",
      cause,
      hint: BEGIN,
    });
  });
  try {
    return { path, text: await textOf(handle, path, options) };
  } finally {
    await handle.close();
  }
}

async function textOf(handle: FileHandle, path: string, { merelyFound }: { readonly merelyFound: boolean }): Promise<string> {
  const stats = await handle.stat();
  if (!stats.isFile()) {
    throw new UsageError(`${path} is ${stats.isDirectory() ? "a folder" : "a device or pipe"}, not a file.`, {
      id: "CONFIG_UNREADABLE",
      hint: BEGIN,
    });
  }
  if (stats.size > LARGEST)
    throw new UsageError(`${path} is larger than 1 MB.`, {
      id: "CONFIG_UNREADABLE",
      hint: "A config is a few hundred lines. Is it another file?",
    });
  if (merelyFound) refuseForeign(stats, path);
  const text = decoded(await handle.readFile(), path);
  if (text.trim() === "") throw new UsageError(`${path} is empty.`, { id: "CONFIG_UNREADABLE", hint: BEGIN });
  return text;
}

/** A config that is found by being there is an order from whoever can write it. */
function refuseForeign(stats: Stats, path: string): void {
  const me = process.getuid?.();
  if (me !== undefined && stats.uid !== me) {
    throw new UsageError(`${path} belongs to another user and was not named.`, {
      id: "CONFIG_UNREADABLE",
      hint: `If you trust it, name it: --config ${path}`,
    });
  }
  if (me !== undefined && (stats.mode & 0o022) !== 0) {
    throw new UsageError(`${path} can be written by other users and was not named.`, {
      id: "CONFIG_UNREADABLE",
      hint: `chmod go-w ${path}, or name it: --config ${path}`,
    });
  }
}

function decoded(bytes: Buffer, path: string): string {
  const hint = "Save it as UTF-8.";
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new UsageError(`${path} is UTF-16, expected UTF-8.`, { id: "CONFIG_UNREADABLE", hint });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UsageError(`${path} is not UTF-8.`, { id: "CONFIG_UNREADABLE", cause, hint });
  }
}
