import { positiveCount, type AddCommand } from "../command.js";
import type { ShowFlags } from "../show-command.js";

export const addShowCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("show")
    .summary("The timeline in the terminal, from the store.")
    .description("The draft of an incident, from the store: no network. Without flags, the entries that it puts forward.")
    .option("--incident <id>", "which (default: the only one, or the only open one)")
    .option("--all", "every entry")
    .option("--highlights <n>", "put more or fewer forward, this time", positiveCount)
    .option("--phase <name>", "before, detection, diagnosis, mitigation, recovery or after")
    .option("--kind <kind>", "a kind, its beginning, or a category: github.pull, change")
    .option("--source <name>", "a connector, or part of the name of a channel, repository or query")
    .option("--text <words>", "entries that hold these words, whatever their case")
    .option("--around <time>", "15 minutes on either side: 14:05 (UTC), or ISO 8601")
    .option("--before <entry>", "the changes before an entry, the nearest first")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .option("--json", "for programs")
    .action(async (flags: ShowFlags) => {
      const { runShowCommand } = await import("../show-command.js");
      exitWith(await runShowCommand(flags, io));
    });
};
