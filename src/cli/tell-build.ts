import type { PlaceOutcome } from "../attach/index.js";
import type { Entry } from "../contract/draft.js";
import type { ResolvedConfig } from "../config/index.js";
import type { BuildOutcome, BuildRequest } from "../pipeline.js";
import { attachedText } from "./attached-text.js";
import { counted } from "./clock-text.js";
import { entryLine } from "./entry-line.js";
import type { Io } from "./io.js";
import { createReporter, SILENT, type Reporter } from "./progress.js";
import { reportFailure } from "./report-failure.js";
import { gapCount, summarize } from "./summary.js";

/** How a build is told, in words or for programs. */
export interface BuildTeller {
  /** Before each build. */
  reporter(request: BuildRequest): Reporter;
  done(outcome: BuildOutcome, request: BuildRequest): void;
  /** The build was repeated: these entries are new. */
  news(entries: readonly Entry[], outcome: BuildOutcome, request: BuildRequest): void;
  /** What became of the places that the draft was attached to. */
  attached(places: readonly PlaceOutcome[]): void;
  /** @returns the exit code. */
  failed(error: unknown): ReturnType<typeof reportFailure>["exitCode"];
}

/** Progress on standard error, what came of it on standard output. */
export function textTeller(io: Io, config: ResolvedConfig, options: { readonly quiet: boolean; readonly debug: boolean }): BuildTeller {
  const reporter = () => (options.quiet ? SILENT : createReporter({ stream: io.err, styles: io.styles, clock: io.clock }));
  return {
    reporter,
    done: (outcome, request) => io.out(summarize(outcome, io.cwd, request.narrowing)),
    news: (entries, { draft, roles }) => {
      if (entries.length === 0) return;
      const lines = entries.map((entry) => entryLine(entry, { draft, roles, config }, io, { day: true }));
      io.out(`${[...lines, `${entries.length} new; ${counted(gapCount(draft), "gap")}`].join("\n")}\n`);
    },
    attached: (places) => io.out(`\n${attachedText(places)}`),
    failed: (error) => {
      const { text, exitCode } = reportFailure(error, options.debug);
      io.err.write(`${text}\n${io.signal.aborted ? "" : "failed\n"}`);
      return exitCode;
    },
  };
}
