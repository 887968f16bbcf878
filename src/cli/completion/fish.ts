import type { Place } from "./tree.js";

/** A line for each command and flag, with the commands behind which it is offered. */
export function fishScript(places: readonly Place[]): string {
  const lines = places.flatMap((place) => {
    const here = quoted(conditionOf(place, places));
    return [
      ...place.commands.map(({ name, about }) => `complete -c timeline -f -n ${here} -a ${name} -d ${quoted(about)}`),
      ...place.flags.map(({ name, about, takesValue, choices }) => {
        const value = choices.length > 0 ? ` -x -a ${quoted(choices.join(" "))}` : takesValue ? " -r" : "";
        return `complete -c timeline -n ${here} -l ${name.slice("--".length)}${value} -d ${quoted(about)}`;
      }),
    ];
  });
  return `# Completion of timeline for fish: timeline completion fish > ~/.config/fish/completions/timeline.fish\n${lines.join("\n")}\n`;
}

/** A name can be a command and one of another command: `show`, and `config show`. */
function conditionOf({ path, commands }: Place, places: readonly Place[]): string {
  if (path.length === 0) return "__fish_use_subcommand";
  const seen = path.map((name) => `__fish_seen_subcommand_from ${name}`);
  const others = [
    ...commands.map(({ name }) => name),
    ...places.flatMap((each) => (path.length === 1 && each.path.length > 1 && each.path.at(-1) === path[0] ? [each.path[0]!] : [])),
  ];
  return [...seen, ...(others.length === 0 ? [] : [`not __fish_seen_subcommand_from ${others.join(" ")}`])].join("; and ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
