/** The last lines that fit into `room` UTF-16 units, with the line end that each of them has. */
export function fitLines(lines: readonly string[], room: number): string[] {
  let left = room;
  let from = lines.length;
  while (from > 0 && lines[from - 1]!.length + 1 <= left) {
    from -= 1;
    left -= lines[from]!.length + 1;
  }
  return lines.slice(from);
}

/** "(12 of 40 shown)", empty where all are. */
export function shownOf(shown: number, all: number): string {
  return shown === all ? "" : ` (${shown.toLocaleString("en")} of ${all.toLocaleString("en")} shown)`;
}
