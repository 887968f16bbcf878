import type { AddCommand } from "../command.js";
import type { DemoFlags } from "../demo-command.js";

export const addDemoCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("demo")
    .description("Build the timeline of a bundled, made-up incident, offline.")
    .option("--out <folder>", "where the files go", "timelines/demo")
    .option("--quiet", "no progress")
    .action(async (flags: DemoFlags) => {
      const { runDemoCommand } = await import("../demo-command.js");
      exitWith(await runDemoCommand(flags, io));
    });
};
