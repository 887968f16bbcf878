import type { Command } from "commander";
import { nearestKey } from "../../kit/nearest-key.js";
import { ExitCode, UsageError } from "../../kit/errors.js";
import { oneLine, shorten } from "../../kit/text.js";
import type { AddCommand } from "../command.js";

/** In place of the library's own: it knows the ids of failures as well. */
export const addHelpCommand: AddCommand = (program, io, exitWith) => {
  program
    .helpCommand(false)
    .command("help")
    .description("Explain a command, or a failure by its id.")
    .argument("[name...]", "a command, an id such as CONFIG_INVALID, or the reason of a gap (not in channel)")
    .action(async (names: readonly string[]) => {
      const { failureId, FAILURES } = await import("../failures.js");
      const id = failureId(names.join(" "));
      const failure = FAILURES.get(id);
      if (failure) io.out(`${id}\n  ${failure.what}\n  ${failure.todo}\n`);
      else commandOf(program, names, [...FAILURES.keys()]).outputHelp();
      exitWith(ExitCode.done);
    });
};

function commandOf(program: Command, names: readonly string[], failures: readonly string[]): Command {
  let command = program;
  for (const name of names) command = command.commands.find((each) => each.name() === name) ?? unknown(name, command, failures);
  return command;
}

function unknown(name: string, { commands }: Command, failures: readonly string[]): never {
  const near = nearestKey(name, [...commands.map((each) => each.name()), ...failures]);
  throw new UsageError(`There is no command or failure "${shorten(oneLine(name), 60)}".`, {
    id: "COMMAND_UNKNOWN",
    hint: near === null ? "`timeline --help` lists the commands." : `Did you mean ${near}?`,
  });
}
