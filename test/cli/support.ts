import { run } from "../../src/cli/run.js";
import { instant, ioAt } from "../support/build-fixture.js";

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** One command as a user types it, without a process: exit code and what was said where. */
export async function timeline(cwd: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const io = ioAt(instant("2026-03-20T09:00:00Z"), cwd);
  const code = await run(argv, { ...io, env });
  return { code, out: io.told.join(""), err: io.said.join("") };
}
