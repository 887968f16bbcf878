import type { AddCommand } from "../command.js";
import type { ConfigFlags } from "../config-command.js";

export const addConfigCommand: AddCommand = (program, io, exitWith) => {
  const config = program.command("config").description("Judge the config, or show what counts and where it came from.");
  config
    .command("check")
    .description("Everything that can be known without tokens and network, all problems at once.")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .option("--json", "for programs")
    .action(async (flags: ConfigFlags) => {
      const { checkConfig } = await import("../config-command.js");
      exitWith(await checkConfig(flags, io));
    });
  config
    .command("show")
    .description("Each value that counts. Of secrets, only where they are found.")
    .option("--origin", "with where each value came from: a TIMELINE_* variable, the file, a default")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .option("--json", "for programs")
    .action(async (flags: ConfigFlags) => {
      const { showConfig } = await import("../config-command.js");
      exitWith(await showConfig(flags, io));
    });
};
