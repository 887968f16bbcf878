import { Command, CommanderError } from "commander";
import { ExitCode } from "../kit/errors.js";
import { addBuildCommand } from "./commands/build.js";
import { addDemoCommand } from "./commands/demo.js";
import type { Io } from "./io.js";
import { packageVersion } from "./package-version.js";
import { Interrupted, reportFailure } from "./report-failure.js";
import { stylesFor } from "./styles.js";

/** The whole command: arguments in, exit code out. Never throws. */
export async function run(argv: readonly string[]): Promise<ExitCode> {
  const abort = abortOnSignals();
  const io: Io = {
    env: process.env,
    cwd: process.cwd(),
    out: (text) => process.stdout.write(text),
    err: process.stderr,
    styles: stylesFor(process.stderr),
    signal: abort.signal,
  };
  // A reader that went away (`| head`) is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(ExitCode.done);
  });
  let exitCode: ExitCode = ExitCode.done;
  const program = createProgram(io, (code) => (exitCode = code));
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
    const failure = reportFailure(abort.signal.aborted ? abort.signal.reason : error, argv.includes("--debug"));
    io.err.write(`${failure.text}\n`);
    return failure.exitCode;
  } finally {
    abort.release();
  }
}

function createProgram(io: Io, exitWith: (code: ExitCode) => void): Command {
  const program = new Command("timeline")
    .description("Reconstructs what happened: one time-ordered draft timeline of an incident that begins before it.")
    .version(packageVersion(), "-V, --version", "print the version")
    .showSuggestionAfterError(true)
    .showHelpAfterError("(timeline --help shows what there is)")
    .exitOverride();
  program.addHelpText("before", EXAMPLES);
  addBuildCommand(program, io, exitWith);
  addDemoCommand(program, io, exitWith);
  return program;
}

const EXAMPLES = `
  timeline demo                                              a bundled incident, offline
  timeline build --start 2026-03-04T11:20:00Z --end 2026-03-04T13:05:00Z --title "Checkout errors"
  timeline build --start -3h --title "Checkout errors"       still open: until now
`;

/** The first signal stops at the next checkpoint, the second at once. */
function abortOnSignals() {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(ExitCode.interrupted);
    controller.abort(new Interrupted());
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.on("SIGHUP", stop);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(name, stop);
    },
  };
}
