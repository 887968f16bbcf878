import { Option } from "commander";
import { AUDIENCES } from "../../contract/audience.js";
import { CHARTS } from "../../contract/template.js";
import type { BuildFlags } from "../build-command.js";
import { positiveCount, several, type AddCommand } from "../command.js";

export const addBuildCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("build")
    .description("Collect what the sources hold for an incident window and write the draft timeline.")
    .option("--start <time>", "when the incident began: ISO 8601 with Z or an offset, or relative (-3h)")
    .option("--end <time>", "when it was over; left out while it is open")
    .option("--title <text>", 'what it is called (default: "Incident")')
    .option(
      "--incident <id|link|file>",
      "one that is known: in the store, a link to a Slack channel or message or a GitHub issue, a JSON file",
    )
    .option("--id <name>", "name of the incident in the store and of its files (default: start date and title)")
    .option("--from <time>", "outer border instead of the lead-ins")
    .option("--until <time>", "outer border instead of the lead-out")
    .option("--tz <zone>", "time zone of times without an offset, such as Europe/Berlin")
    .option("--service <name>", "read only what the config says of this service; again for more", several)
    .option("--channel <name>", "read these Slack channels instead; again for more", several)
    .option("--repo <owner/name>", "read these repositories instead; again for more", several)
    .option("--metric <name>", "read these metrics instead, by name or as name=query; again for more", several)
    .option("--monitor <name>", "read these monitors instead, by name or id; again for more", several)
    .addOption(new Option("--only <list=name>", "the same for any list that a service may have").argParser(several).hideHelp())
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .option("--out <folder>", "where the files go", "timelines")
    .option("--format <list>", "any of md, json, csv, jsonl and html, separated by commas", "md,json")
    .option("--highlights <n>", "how many entries to put forward at the most (default: as many as tell the story)", positiveCount)
    .addOption(
      new Option("--audience <who>", "public: write a sanitised summary as well (<ID>.public.md)").choices(AUDIENCES).default("internal"),
    )
    .addOption(
      new Option("--charts <how>", "of metrics in the Markdown: SVG files beside it, bars inline, or none (default: files)").choices(
        CHARTS,
      ),
    )
    .option("--template <name>", "of the Markdown: default, short or a file (default: as the config has it)")
    .option("--attach", "attach the draft where the config says, as `timeline watch` does")
    .option("--refresh", "ask the sources for everything anew")
    .option("--reopen", "build also where the owner has closed the file")
    .option("--strict", "exit 1 when anything could not be seen")
    .option("--quiet", "no progress")
    .option("--json", "events for programs, one JSON object a line, in place of progress and summary")
    .option("--dry-run", "tell what would be asked and written, and do none of it")
    .option("--follow", "build again and again while the incident is open, and show only what is new")
    .option("--every <duration>", "the pause between two builds of --follow", "2m")
    .addOption(new Option("--debug", "print a stack with a failure").hideHelp())
    .action(async (flags: BuildFlags) => {
      const { runBuildCommand } = await import("../build-command.js");
      exitWith(await runBuildCommand(flags, io));
    });
};
