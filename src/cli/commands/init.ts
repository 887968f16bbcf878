import { several, type AddCommand } from "../command.js";
import type { InitFlags } from "../init-command.js";

export const addInitCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("init")
    .description("Write a first timeline.config.json here: from flags, from tokens in the environment, or asking.")
    .option("--channel <name>", "a Slack channel or pattern to read; again for more", several)
    .option("--repo <owner/name>", "a repository to read; again for more", several)
    .option("--metric <name=query>", "a Datadog metric query, with the name that the timeline gives it; again for more", several)
    .option("--api <source=url>", "another base URL of a source, such as a GitHub Enterprise Server; again for more", several)
    .option(
      "--manifest <source>",
      "print the manifest of the app that a source needs, with just the scopes that are read, and write nothing",
    )
    .option("--yes", "ask nothing: take what the tokens in the environment allow")
    .action(async (flags: InitFlags) => {
      const { runInitCommand } = await import("../init-command.js");
      exitWith(await runInitCommand(flags, io));
    });
};
