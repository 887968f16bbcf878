import type { AddCommand } from "../command.js";
import type { HoldFlags } from "../hold-command.js";

export const addHoldCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("hold")
    .summary("Legal hold: keep the evidence of an incident from being purged.")
    .description("Legal hold: keep the evidence of an incident from being purged, until it is released. Without an id: what is held.")
    .argument("[id]", "the incident")
    .option("--reason <text>", "why, for those who look at it later")
    .option("--release", "what is older may be purged again")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .action(async (id: string | undefined, flags: HoldFlags) => {
      const { runHoldCommand } = await import("../hold-command.js");
      exitWith(await runHoldCommand(id, flags, io));
    });
};
