import { Option } from "commander";
import type { AddCommand } from "../command.js";
import type { PurgeFlags } from "../purge-command.js";

export const addPurgeCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("purge")
    .summary("Delete old evidence, leaving no byte of it in the store.")
    .description(
      "Delete evidence that is older than the config's `retention` says, or than --older-than, and every byte of it in the store. The ledger says from then on what was purged. Neither held incidents nor notes and files of owners are touched.",
    )
    .option("--older-than <time>", "90d, P90D, 2026-01-01 or ISO 8601; left out: as the config's `retention` says")
    .addOption(new Option("--visibility <who>", "only what those may see").choices(["public", "private"]))
    .option(
      "--incident <id>",
      "this incident, with its notes and the evidence that no other draws on; with --older-than: that evidence alone",
    )
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .option("--dry-run", "say what would be purged, and purge nothing")
    .action(async (flags: PurgeFlags) => {
      const { runPurgeCommand } = await import("../purge-command.js");
      exitWith(await runPurgeCommand(flags, io));
    });
};
