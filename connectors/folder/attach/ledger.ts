import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { makeFolder } from "../../../src/kit/make-folder.js";
import { writeWhole } from "../../../src/kit/write-whole.js";

/** What we wrote, by name: the hashes of the last text and of the one that we are about to write. */
const LedgerFile = z.object({ marker: z.string(), files: z.record(z.string(), z.array(z.string())) });
export type Ledger = z.infer<typeof LedgerFile>;

const FOLDER = ".incident-timeline";

/** Beside the files, so that they are known again without a store; null: there is none, or none that can be read. */
export async function readLedger(folder: string, marker: string): Promise<Ledger | null> {
  const text = await readFile(pathOf(folder, marker), "utf8").catch(() => null);
  if (text === null) return null;
  try {
    const ledger = LedgerFile.safeParse(JSON.parse(text));
    return ledger.success && ledger.data.marker === marker ? ledger.data : null;
  } catch {
    return null;
  }
}

export async function writeLedger(folder: string, ledger: Ledger): Promise<void> {
  await makeFolder(join(folder, FOLDER));
  await writeWhole(pathOf(folder, ledger.marker), `${JSON.stringify(ledger, null, 2)}\n`, { mode: 0o600 });
}

function pathOf(folder: string, marker: string): string {
  return join(folder, FOLDER, `${marker.replace(/[^a-z0-9]+/gi, "-")}.json`);
}
