import { narrowingText } from "../draft/index.js";
import type { CoverageLine, Draft, MilestoneName } from "../contract/draft.js";
import type { Narrowing } from "../contract/selection.js";
import { formatDuration } from "../kit/duration.js";
import { toIso, type EpochMicros } from "../kit/instant.js";
import { toPlain } from "../kit/rich-text.js";
import { oneLine, shorten, visible } from "../kit/text.js";
import type { BuildOutcome } from "../pipeline.js";
import { mergedText } from "./merged.js";
import { remarksText, writtenText } from "./written.js";

const MOST_GAPS = 8;
const MOST_CHANGES = 3;

const MILESTONE_NAMES: Readonly<Record<MilestoneName, string>> = {
  impactStart: "impact start",
  detected: "detected",
  acknowledged: "acknowledged",
  declared: "declared",
  mitigated: "mitigated",
  recovered: "recovered",
  resolved: "resolved",
};

/** What a person reads when a build is done: the story in numbers, what could not be seen, where the files are. */
export function summarize(outcome: BuildOutcome, cwd: string, narrowing: Narrowing): string {
  const { draft } = outcome;
  const parts = [
    [head(draft), ...narrowingText(narrowing).map((line) => `  ${line}`)].join("\n"),
    milestones(draft),
    changes(outcome),
    gaps(draft.coverage),
    writtenText(outcome.files, outcome.charts, cwd),
    mergedText(outcome.owners),
    remarksText(outcome.remarks),
    lastLine(draft),
  ];
  return `${visible(parts.filter((part) => part !== "").join("\n\n"))}\n`;
}

function head({ incident, window, entries, changes, anomalies }: Draft): string {
  const highlighted = entries.filter((entry) => entry.highlighted).length;
  const before = entries.filter((entry) => entry.at < incident.start).length;
  return [
    `${oneLine(incident.title)} (${incident.id})`,
    `  ${clock(incident.start)} to ${incident.end === null ? "now: still open" : clock(incident.end)}, looked at from ${clock(window.from)} to ${clock(window.until)}`,
    `  ${highlighted} of ${entries.length} entries put forward; ${before} are from before the reported start`,
    `  ${changes.length} changes, ${anomalies.length} metric anomalies`,
  ].join("\n");
}

function milestones({ milestones: named }: Draft): string {
  const start = named.impactStart.at;
  const lines = Object.entries(MILESTONE_NAMES).map(([key, name]) => {
    const milestone = named[key as MilestoneName];
    if (milestone.state !== "found" || milestone.at === null) return `  ${name.padEnd(13)} ${milestone.state}`;
    const distance =
      start === null || key === "impactStart"
        ? ""
        : `  ${formatDuration(milestone.at - start)} ${milestone.at < start ? "before" : "after"} the impact`;
    return `  ${name.padEnd(13)} ${clock(milestone.at)}${distance}`;
  });
  return ["Milestones", ...lines].join("\n");
}

function changes({ draft, roles }: BuildOutcome): string {
  const before = draft.changes.filter((change) => change.beforeImpactMicros !== null && change.beforeImpactMicros >= 0);
  const ranked = [...before].sort((a, b) => b.score - a.score || a.beforeImpactMicros! - b.beforeImpactMicros!);
  const lines = ranked
    .slice(0, MOST_CHANGES)
    .map(
      (change) =>
        `  ${formatDuration(change.beforeImpactMicros!).padEnd(13)} before  ${shorten(oneLine(toPlain(change.title, nameOf(roles))), 80)}`,
    );
  return lines.length === 0 ? "" : [`Changes before the impact, ${lines.length} of ${before.length}`, ...lines].join("\n");
}

function nameOf(roles: Readonly<Record<string, string>>) {
  return (inline: { type: "account" } | { type: "role"; person: string }) =>
    inline.type === "role" ? `[${roles[inline.person] ?? "unknown"}]` : "[unknown]";
}

function gaps(coverage: readonly CoverageLine[]): string {
  const all = coverage.flatMap((line) => line.gaps.map((gap) => ({ line, gap })));
  if (all.length === 0) return "";
  const lines = all.slice(0, MOST_GAPS).map(({ line, gap }) => {
    const count = gap.count === null ? "" : ` (${gap.count})`;
    const text = `  ${line.connector} ${oneLine(line.name)}: ${gap.reason}${count}: ${oneLine(gap.detail)}`;
    return gap.hint === null ? text : `${text}\n    ${oneLine(gap.hint)}`;
  });
  return [`Not seen, ${lines.length} of ${all.length}`, ...lines].join("\n");
}

function lastLine(draft: Draft): string {
  const count = gapCount(draft);
  return count === 0 ? "complete" : `complete but for ${count} gap${count === 1 ? "" : "s"}`;
}

export function gapCount({ coverage }: Draft): number {
  return coverage.reduce((sum, line) => sum + line.gaps.length, 0);
}

function clock(at: EpochMicros): string {
  return toIso(at, 1_000_000).replace("T", " ");
}
