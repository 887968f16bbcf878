import { InvalidArgumentError, type Command } from "commander";
import type { ExitCode } from "../kit/errors.js";
import type { Io } from "./io.js";

/**
 * Adds one command with its flags. What it needs to work is loaded inside its action, so that `--help` and the other
 * commands do not pay for it: nothing but flags and words is imported above.
 */
export type AddCommand = (program: Command, io: Io, exitWith: (code: ExitCode) => void) => void;

/** For flags that may be given again. */
export function several(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** For flags that are a number of things. */
export function positiveCount(value: string): number {
  if (/^[1-9]\d{0,4}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("It is a whole number from 1 on.");
}
