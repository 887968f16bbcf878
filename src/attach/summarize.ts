import type { Stage, Summary, SummaryEntry } from "../contract/destination.js";
import { MILESTONES, type CoverageLine, type Draft, type Entry, type Milestone } from "../contract/draft.js";
import { formatDuration } from "../kit/duration.js";
import { groupBy } from "../kit/group-by.js";
import { inlinesOf } from "../kit/rich-text.js";
import { compareText } from "../kit/text.js";
import { counted, MILESTONE_WORDS, minuteText } from "./words.js";

/** What the readers of a place may see of an incident. */
export interface Visible {
  /** Computed from evidence that they may see. */
  readonly draft: Draft;
  /** Person key to role. */
  readonly roles: Readonly<Record<string, string>>;
  /** What they may know it by. */
  readonly incident: string;
  /** null: it may not be told. */
  readonly title: string | null;
  /** What they may not see, counted. */
  readonly leftOut: { readonly records: number; readonly scopes: number };
  /** People outside: times of ours, and no word that a source wrote. */
  readonly isSanitized: boolean;
}

/** What a place shows of an incident: where it stands, its turns, what was put forward, and what could not be seen. Pure. */
export function summarize(visible: Visible, stage: Stage): Summary {
  const { draft, incident, title, isSanitized } = visible;
  const milestones = isSanitized ? seenOnly(draft.milestones) : draft.milestones;
  const highlights = isSanitized ? [] : draft.entries.filter(isPutForward).map(toSummaryEntry);
  return {
    incident,
    title,
    stage,
    status: [...(isSanitized ? [] : [statusText(draft)]), ...impactText(milestones)],
    milestones: MILESTONES.map((name) => ({ name, label: MILESTONE_WORDS[name], at: milestones[name].at, state: milestones[name].state })),
    highlights,
    coverage: isSanitized ? [] : coverageText(draft.coverage),
    leftOut: leftOutText(visible),
    roles: rolesIn(highlights, visible.roles),
  };
}

function isPutForward({ highlighted, deleted }: Entry): boolean {
  return highlighted && !deleted;
}

function toSummaryEntry({ at, precisionMicros, text, links }: Entry): SummaryEntry {
  return { at, precisionMicros, text, url: links[0]?.url ?? null };
}

function statusText({ incident: { start, end } }: Draft): string {
  if (end === null) return `Open since ${minuteText(start)}.`;
  return `Over: ${minuteText(start)} to ${minuteText(end)}, ${formatDuration(end - start)}.`;
}

/** Without those that were taken from the reported start or end, which may have been read in a private place. */
function seenOnly(milestones: Draft["milestones"]): Draft["milestones"] {
  const isSeen = ({ entries }: Milestone) => entries.length > 0;
  const unseen = { state: "missing", at: null, entries: [], because: "" } as const;
  return Object.fromEntries(MILESTONES.map((name) => [name, isSeen(milestones[name]) ? milestones[name] : unseen])) as Draft["milestones"];
}

function impactText({ impactStart, recovered, resolved }: Draft["milestones"]): string[] {
  const over = recovered.state === "found" ? recovered : resolved;
  if (impactStart.state !== "found" || over.state !== "found" || impactStart.at === null || over.at === null) return [];
  return over.at > impactStart.at ? [`The impact lasted ${formatDuration(over.at - impactStart.at)}.`] : [];
}

/** A line for each source that is not whole: how many of its scopes are, and why the others are not. */
function coverageText(coverage: readonly CoverageLine[]): string[] {
  const sources = [...groupBy(coverage, ({ connector, source }) => `${connector} ${source}`)].sort(([a], [b]) => compareText(a, b));
  const partial = sources.flatMap(([name, lines]) => sourceText(name, lines));
  if (sources.length === 0) return ["Nothing was asked."];
  return partial.length === 0 ? [`Everything that was asked was read, of ${counted(sources.length, "source")}.`] : partial;
}

function sourceText(name: string, lines: readonly CoverageLine[]): string[] {
  const whole = lines.filter(({ state }) => state === "complete").length;
  if (whole === lines.length) return [];
  const gaps = groupBy(
    lines.flatMap((line) => line.gaps),
    ({ reason }) => reason,
  );
  const reasons = [...gaps].map(([reason, same]) => `${reason} (${same.length})`).sort(compareText);
  return [`${name}: ${whole} of ${lines.length} read whole${reasons.length === 0 ? "" : `; ${reasons.join(", ")}`}.`];
}

function leftOutText({ leftOut: { records, scopes }, isSanitized }: Visible): string | null {
  if (isSanitized) return `The words, links and names of ${counted(records, "record")} are left out.`;
  if (records === 0 && scopes === 0) return null;
  const what = [
    ...(records === 0 ? [] : [counted(records, "record")]),
    ...(scopes === 0 ? [] : [counted(scopes, "channel, repository or query", "channels, repositories or queries")]),
  ];
  return `Left out here, since not everybody who reads this may see them: ${what.join(" and ")}. What the owner wrote is left out with them.`;
}

/** Of those whom a reader meets. */
function rolesIn(highlights: readonly SummaryEntry[], roles: Readonly<Record<string, string>>): Record<string, string> {
  const met = new Set(
    highlights.flatMap(({ text }) => [...inlinesOf(text)].flatMap((inline) => (inline.type === "role" ? inline.person : []))),
  );
  return Object.fromEntries(Object.entries(roles).filter(([person]) => met.has(person)));
}
