import { Argument } from "commander";
import { ExitCode } from "../../kit/errors.js";
import type { AddCommand } from "../command.js";

export const addCompletionCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("completion")
    .summary("A script by which a shell completes commands and flags.")
    .description("A script by which a shell completes commands and flags. It is fixed text: completing runs nothing of ours.")
    .addArgument(new Argument("<shell>", "which shell").choices(["bash", "zsh", "fish"]))
    .addHelpText(
      "after",
      `
  bash   source <(timeline completion bash), in ~/.bashrc
  zsh    source <(timeline completion zsh), in ~/.zshrc behind compinit
  fish   timeline completion fish > ~/.config/fish/completions/timeline.fish`,
    )
    .action(async (shell: "bash" | "zsh" | "fish") => {
      const { completionScript } = await import("../completion/index.js");
      io.out(completionScript(program, shell));
      exitWith(ExitCode.done);
    });
};
