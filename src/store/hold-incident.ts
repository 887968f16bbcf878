import { chmod, stat, unlink } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type BetterSqlite3 from "better-sqlite3";
import type { HoldOptions } from "../contract/store.js";
import { sha256 } from "../kit/hash.js";

/** Soon at first; many that wait long must not keep the machine busy with looking. */
const lookAgainMs = (tries: number) => Math.min(1000, 100 + 50 * tries);

/**
 * One build of an incident at a time, over all processes of this machine: a lock of the operating system on an empty
 * file beside the store, which goes with the process that holds it, however that ends. SQLite takes it for us.
 *
 * @returns what lets go of it.
 */
export async function holdIncident(store: string, incident: string, { signal, onWait }: HoldOptions): Promise<() => Promise<void>> {
  const path = `${store}-build-${sha256(incident).slice(0, 16)}`;
  for (let tries = 0; ; tries += 1) {
    signal.throwIfAborted();
    const before = await fileNumber(path);
    const lock = await tryLock(path);
    if (lock === null) {
      if (tries === 0) onWait();
      await delay(lookAgainMs(tries), undefined, { signal }).catch(() => signal.throwIfAborted());
      continue;
    }
    // A file that its last holder has removed since keeps nobody out.
    if (before !== null && (await fileNumber(path)) === before) return () => letGo(path, lock);
    lock.close();
    await chmod(path, 0o600).catch(() => undefined);
  }
}

/** null: somebody has it. */
async function tryLock(path: string): Promise<BetterSqlite3.Database | null> {
  const { default: Database } = await import("better-sqlite3");
  const lock = new Database(path, { timeout: 0 });
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
