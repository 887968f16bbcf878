import type { AddCommand } from "../command.js";
import type { ListFlags } from "../list-command.js";

export const addListCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("list")
    .description("The incidents in the store, newest first.")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .option("--json", "for programs")
    .action(async (flags: ListFlags) => {
      const { runListCommand } = await import("../list-command.js");
      exitWith(await runListCommand(flags, io));
    });
};
