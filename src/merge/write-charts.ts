import { readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Exporter } from "../contract/export.js";
import { readIfThere } from "./read-if-there.js";
import { writeOutput, type Written } from "./write-output.js";

/**
 * The charts beside the owner's file. Unchanged ones are not written again; those of findings that are gone are removed
 * where they are as we wrote them.
 * @throws {UnsafeWriteError}
 */
export async function writeCharts(
  folder: string,
  charts: readonly { readonly name: string; readonly text: string }[],
  exporter: Pick<Exporter, "untouchedHash">,
): Promise<Written[]> {
  const written: Written[] = [];
  for (const { name, text } of charts) written.push(await writeOutput(join(folder, name), text, exporter));
  const kept = new Set(charts.map(({ name }) => name));
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith(".svg") || kept.has(name)) continue;
    const there = await readIfThere(join(folder, name));
    if (there !== null && exporter.untouchedHash(there.text) !== null) await unlink(join(folder, name));
  }
  return written;
}
