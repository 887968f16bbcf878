import { Option } from "commander";
import type { AddCommand } from "../command.js";
import type { LintFlags } from "../lint-command.js";

export const addLintCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("lint")
    .description("Mark hindsight, blame and verdicts in Markdown, with a neutral way to say it.")
    .argument("<file...>", "Markdown files; - is standard input")
    .addOption(new Option("--format <format>", "how findings are written").choices(["text", "json", "github"]).default("text"))
    .option("--allow <rules>", "ids of rules that do not count, separated by commas; each finding names its rule")
    .addHelpText("after", "\nOn one line only: <!-- timeline-lint allow: rule-id -->, there or on the line before.")
    .action(async (names: readonly string[], flags: LintFlags) => {
      const { runLintCommand } = await import("../lint-command.js");
      exitWith(await runLintCommand(names, flags, io));
    });
};
