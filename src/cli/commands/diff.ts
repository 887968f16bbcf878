import type { AddCommand } from "../command.js";
import type { DiffFlags } from "../diff-command.js";

export const addDiffCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("diff")
    .summary("What the last build changed.")
    .description("What the last build changed: what is new, what changed or was deleted at its source, what could not be seen any more.")
    .option("--incident <id>", "which (default: the only one, or the only open one)")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .option("--json", "for programs")
    .action(async (flags: DiffFlags) => {
      const { runDiffCommand } = await import("../diff-command.js");
      exitWith(await runDiffCommand(flags, io));
    });
};
