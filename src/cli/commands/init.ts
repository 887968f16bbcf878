import { several, type AddCommand } from "../command.js";
import type { InitFlags } from "../init-command.js";

export const addInitCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("init")
    .description("Write a first timeline.config.json here: from flags, from tokens in the environment, or asking.")
    .option("--slack-channel <name>", "a channel or pattern to read; again for more", several)
    .option("--repo <owner/name>", "a repository to read; again for more", several)
    .option("--metric <name=query>", "a Datadog metric query, with the name that the timeline gives it; again for more", several)
    .option("--yes", "ask nothing")
    .action(async (flags: InitFlags) => {
      const { runInitCommand } = await import("../init-command.js");
      exitWith(await runInitCommand(flags, io));
    });
};
