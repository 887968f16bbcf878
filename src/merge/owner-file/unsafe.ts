import { beginsClosingMark, FILE_VERSION, readClosingMark, versionOf } from "./base.js";
import { markedIds } from "./marks.js";

/** Why a file is not overwritten, in words for its owner. */
export interface Danger {
  readonly kind: "not UTF-8" | "conflict markers" | "cut off" | "newer version" | "damaged" | "another incident";
  readonly message: string;
  readonly hint: string;
}

/** States in which a merge could lose something. Null: it is safe to merge. */
export function dangerIn(text: string, incident: string): Danger | null {
  const lines = text.split(/\r\n|\r|\n/);
  if (hasConflict(lines)) {
    return {
      kind: "conflict markers",
      message: "It has conflict markers of a merge in it (<<<<<<<, =======, >>>>>>>).",
      hint: "Settle the conflict in your editor, then build again.",
    };
  }
  const other = otherIncident(lines, incident);
  if (other !== null) {
    return {
      kind: "another incident",
      message: `Its front matter says that it is the timeline of ${other}.`,
      hint: "Choose another folder with --out, or correct the line that begins with `incident:`.",
    };
  }
  return closingDanger(text, lines);
}

function closingDanger(text: string, lines: readonly string[]): Danger | null {
  const starts = lines.flatMap((line, at) => (beginsClosingMark(line) ? [at] : []));
  const newer = starts.map((at) => versionOf(lines[at]!)).find((version) => version > FILE_VERSION);
  if (newer !== undefined) {
    return {
      kind: "newer version",
      message: `A later version of incident-timeline wrote it (format ${newer}; this one knows ${FILE_VERSION}).`,
      hint: "Update incident-timeline, or build into another folder with --out.",
    };
  }
  if (starts.length > 1) return damaged("It has more than one closing mark.");
  if (starts.length === 1) {
    const at = starts[0]!;
    const end = lines.findIndex((line, index) => index >= at && line.includes("-->"));
    const mark = end === -1 ? "" : lines.slice(at, end + 1).join("\n");
    return versionOf(lines[at]!) === FILE_VERSION && readClosingMark(mark) === null ? damaged("Its closing mark was changed.") : null;
  }
  if (text.includes("incident-timeline/") || markedIds(text).length === 0) return null;
  return {
    kind: "cut off",
    message: "Its entries have their marks, but the closing mark at its end is missing: it may have been cut off.",
    hint: "Compare it with the file beside it that was kept from the last build. If nothing is missing, take the proposal.",
  };
}

function damaged(message: string): Danger {
  return {
    kind: "damaged",
    message: `${message} It can no longer be told what you have deleted.`,
    hint: "Take the closing mark from the version before (the comment at the end of the file), or delete it together with all marks of entries.",
  };
}

export const NOT_UTF8: Danger = {
  kind: "not UTF-8",
  message: "It is not UTF-8 text, so that writing it again would change what it says.",
  hint: "Save it as UTF-8 in your editor, then build again.",
};

/** All three, each at the beginning of its line, in their order. */
function hasConflict(lines: readonly string[]): boolean {
  const ours = lines.findIndex((line) => /^<{7}(?: |$)/.test(line));
  const middle = ours === -1 ? -1 : lines.findIndex((line, at) => at > ours && /^={7}$/.test(line));
  return middle !== -1 && lines.some((line, at) => at > middle && /^>{7}(?: |$)/.test(line));
}

function otherIncident(lines: readonly string[], incident: string): string | null {
  if (lines[0]?.trimEnd() !== "---") return null;
  const end = lines.findIndex((line, at) => at > 0 && line.trimEnd() === "---");
  const line = lines.slice(0, Math.max(0, end)).find((each) => each.startsWith("incident:"));
  const named = line
    ?.slice("incident:".length)
    .trim()
    .replace(/^["'“”„‘’«»]|["'“”‘’«»]$/g, "");
  return named === undefined || named === "" || named === incident ? null : named;
}
