import { briefOf } from "../draft/index.js";
import { ExitCode, UsageError } from "../kit/errors.js";
import { briefText } from "./brief-text.js";
import { tell, type Io } from "./io.js";
import { withDraft } from "./open-draft.js";

export interface BriefFlags {
  readonly incident?: string;
  readonly config?: string;
  readonly out?: string;
}

/** `timeline brief`: made anew each time from the store, and shown to whoever sits at the terminal. */
export async function runBriefCommand(flags: BriefFlags, io: Io): Promise<ExitCode> {
  if (flags.out !== undefined || io.columns === undefined)
    throw new UsageError(`The brief is shown on a terminal only, and ${flags.out === undefined ? "this is none" : "no --out is taken"}.`, {
      id: "BRIEF_NOT_STORED",
      hint: "Run `timeline brief` on a terminal, without --out. `timeline export` writes what may be kept.",
    });
  await tell(await withDraft(flags, io, (open) => briefText(briefOf(open.draft), open, io)), io);
  return ExitCode.done;
}
