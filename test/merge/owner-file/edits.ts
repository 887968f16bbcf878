/** What an owner does to the file in an editor. Numbers choose where; `token` is in every word that the owner writes. */
export interface Edit {
  readonly kind: keyof typeof KINDS;
  readonly a: number;
  readonly b: number;
}

export const EDIT_KINDS = () => Object.keys(KINDS) as (keyof typeof KINDS)[];

/** The text after the edits; the words that they put in are `OWNER<number of the edit>`. */
export function edited(text: string, edits: readonly Edit[], from = 0): string {
  return edits.reduce((lines, edit, nth) => applyEdit(lines, edit, `OWNER${from + nth}x`), text.split("\n")).join("\n");
}

function applyEdit(lines: readonly string[], { kind, a, b }: Edit, token: string): string[] {
  const end = lines.findIndex((line) => line.startsWith("<!-- incident-timeline/"));
  const body = lines.slice(0, end);
  return [...KINDS[kind]([...body], a, b, token), ...lines.slice(end)];
}

type Kind = (lines: string[], a: number, b: number, token: string) => string[];

const KINDS = {
  changeText: onEntry((lines, at, _, token) => void (lines[at] = lines[at]!.replace(/ \(\[source\]/, ` ${token} ([source]`))),
  changeTime: onEntry((lines, at, b) => void (lines[at] = lines[at]!.replace(/\*\*[\d:]+\*\*/, `**${clock(b)}**`))),
  deleteEntry: onEntry((lines, at) => void lines.splice(at, entryEnd(lines, at) - at)),
  noteUnder: onEntry((lines, at, _, token) => void lines.splice(at + 1, 0, `  - ${token} a note`)),
  splitEntry: onEntry((lines, at, b, token) => void lines.splice(at + 1, 0, `- **${clock(b)}** ${token} the second half`)),
  joinEntries: onEntry((lines, at) => {
    const next = lines[at + 1];
    if (next?.startsWith("- **")) lines.splice(at, 2, `${lines[at]!} ${next.slice(2)}`);
  }),
  moveEntry: onEntry((lines, at, b) => {
    const moved = lines.splice(at, entryEnd(lines, at) - at);
    lines.splice(topLevelPlace(lines, b), 0, ...moved);
  }),
  addEntry: onEntry((lines, at, b, token) => void lines.splice(entryEnd(lines, at), 0, `- **${clock(b)}** ${token} by hand`)),
  addParagraph: (lines, a, _, token) => {
    lines.splice(topLevelPlace(lines, a), 0, "", `${token} wrote this.`, "");
    return lines;
  },
  addSection: (lines, a, _, token) => {
    const headings = lines.flatMap((line, at) => (line.startsWith("## ") ? [at] : []));
    lines.splice(
      headings[a % headings.length] ?? lines.length,
      0,
      `## ${token} section`,
      "",
      `- ${token} point`,
      `- **11:41** ${token}`,
      "",
    );
    return lines;
  },
  addCode: (lines, a, _, token) => {
    lines.splice(topLevelPlace(lines, a), 0, "", "```", `# ${token}`, `- **11:41:00** ${token}`, "", "```", "");
    return lines;
  },
  changeLine: (lines, a, _, token) => {
    const plain = lines.flatMap((line, at) =>
      at > 6 && line.trim() !== "" && !line.includes("<!--") && !line.startsWith("  ") ? [at] : [],
    );
    const at = plain[a % plain.length];
    if (at !== undefined) lines[at] = lines[at]!.endsWith("|") ? `| ${token} | x |` : `${lines[at]!} ${token}`;
    return lines;
  },
  deleteLine: (lines, a) => {
    const plain = lines.flatMap((line, at) =>
      at > 6 && line.trim() !== "" && !line.includes("<!--") && !line.startsWith("  ") ? [at] : [],
    );
    const at = plain[a % plain.length];
    if (at !== undefined) lines.splice(at, 1);
    return lines;
  },
  deleteSection: (lines, a) => {
    const headings = lines.flatMap((line, at) => (line.startsWith("## ") ? [at] : []));
    if (headings.length < 3) return lines;
    const nth = a % headings.length;
    lines.splice(headings[nth]!, (headings[nth + 1] ?? lines.length) - headings[nth]!);
    return lines;
  },
  moveSection: (lines, a, b) => {
    const headings = lines.flatMap((line, at) => (line.startsWith("## ") ? [at] : []));
    if (headings.length < 3) return lines;
    const nth = a % headings.length;
    const section = lines.splice(headings[nth]!, (headings[nth + 1] ?? lines.length) - headings[nth]!);
    const left = lines.flatMap((line, at) => (line.startsWith("## ") ? [at] : []));
    lines.splice(left[b % left.length] ?? lines.length, 0, ...section, "");
    return lines;
  },
  renameHeading: (lines, a, _, token) => {
    const headings = lines.flatMap((line, at) => (/^##+ /.test(line) ? [at] : []));
    const at = headings[a % Math.max(1, headings.length)];
    if (at !== undefined) lines[at] = `${lines[at]!.split(" ")[0]!} ${token}`;
    return lines;
  },
  changeFrontMatter: (lines, a, _, token) => {
    const at = lines.findIndex((line) => line.startsWith("status:"));
    if (at !== -1) lines[at] = a % 2 === 0 ? "status: in review" : `status: draft # ${token}`;
    return lines;
  },
  emptyLine: (lines, a) => {
    lines.splice(topLevelPlace(lines, a), 0, "");
    return lines;
  },
} satisfies Record<string, Kind>;

/** An edit of one entry that stands on the timeline or under it; nothing where there is none. */
function onEntry(edit: (lines: string[], at: number, b: number, token: string) => void): Kind {
  return (lines, a, b, token) => {
    const entries = lines.flatMap((line, at) => (/^[-*] .*<!-- e:/.test(line) ? [at] : []));
    if (entries.length > 0) edit(lines, entries[a % entries.length]!, b, token);
    return lines;
  };
}

function entryEnd(lines: readonly string[], at: number): number {
  let end = at + 1;
  for (let next = end; next < lines.length; next++) {
    if (lines[next]!.startsWith("  ")) end = next + 1;
    else if (lines[next] !== "") break;
  }
  return end;
}

/** A place between blocks, behind the front matter and the title. */
function topLevelPlace(lines: readonly string[], n: number): number {
  const places = lines.flatMap((line, at) => (at > 7 && line === "" && !lines[at + 1]?.startsWith("  ") ? [at + 1] : []));
  return places[n % Math.max(1, places.length)] ?? lines.length;
}

function clock(n: number): string {
  return `${String(n % 24).padStart(2, "0")}:${String(n % 60).padStart(2, "0")}`;
}
