import type { AddCommand } from "../command.js";
import type { WhoFlags } from "../who-command.js";

export const addWhoCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("who")
    .summary("The person behind a role, on the terminal only.")
    .description("The person behind a role, on the terminal only. Without a role: everybody on the timeline.")
    .argument("[role...]", "such as responder B")
    .option("--suggest", "accounts that look like one person, as lines for `people` in the config, to be confirmed by you")
    .option("--print-names", "also where the output is no terminal: names then go wherever it goes")
    .option("--incident <id>", "which (default: the only one, or the only open one)")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .action(async (words: readonly string[], flags: WhoFlags) => {
      const { runWhoCommand } = await import("../who-command.js");
      exitWith(await runWhoCommand(words, flags, io));
    });
};
