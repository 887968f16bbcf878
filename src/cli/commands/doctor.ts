import type { AddCommand } from "../command.js";
import type { DoctorFlags } from "../doctor-command.js";

export const addDoctorCommand: AddCommand = (program, io, exitWith) => {
  program
    .command("doctor")
    .description("Each source: reachable, as whom, which scopes are granted and which are missing; clocks; the store.")
    .option("--config <file>", "the config (default: timeline.config.json here or above)")
    .option("--json", "for programs")
    .option("--report", "what a bug report needs: no evidence, names or secrets")
    .action(async (flags: DoctorFlags) => {
      const { runDoctorCommand } = await import("../doctor-command.js");
      exitWith(await runDoctorCommand(flags, io));
    });
};
