import { UnsafeWriteError } from "../../kit/errors.js";
import type { Session } from "../session.js";

/**
 * Leaves no byte of what was deleted in the files of the store. Deleting overwrites with zeros (`secure_delete`), yet what
 * SQLite moved between pages before, and the log of its writes, may hold copies: so the file is written anew, and the
 * log is emptied behind it. https://www.sqlite.org/pragma.html#pragma_secure_delete
 *
 * @throws {UnsafeWriteError} while another process reads: the records are gone, and the next purge takes up the rest.
 */
export function scrub(session: Session): void {
  session.database.exec("vacuum");
  const [answer] = session.database.pragma("wal_checkpoint(TRUNCATE)") as { busy: number }[];
  if (answer?.busy === 0) return;
  throw new UnsafeWriteError(`another process reads the store, so that its log cannot be emptied yet (${session.path})`, {
    id: "PURGE_UNFINISHED",
    hint: "What was to be purged is deleted. Purge once more when the other command has ended: that removes the last copies.",
  });
}
