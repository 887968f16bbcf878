import { chmod, readdir, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type BetterSqlite3 from "better-sqlite3";
import type { HoldOptions } from "../contract/store.js";
import { sha256 } from "../kit/hash.js";

/** Soon at first; many that wait long must not keep the machine busy with looking. */
const lookAgainMs = (tries: number) => Math.min(1000, 100 + 50 * tries);

/**
 * One build of an incident at a time, over all processes of this machine, and none while the store is purged: a lock of
 * the operating system on an empty file beside the store, which goes with the process that holds it, however that ends.
 * SQLite takes it for us.
 *
 * @returns what lets go of it.
 */
export async function holdIncident(store: string, incident: string, options: HoldOptions): Promise<() => Promise<void>> {
  const told = onceTold(options);
  if (isNoBuild(incident)) return hold(`${store}-task-${sha256(incident).slice(0, 16)}`, told);
  for (;;) {
    const letGo = await hold(`${store}-build-${sha256(incident).slice(0, 16)}`, told);
    // Whoever purges looks at the builds' files after its own is held: one of the two sees the other.
    if (!(await isHeld(purgeFile(store)))) return letGo;
    await letGo();
    await untilFree(purgeFile(store), told);
  }
}

/** No build at work on this store, and none that begins, until it is let go. */
export async function holdStore(store: string, options: HoldOptions): Promise<() => Promise<void>> {
  const told = onceTold(options);
  const letGo = await hold(purgeFile(store), told);
  try {
    const builds = (await readdir(dirname(store))).filter((name) => name.startsWith(`${basename(store)}-build-`));
    for (const name of builds) await untilFree(join(dirname(store), name), told);
    return letGo;
  } catch (error) {
    await letGo();
    throw error;
  }
}

/** No incident's id begins with a blank: such a name is a task that goes on for ever, and holds up no purge. */
const isNoBuild = (name: string) => name.startsWith(" ");

const purgeFile = (store: string) => `${store}-purge`;

function onceTold({ signal, onWait }: HoldOptions): HoldOptions {
  let isTold = false;
  return {
    signal,
    onWait: () => {
      if (!isTold) onWait();
      isTold = true;
    },
  };
}

async function hold(path: string, { signal, onWait }: HoldOptions): Promise<() => Promise<void>> {
  for (let tries = 0; ; tries += 1) {
    signal.throwIfAborted();
    const before = await fileNumber(path);
    const lock = await tryLock(path);
    if (lock === null) {
      onWait();
      await lookAgain(tries, signal);
      continue;
    }
    // A file that its last holder has removed since keeps nobody out.
    if (before !== null && (await fileNumber(path)) === before) return () => letGo(path, lock);
    lock.close();
    await chmod(path, 0o600).catch(() => undefined);
  }
}

async function untilFree(path: string, { signal, onWait }: HoldOptions): Promise<void> {
  for (let tries = 0; await isHeld(path); tries += 1) {
    onWait();
    await lookAgain(tries, signal);
  }
}

async function isHeld(path: string): Promise<boolean> {
  if ((await fileNumber(path)) === null) return false;
  try {
    // Without making it anew where its holder has just removed it.
    const lock = await tryLock(path, true);
    lock?.close();
    return lock === null;
  } catch (error) {
    if ((await fileNumber(path)) === null) return false;
    throw error;
  }
}

async function lookAgain(tries: number, signal: AbortSignal): Promise<void> {
  await delay(lookAgainMs(tries), undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** null: somebody has it. */
async function tryLock(path: string, fileMustExist = false): Promise<BetterSqlite3.Database | null> {
  const { default: Database } = await import("better-sqlite3");
  const lock = new Database(path, { timeout: 0, fileMustExist });
  try {
    // A journal in a file takes its rights from the file beside it, which its last holder may have removed by then.
    lock.pragma("journal_mode = MEMORY");
    // Not "exclusive": those who look at the same time would keep each other out.
    lock.exec("begin immediate");
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY")) return null;
    throw error;
  }
}

async function letGo(path: string, lock: BetterSqlite3.Database): Promise<void> {
  // While it is still held: whoever gets it next sees that the file is gone, and makes a new one.
  await unlink(path).catch(() => undefined);
  lock.close();
}

async function fileNumber(path: string): Promise<bigint | null> {
  return stat(path, { bigint: true }).then(
    ({ ino }) => ino,
    () => null,
  );
}
