import type { Command } from "commander";
import { oneLine, shorten } from "../../kit/text.js";

/** What can follow, at one place of the command line. */
export interface Place {
  /** The commands that led here: [] for the program itself, ["config", "check"]. */
  readonly path: readonly string[];
  readonly commands: readonly Candidate[];
  readonly flags: readonly Flag[];
}

export interface Candidate {
  readonly name: string;
  readonly about: string;
}

export interface Flag extends Candidate {
  readonly takesValue: boolean;
  /** What it takes, where that is a fixed list. */
  readonly choices: readonly string[];
}

const LONGEST = 70;

/** Every place of the program, the outermost first. */
export function placesOf(program: Command, path: readonly string[] = []): Place[] {
  const here: Place = {
    path,
    commands: program.commands.map((each) => ({ name: each.name(), about: about(each.summary() || each.description()) })),
    flags: program.options
      .filter((option) => !option.hidden && option.long !== undefined && option.long !== null)
      .map((option) => ({
        name: option.long!,
        about: about(option.description),
        takesValue: option.required || option.optional,
        choices: option.argChoices ?? [],
      })),
  };
  return [here, ...program.commands.flatMap((each) => placesOf(each, [...path, each.name()]))];
}

/** The first sentence, on a line of its own. */
function about(text: string): string {
  return shorten(oneLine(text).split(". ")[0]!.replace(/[.:]$/, ""), LONGEST);
}
