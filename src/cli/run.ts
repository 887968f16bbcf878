import { Command, CommanderError } from "commander";
import { ExitCode } from "../kit/errors.js";
import { addBriefCommand } from "./commands/brief.js";
import { addBuildCommand } from "./commands/build.js";
import { addCompletionCommand } from "./commands/completion.js";
import { addConfigCommand } from "./commands/config.js";
import { addDemoCommand } from "./commands/demo.js";
import { addDiffCommand } from "./commands/diff.js";
import { addDoctorCommand } from "./commands/doctor.js";
import { addExplainCommand } from "./commands/explain.js";
import { addExportCommand } from "./commands/export.js";
import { addLintCommand } from "./commands/lint.js";
import { addHelpCommand } from "./commands/help.js";
import { addHoldCommand } from "./commands/hold.js";
import { addInitCommand } from "./commands/init.js";
import { addListCommand } from "./commands/list.js";
import { addNoteCommand } from "./commands/note.js";
import { addPurgeCommand } from "./commands/purge.js";
import { addShowCommand } from "./commands/show.js";
import { addVerifyCommand } from "./commands/verify.js";
import { addWatchCommand } from "./commands/watch.js";
import { addWhoCommand } from "./commands/who.js";
import type { AddCommand } from "./command.js";
import type { Io } from "./io.js";
import { packageVersion } from "./package-version.js";

/** In the order of `--help`. */
const COMMANDS: readonly AddCommand[] = [
  addDemoCommand,
  addInitCommand,
  addBuildCommand,
  addListCommand,
  addShowCommand,
  addExplainCommand,
  addDiffCommand,
  addWhoCommand,
  addBriefCommand,
  addNoteCommand,
  addExportCommand,
  addVerifyCommand,
  addWatchCommand,
  addPurgeCommand,
  addHoldCommand,
  addLintCommand,
  addDoctorCommand,
  addConfigCommand,
  addCompletionCommand,
  addHelpCommand,
];

/** The whole command: arguments in, exit code out. Never throws. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.done;
  const program = createProgram(io, (code) => (exitCode = code));
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return await afterParsing(error, io);
    // What tells of failures is loaded for them alone.
    const { reportFailure } = await import("./report-failure.js");
    const failure = reportFailure(io.signal.aborted ? io.signal.reason : error, argv.includes("--debug"));
    io.err.write(`${failure.text}\n`);
    return failure.exitCode;
  }
}

/** The library has said what is wrong, and what was probably meant; the id is ours. */
async function afterParsing({ exitCode, code }: CommanderError, io: Io): Promise<ExitCode> {
  if (exitCode === 0) return ExitCode.done;
  const { idLine } = await import("./report-failure.js");
  io.err.write(`${idLine(PARSE_FAILURES[code] ?? "USAGE")}\n`);
  return ExitCode.usage;
}

const PARSE_FAILURES: Readonly<Record<string, string>> = {
  "commander.unknownCommand": "COMMAND_UNKNOWN",
  "commander.unknownOption": "FLAG_UNKNOWN",
  "commander.missingArgument": "ARGUMENT_MISSING",
  "commander.optionMissingArgument": "ARGUMENT_MISSING",
  "commander.missingMandatoryOptionValue": "ARGUMENT_MISSING",
  "commander.invalidArgument": "FLAG_INVALID",
  "commander.excessArguments": "ARGUMENT_EXCESS",
};

function createProgram(io: Io, exitWith: (code: ExitCode) => void): Command {
  const program = new Command("timeline")
    .description("Reconstructs what happened: one time-ordered draft timeline of an incident that begins before it.")
    .version(packageVersion(), "-V, --version", "print the version")
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err.write(text) })
    .showSuggestionAfterError(true)
    .exitOverride()
    .addHelpText("before", EXAMPLES);
  for (const add of COMMANDS) add(program, io, exitWith);
  return program;
}

const EXAMPLES = `
  timeline demo                                              a bundled incident, offline
  timeline build --start 2026-03-04T11:20:00Z --end 2026-03-04T13:05:00Z --title "Checkout errors"
  timeline build --start -3h --title "Checkout errors"       still open: until now
`;
