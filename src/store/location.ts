import { constants } from "node:fs";
import { access, lstat, open, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { UnsafeWriteError } from "../kit/errors.js";
import { makeFolder } from "../kit/make-folder.js";
import { APPLICATION_ID } from "./schema.js";

const ELSEWHERE = 'Choose another place with "store" in the config.';

/**
 * File systems that other machines share: SQLite's locks and its shared memory do not hold there. The numbers are
 * those of statfs(2). https://www.sqlite.org/wal.html
 */
const NETWORK_FILE_SYSTEMS = new Map<number, string>([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB2"],
  [0x5346414f, "AFS"],
  [0x00c36400, "Ceph"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
  [0x7461636f, "OCFS2"],
]);

/** The type of a folder's file system, as statfs(2) numbers it. */
export type FileSystemType = (folder: string) => Promise<number>;

export const fileSystemType: FileSystemType = async (folder) => (await statfs(folder)).type;

/**
 * Makes sure that a file is there which we may open and write: 0600, in a folder that is 0700 when it is made here.
 * Another program's file is told by its first bytes, before SQLite touches it.
 *
 * @throws {UnsafeWriteError} for a folder, a link, another program's file, a read-only place, a network file system.
 */
export async function prepareLocation(path: string, typeOf: FileSystemType): Promise<void> {
  const folder = dirname(path);
  await makeFolder(folder);
  await refuseNetwork(folder, typeOf);
  await refuseOtherFiles(path);
  await access(folder, constants.W_OK);
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  await handle.close();
}

async function refuseNetwork(folder: string, typeOf: FileSystemType): Promise<void> {
  if (process.platform !== "linux") return;
  const name = NETWORK_FILE_SYSTEMS.get((await typeOf(folder)) >>> 0);
  if (name === undefined) return;
  throw new UnsafeWriteError(`the store's folder is on a network file system (${name}), where it could be damaged (${folder})`, {
    id: "STORE_NETWORK",
    hint: 'Choose a folder on a local disk with "store" in the config.',
  });
}

async function refuseOtherFiles(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found === null) return;
  if (!found.isFile())
    throw new UnsafeWriteError(`the store is to be a file, and this is none (${path})`, { id: "STORE_NOT_OURS", hint: ELSEWHERE });
  if (found.size === 0 || (await exists(`${path}-journal`))) return;
  const header = await firstBytes(path, 100);
  const isSqlite = header.length === 100 && header.subarray(0, 16).toString("latin1") === "SQLite format 3\0";
  if (!isSqlite || header.readUInt32BE(68) !== APPLICATION_ID) throw notOurs(path);
}

export function notOurs(path: string): UnsafeWriteError {
  return new UnsafeWriteError(`this file is no store of ours, or it is damaged; it was left as it is (${path})`, {
    id: "STORE_NOT_OURS",
    hint: `${ELSEWHERE} If it was a store: move it away and build again, the evidence is read anew from the sources.`,
  });
}

async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null;
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
