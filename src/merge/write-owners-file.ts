import { UnsafeWriteError } from "../kit/errors.js";
import { FileChangedError, writeAtomically } from "./write-atomically.js";
import type { HowMatched } from "./owner-file/match-by-content.js";
import { mergeFile, type MergedFile, type NewlyGenerated } from "./owner-file/merge-file.js";
import type { PlanReport } from "./owner-file/plan.js";
import { asProposal, isUntouched } from "./owner-file/proposal.js";
import type { OwnersFile } from "./owner-file/read.js";
import { NOT_UTF8 } from "./owner-file/unsafe.js";
import { nameBeside, replaceFile } from "./replace-file.js";
import { readIfThere } from "./read-if-there.js";
import { targetOf } from "./check-target.js";
import type { Written } from "./write-output.js";

/** What became of the owner's file, for the summary and for the other exports. */
export interface OwnersFileWritten extends Written {
  /** As it stands now; null where something stands there that is not ours. */
  readonly text: string | null;
  readonly report: PlanReport | null;
  readonly how: HowMatched | null;
}

const MOST_BESIDE = 50;

/**
 * Merges the new draft into the owner's file. The version before stays beside it (`NAME.previous.md`), and what cannot be
 * merged safely is not touched: the proposal goes beside it (`NAME.new.md`).
 *
 * @param there What stands at `path`.
 * @param elsewhere Where nothing does: the owner's file of another folder, whose words are taken over.
 * @throws {UnsafeWriteError} saying what stands in the way and what to do.
 */
export async function writeOwnersFile(
  path: string,
  there: OwnersFile,
  elsewhere: OwnersFile,
  generated: NewlyGenerated,
): Promise<OwnersFileWritten> {
  const file = there.text === null ? elsewhere : there;
  const merged = file.isUtf8 ? mergeFile(file.text, generated) : notUtf8(generated);
  if (merged.action === "unsafe") {
    const beside = await writeBeside(path, merged.proposal);
    throw new UnsafeWriteError(`${path} was not touched. ${merged.danger.message}`, {
      id: "OWNER_FILE_UNSAFE",
      hint: `${merged.danger.hint} The proposal of this build is ${beside}.`,
    });
  }
  if (merged.action === "foreign") {
    return { action: "beside", path: await writeBeside(path, merged.proposal), unchanged: false, text: null, report: null, how: null };
  }
  const action = there.text === merged.text ? "keep" : "write";
  if (action === "write") await replace(path, there.text, merged.text);
  const { text, report, how } = merged;
  return { action, path, unchanged: action === "keep", text, report, how };
}

function notUtf8(generated: NewlyGenerated): MergedFile {
  const fresh = mergeFile(null, generated);
  return { action: "unsafe", danger: NOT_UTF8, proposal: fresh.action === "write" ? fresh.text : "" };
}

async function replace(path: string, before: string | null, text: string): Promise<void> {
  try {
    await replaceFile(path, before, text);
  } catch (error) {
    if (!(error instanceof FileChangedError)) throw error;
    const beside = await writeBeside(path, text);
    throw new UnsafeWriteError(error.message, {
      id: "OWNER_FILE_CHANGED",
      hint: `Save it, then build again. The proposal of this build is ${beside}.`,
      cause: error,
    });
  }
}

/** The first name beside the file that is free, or holds a proposal that nobody has begun to edit. */
async function writeBeside(path: string, text: string): Promise<string> {
  const proposal = asProposal(text);
  for (let number = 1; number <= MOST_BESIDE; number++) {
    const beside = nameBeside(path, number === 1 ? "new" : `new-${number}`);
    const there = (await readIfThere(await targetOf(beside)))?.text ?? null;
    if (there !== null && !isUntouched(there)) continue;
    if (there !== proposal) await writeAtomically(beside, proposal, { expected: there });
    return beside;
  }
  throw new UnsafeWriteError(`${MOST_BESIDE} changed drafts stand beside ${path} already.`, {
    hint: "Merge what you need into it, and delete the others.",
  });
}
