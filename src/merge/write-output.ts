import { basename, dirname, extname, join } from "node:path";
import type { Exporter } from "../contract/export.js";
import { UnsafeWriteError } from "../kit/errors.js";
import { makeFolder, targetOf } from "./check-target.js";
import { planWrite, type WritePlan } from "./plan-write.js";
import { readIfThere } from "./read-if-there.js";
import { writeAtomically } from "./write-atomically.js";

export interface Written extends WritePlan {
  /** Where the rendering stands now; for `beside` another file than the one that was asked for. */
  readonly path: string;
  /** It stood there already, apart from the stamp: no byte was written. */
  readonly unchanged: boolean;
}

const MOST_BESIDE = 50;

/**
 * Puts a rendering at `path`, or beside it (`NAME.new.md`, `NAME.new-2.md` ...) where a person has changed what stands
 * there. Writes nothing where only the stamp differs.
 * @throws {UnsafeWriteError}
 */
export async function writeOutput(path: string, rendered: string, exporter: Pick<Exporter, "untouchedHash">): Promise<Written> {
  await makeFolder(dirname(path));
  const first = await tryAt(path, rendered, exporter);
  if (first !== "beside") return { action: first, path, unchanged: first === "keep" };
  for (let number = 1; number <= MOST_BESIDE; number++) {
    const beside = besidePath(path, number);
    const action = await tryAt(beside, rendered, exporter);
    if (action !== "beside") return { action: "beside", path: beside, unchanged: action === "keep" };
  }
  throw new UnsafeWriteError(`${MOST_BESIDE} changed drafts stand beside ${path} already.`, {
    hint: "Merge what you need into it, and delete the others.",
  });
}

/** `drafts/a.md` to `drafts/a.new.md`, then `drafts/a.new-2.md`. */
function besidePath(path: string, number: number): string {
  const extension = extname(path);
  return join(dirname(path), `${basename(path, extension)}.new${number === 1 ? "" : `-${number}`}${extension}`);
}

async function tryAt(path: string, rendered: string, exporter: Pick<Exporter, "untouchedHash">): Promise<WritePlan["action"]> {
  const existing = (await readIfThere(await targetOf(path)))?.text ?? null;
  const { action } = planWrite(existing, rendered, exporter);
  if (action === "write") await writeAtomically(path, rendered, { expected: existing });
  return action;
}
