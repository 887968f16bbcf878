import type { AddCommand } from "../command.js";
import type { BriefFlags } from "../brief-command.js";

export const addBriefCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("brief")
    .summary("One page to prepare the meeting, on the terminal only.")
    .description(
      "One page to prepare the meeting: the story, where it was hard to go on, jargon, whom to ask about what, and passages to meet with care. " +
        "On the terminal only: it is never stored or attached.",
    )
    .option("--incident <id>", "which (default: the only one, or the only open one)")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .option("--out <place>", "refused: what it says is for the meeting, and for no file")
    .action(async (flags: BriefFlags) => {
      const { runBriefCommand } = await import("../brief-command.js");
      exitWith(await runBriefCommand(flags, io));
    });
};
