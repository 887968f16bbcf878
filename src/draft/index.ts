import type { Anomaly, SeriesFacts } from "../contract/detect.js";
import type { CoverageLine, Draft, Entry, EvidenceRecord } from "../contract/draft.js";
import type { Normalized, Person } from "../contract/item.js";
import type { Inline } from "../contract/rich-text.js";
import { inTotalOrder } from "../contract/total-order.js";
import type { Narrowing } from "../contract/selection.js";
import type { Window } from "../contract/window.js";
import { inlinesOf } from "../kit/rich-text.js";
import { compareText } from "../kit/text.js";
import { describeAnomalies } from "./anomalies.js";
import { type Candidate, orderedOf } from "./candidate.js";
import { toDraftChange } from "./changes.js";
import { durationsOf } from "./durations.js";
import { candidatesOf } from "./entries.js";
import { fold } from "./fold.js";
import { type HighlightOptions, judge, type Judged, storyOf } from "./highlights.js";
import { findMilestones } from "./milestones.js";
import { narrowingText } from "./narrowing-text.js";
import { notesOf } from "./notes.js";
import { type Phases, phasesOf } from "./phases.js";
import { questionsAt } from "./questions.js";
import { settingOf } from "./scene.js";
import { withTopic } from "./topic.js";

export { narrowingText } from "./narrowing-text.js";
export { briefOf, type Brief, type Passage } from "./brief/index.js";

export interface DraftInput {
  readonly incident: Draft["incident"];
  readonly window: Window;
  readonly normalized: Normalized;
  readonly anomalies: readonly Anomaly[];
  /** Every series that was read; an anomaly of another one is not shown. */
  readonly series: readonly SeriesFacts[];
  readonly coverage: readonly CoverageLine[];
  readonly highlights?: HighlightOptions;
  /** Absent: everything that the config names was asked. */
  readonly narrowing?: Narrowing;
  /** Text without names of people, and URLs that name nobody: `roles` of normalize. */
  readonly roles: { readonly plain: (text: string) => string; readonly url: (url: string) => string | null };
}

/** Items and anomalies to the draft: `f(evidence, config, window, version)`. Pure; the order of the input never shows. */
export function draft(input: DraftInput): Draft {
  const { window, normalized, roles } = input;
  const found = describeAnomalies(input.anomalies, input.series, window, roles.plain);
  const single = inTotalOrder([...candidatesOf(normalized, window, roles.url), ...found.map((each) => each.candidate)], orderedOf);
  const candidates = inTotalOrder(fold(single), orderedOf);
  const incident = cleanIncident(input);
  const end = incident.end ?? window.until;
  const scene = withTopic(settingOf(candidates, incident.start, end), incident.title);
  const milestones = findMilestones(scene);
  const judged = judge(scene, milestones, normalized.changes, input.highlights ?? {});
  const phases = phasesOf(scene, milestones, storyOf(judged));
  const entries = judged.entries.map((each) => toEntry(each, phases));
  const changes = judged.changes.map(({ facts, score }) => toDraftChange(facts, score));
  return {
    incident,
    window,
    entries,
    evidence: evidenceRecords(
      single,
      found.flatMap((each) => each.records),
      roles.url,
    ),
    series: seriesOf(input.series, roles.plain),
    milestones: milestones.named,
    borders: phases.borders,
    durations: durationsOf(milestones.named),
    changes,
    anomalies: found.flatMap((each) => each.anomalies).sort((a, b) => a.onset - b.onset || compareText(a.id, b.id)),
    questions: questionsAt(scene, judged.entries, milestones),
    coverage: input.coverage.map((line) => cleanLine(line, roles.plain)).sort(compareLines),
    notes: [...narrowedNote(input), ...notesOf(normalized, phases.notes, roles.plain)],
    people: peopleIn(normalized.people, entries, changes),
  };
}

function cleanIncident({ incident: { severity, url, ...incident }, roles }: DraftInput): Draft["incident"] {
  const shown = url === undefined ? null : roles.url(url);
  return {
    ...incident,
    title: roles.plain(incident.title),
    ...(severity === undefined ? {} : { severity: roles.plain(severity) }),
    ...(shown === null ? {} : { url: shown }),
  };
}

/** A reader must not take what was never asked for what did not happen. */
function narrowedNote({ narrowing, roles }: DraftInput): string[] {
  const lines = narrowing === undefined ? [] : narrowingText(narrowing);
  return lines.length === 0 ? [] : [`This build was narrowed: ${roles.plain(lines.join("; "))}. Nothing else of the config was asked.`];
}

function toEntry({ candidate, score, because, highlighted, milestone }: Judged, phases: Phases): Entry {
  return { ...candidate.entry, phase: phases.phaseOf(candidate.entry.at), highlighted, because, score, milestone };
}

function evidenceRecords(
  candidates: readonly Candidate[],
  findings: readonly EvidenceRecord[],
  cleanUrl: (url: string) => string | null,
): EvidenceRecord[] {
  const stored = candidates.flatMap(({ item }) => item?.evidence ?? []);
  const records = stored.map(({ evidence, hash, version }): EvidenceRecord => {
    const url = evidence.url === null ? null : cleanUrl(evidence.url);
    return { id: evidence.id, kind: evidence.kind, times: evidence.times, url, hash, visibility: evidence.visibility, version };
  });
  return [...records, ...findings].sort((a, b) => compareText(a.id, b.id));
}

function seriesOf(series: readonly SeriesFacts[], clean: (text: string) => string): Draft["series"] {
  return series
    .map(({ series, unit, stepSeconds, points }) => ({ series: clean(series), unit, stepSeconds, points }))
    .sort((a, b) => compareText(a.series, b.series));
}

function cleanLine(line: CoverageLine, clean: (text: string) => string): CoverageLine {
  const gaps = line.gaps.map((gap) => ({ ...gap, detail: clean(gap.detail), hint: gap.hint === null ? null : clean(gap.hint) }));
  return { ...line, name: clean(line.name), gaps };
}

function compareLines(a: CoverageLine, b: CoverageLine): number {
  return (
    compareText(a.connector, b.connector) || compareText(a.source, b.source) || compareText(a.name, b.name) || compareText(a.scope, b.scope)
  );
}

/** Those whom a reader of this draft meets: as an actor, in a text or in the title of a change. */
function peopleIn(people: readonly Person[], entries: readonly Entry[], changes: Draft["changes"]): Person[] {
  const met = new Set<string>();
  for (const { person, text } of entries) {
    if (person !== null) met.add(person);
    for (const inline of inlinesOf(text)) if (isRole(inline)) met.add(inline.person);
  }
  for (const { title } of changes) for (const inline of inlinesOf(title)) if (isRole(inline)) met.add(inline.person);
  return people.filter((person) => met.has(person.key));
}

function isRole(inline: Inline): inline is Extract<Inline, { type: "role" }> {
  return inline.type === "role";
}
