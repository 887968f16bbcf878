import { Option } from "commander";
import { AUDIENCES } from "../../contract/audience.js";
import { CHARTS } from "../../contract/template.js";
import type { AddCommand } from "../command.js";
import type { ExportFlags } from "../export-command.js";

export const addExportCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("export")
    .summary("Write the timeline in any format, from the store.")
    .description("Write the timeline of an incident from the store: no network, no token.")
    .option("--format <list>", "any of md, json, csv, jsonl, html, separated by commas", "md,json")
    .option("--out <folder>", "where the files go; - writes one format to standard output", "timelines")
    .option("--incident <id>", "which (default: the only one, or the only open one)")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .addOption(
      new Option("--audience <who>", "public: write a sanitised summary as well (<ID>.public.md)").choices(AUDIENCES).default("internal"),
    )
    .addOption(
      new Option(
        "--charts <how>",
        "of metrics in the Markdown: SVG files beside it, bars inline, or none (default: that of the last build)",
      ).choices(CHARTS),
    )
    .option("--template <name>", "of the Markdown: default, short or a file (default: that of the last build)")
    .option("--dry-run", "say which files would be written, and write none")
    .action(async (flags: ExportFlags) => {
      const { runExportCommand } = await import("../export-command.js");
      exitWith(await runExportCommand(flags, io));
    });
};
