import type { OwnersFileWritten } from "../merge/index.js";

const MOST = 5;

/** What a build did to a file that its owner edits, in words; empty where there is nothing to tell. */
export function mergedText(owners: OwnersFileWritten | null): string {
  if (owners?.report == null) return "";
  const { report, how } = owners;
  const lines = [
    count(report.added, "is new", "are new"),
    count(report.updated, "was updated", "were updated"),
    count(report.moved, "was moved", "were moved"),
    count(report.removed, "was taken out: it is part of another by now", "were taken out: they are part of others by now"),
    conflicts(report.conflicts),
    otherLines(report.lines),
    how === null
      ? ""
      : `its marks were lost: found again ${how.id} entries by id, ${how.link} by link, ${how.content} by time and words; the others are offered under "Not on the timeline yet"`,
  ].filter((line) => line !== "");
  return lines.length === 0 ? "" : ["In the file", ...lines.map((line) => `  ${line}`)].join("\n");
}

function count(ids: readonly string[], one: string, several: string): string {
  return ids.length === 0 ? "" : ids.length === 1 ? `1 entry ${one}` : `${ids.length} entries ${several}`;
}

function conflicts(ids: readonly string[]): string {
  if (ids.length === 0) return "";
  const what = ids.length === 1 ? "1 entry that you had changed was" : `${ids.length} entries that you had changed were`;
  return `${what} changed at the source too: your words stay, the source's stand below them (${some(ids)})`;
}

function otherLines(keys: readonly string[]): string {
  if (keys.length === 0) return "";
  const what =
    keys.length === 1
      ? "1 line of ours that you changed or deleted would read"
      : `${keys.length} lines of ours that you changed or deleted would read`;
  return `${what} otherwise by now, and was left (${some(keys)})`;
}

function some(names: readonly string[]): string {
  return names.length <= MOST ? names.join(", ") : `${names.slice(0, MOST).join(", ")} and ${names.length - MOST} more`;
}
