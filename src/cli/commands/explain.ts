import type { AddCommand } from "../command.js";
import type { ExplainFlags } from "../explain-command.js";

export const addExplainCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("explain")
    .summary("One entry: its times, evidence, versions, reasons and links.")
    .description("One entry or piece of evidence: every time its source gave, its versions, why it is put forward or not, its links.")
    .argument("<id>", "of an entry or of evidence, as `timeline show` and the exports print it")
    .option("--incident <id>", "which (default: the only one, or the only open one)")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .option("--json", "for programs")
    .action(async (id: string, flags: ExplainFlags) => {
      const { runExplainCommand } = await import("../explain-command.js");
      exitWith(await runExplainCommand(id, flags, io));
    });
};
