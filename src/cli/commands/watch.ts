import type { AddCommand } from "../command.js";
import type { WatchFlags } from "../watch-command.js";

export const addWatchCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("watch")
    .description("Notice incidents, build on a schedule, attach where the config says.")
    .option("--once", "do what is due now and end: for cron, timers and CI")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .option("--out <folder>", "where the files go", "timelines")
    .option("--format <list>", "any of md, json, csv, jsonl and html, separated by commas", "md,json")
    .option("--quiet", "only warnings and errors")
    .option("--json", "the log as one JSON object a line")
    .option("--dry-run", "tell what would be noticed, built and sent, and do none of it")
    .action(async (flags: WatchFlags) => {
      const { runWatchCommand } = await import("../watch-command.js");
      exitWith(await runWatchCommand(flags, io));
    });
};
