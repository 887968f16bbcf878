import type { AddCommand } from "../command.js";
import type { NoteFlags } from "../note-command.js";

export const addNoteCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("note")
    .summary("Put something on the timeline by hand.")
    .description("Put something on the timeline by hand, while it happens or later: it is on every build and export from now on.")
    .argument("[text...]", "what happened; it needs no quotes")
    .option("--at <time>", "when: 14:05 (UTC, to the minute), -10m, or ISO 8601; left out: now")
    .option("--tz <zone>", "time zone of a time without an offset, such as Europe/Berlin")
    .option("--remove <id>", "withdraw a note; `timeline show --kind owner.note` prints their ids")
    .option("--incident <id>", "which (default: the only one, or the only open one)")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .option("--dry-run", "say what would be noted, and note nothing")
    .addHelpText("after", "\nA text that begins with a dash stands behind --: timeline note --at 14:05 -- -5 replicas")
    .action(async (words: readonly string[], flags: NoteFlags) => {
      const { runNoteCommand } = await import("../note-command.js");
      exitWith(await runNoteCommand(words, flags, io));
    });
};
