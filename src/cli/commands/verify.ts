import type { AddCommand } from "../command.js";
import type { VerifyFlags } from "../verify-command.js";

export const addVerifyCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("verify")
    .description("Compare an export with the evidence in the store: what no longer matches. No network, no token.")
    .argument("<file>", "a file that a build or an export wrote")
    .option("--incident <id>", "of which (default: the one that the file names)")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .option("--json", "for programs")
    .action(async (file: string, flags: VerifyFlags) => {
      const { runVerifyCommand } = await import("../verify-command.js");
      exitWith(await runVerifyCommand(file, flags, io));
    });
};
