import type { Entry } from "../contract/draft.js";
import type { ScopeDifference } from "../merge/index.js";
import { oneLine, shorten, visible } from "../kit/text.js";
import { clockText, counted } from "./clock-text.js";
import type { Differences, EntryList } from "./diff-command.js";
import { entryLine } from "./entry-line.js";
import type { Io } from "./io.js";
import type { OpenDraft } from "./open-draft.js";
import { NO_STYLES } from "./styles.js";
import { wrap } from "./wrap.js";

/** A longer list is cut, and says so: `--json` has all. */
const MOST = 40;

const HEADINGS: readonly (readonly [list: EntryList, heading: string])[] = [
  ["added", "New"],
  ["changed", "Changed at the source"],
  ["deleted", "Deleted at the source"],
  ["raised", "Put forward now"],
  ["lowered", "No longer put forward"],
];

/** What `timeline diff` says to people. */
export function diffText(differences: Differences, open: OpenDraft, io: Io): string {
  const styles = io.outStyles ?? NO_STYLES;
  const sections = [
    head(differences, open).join("\n"),
    ...HEADINGS.map(([list, heading]) =>
      section(heading, differences[list], (entry: Entry) => entryLine(entry, open, io, { day: true }), io),
    ),
    section("No longer on the timeline", differences.gone, (each) => wrap(goneLine(each), io.columns ?? null, "      "), io),
    section("Could not be seen any more", differences.notSeen, (each) => wrap(scopeLine(each), io.columns ?? null, "      "), io),
    section("Seen again, or for the first time", differences.seenAgain, (each) => wrap(scopeLine(each), io.columns ?? null, "      "), io),
    sinceText(differences),
  ].filter((part) => part !== "");
  const isSame = differences.before !== null && sections.length === 1;
  return `${[styles.bold(`${oneLine(open.draft.incident.title)} (${open.draft.incident.id})`), ...sections, ...(isSame ? ["Nothing differs."] : [])].join("\n\n")}\n`;
}

function head({ before }: Differences, { build, draft }: OpenDraft): string[] {
  if (before !== null)
    return [
      `The build of ${clockText(build.at)}, compared with the one of ${clockText(before.at)}; builds that found nothing new are left out`,
      ...(before.window.from === build.window.from && before.window.until === build.window.until
        ? []
        : [`looked at: ${spanText(build.window)}; before: ${spanText(before.window)}`]),
    ];
  return [
    `The build of ${clockText(build.at)} is the first that can be compared with a later one: ${counted(draft.entries.length, "entry", "entries")}, all of them new.`,
  ];
}

function spanText({ from, until }: { readonly from: number; readonly until: number }): string {
  return `${clockText(from)} to ${clockText(until)}`;
}

function section<T>(heading: string, list: readonly T[], lineOf: (each: T) => string, io: Io): string {
  if (list.length === 0) return "";
  const styles = io.outStyles ?? NO_STYLES;
  const count = list.length > MOST ? `${MOST} of ${list.length} shown, --json has all` : String(list.length);
  return [styles.bold(`${heading}: ${count}`), ...list.slice(0, MOST).map(lineOf)].join("\n");
}

function goneLine({ id, note }: Differences["gone"][number]): string {
  if (note === null) return `  ${visible(id)}`;
  return `  ${clockText(note.at)}  withdrawn by hand: ${shorten(oneLine(note.text), 100)} [${id}]`;
}

function scopeLine({ line, before, now, gaps }: ScopeDifference): string {
  const states = `${before ?? "not part of it"} before, ${now ?? "not asked any more"} now`;
  const reasons = gaps.map(({ reason, detail, hint }) => `${reason}: ${oneLine(detail)}${hint === null ? "" : ` ${oneLine(hint)}`}`);
  return `  ${line.connector} ${line.source} ${oneLine(line.name)}: ${[states, ...reasons].join("; ")}`;
}

function sinceText({ notesSince: { added, withdrawn } }: Differences): string {
  if (added.length + withdrawn.length === 0) return "";
  return `Since that build: ${counted(added.length, "note")} added, ${withdrawn.length} withdrawn.`;
}
