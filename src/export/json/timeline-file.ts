import type { CoverageLine, DraftAnomaly, Entry, EvidenceRecord, Milestone } from "../../contract/draft.js";
import { MILESTONES } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import { CATEGORIES } from "../../contract/window.js";
import { toIso, type EpochMicros, type Span } from "../../kit/instant.js";
import { toPlain } from "../../kit/rich-text.js";
import { visible } from "../../kit/text.js";
import { countsByKind, shownOf } from "../counts.js";
import { isoShort } from "../moment.js";
import { namesOf, roleOf } from "../names.js";
import { participantsOf } from "../participants.js";
import { originalOf } from "../original.js";
import type { TimelineFile } from "./format.js";

/** The export without its stamp, members in the order of the format. Neither accounts nor keys of people are in it. */
export function toTimelineFile(input: ExportInput): Omit<TimelineFile, "build"> {
  const { draft } = input;
  const nameOf = namesOf(input);
  const precisions = new Map(draft.entries.map((entry) => [entry.id, entry.precisionMicros]));
  return {
    format: "incident-timeline/1",
    incident: {
      id: draft.incident.id,
      title: visible(draft.incident.title),
      start: isoShort(draft.incident.start),
      end: isoOrNull(draft.incident.end),
      ...(draft.incident.severity === undefined ? {} : { severity: visible(draft.incident.severity) }),
      ...(draft.incident.url === undefined ? {} : { url: draft.incident.url }),
    },
    window: windowOf(input),
    entries: draft.entries.map((entry) => entryOf(entry, input)),
    evidence: draft.evidence.map(evidenceOf),
    series: draft.series.map(({ series, unit, stepSeconds, points }) => ({ series, unit, stepSeconds, points })),
    milestones: byName(MILESTONES, (name) => milestoneOf(draft.milestones[name], precisions)),
    durations: draft.durations.map(({ name, micros, definition }) => ({ name, micros, definition })),
    changes: draft.changes.map(({ id, title, items, entries, revertedBy, score, beforeImpactMicros }) => ({
      id,
      title: toPlain(title, nameOf),
      items: [...items],
      entries: [...entries],
      revertedBy: [...revertedBy],
      score,
      beforeImpactMicros,
    })),
    anomalies: draft.anomalies.map(anomalyOf),
    questions: draft.questions.map(({ entry, text }) => ({ entry, text })),
    participants: participantsOf(input).map(({ role, entries }) => ({ role, entries: entries.length })),
    coverage: draft.coverage.map(coverageOf),
    notes: [...draft.notes],
    counts: {
      entries: shownOf(draft.entries),
      byKind: Object.fromEntries(countsByKind(draft)),
      evidence: draft.evidence.length,
      gaps: draft.coverage.reduce((sum, line) => sum + line.gaps.length, 0),
    },
  };
}

function windowOf({ draft: { window } }: ExportInput): TimelineFile["window"] {
  return {
    from: isoShort(window.from),
    until: isoShort(window.until),
    incidentStart: isoShort(window.incidentStart),
    incidentEnd: isoOrNull(window.incidentEnd),
    spans: byName(CATEGORIES, (name) => spanOf(window.spans[name])),
    baselines: window.baselines.map(spanOf),
    changeLookBack: spanOf(window.changeLookBack),
  };
}

function entryOf(entry: Entry, input: ExportInput): TimelineFile["entries"][number] {
  return {
    id: entry.id,
    aliases: [...entry.aliases],
    at: toIso(entry.at, entry.precisionMicros),
    endedAt: entry.endedAt === null ? null : toIso(entry.endedAt, entry.precisionMicros),
    atMeans: entry.atMeans,
    precisionMicros: entry.precisionMicros,
    sourceTime: entry.sourceText,
    phase: entry.phase,
    kind: entry.kind,
    category: entry.category,
    scope: entry.scopeName,
    text: toPlain(entry.text, namesOf(input)),
    role: roleOf(entry.person, input),
    links: entry.links.map(({ label, url }) => ({ label, url })),
    highlighted: entry.highlighted,
    because: [...entry.because],
    score: entry.score,
    milestone: entry.milestone,
    group: entry.group,
    confidence: entry.confidence,
    visibility: entry.visibility,
    deleted: entry.deleted,
    evidence: [...entry.evidence],
    original: originalOf(entry, input),
  };
}

function evidenceOf({ id, kind, times, url, hash, visibility, version }: EvidenceRecord): TimelineFile["evidence"][number] {
  return {
    id,
    kind,
    times: times.map(({ meaning, at, precisionMicros, sourceText }) => ({
      meaning,
      at: at === null ? null : toIso(at, precisionMicros),
      precisionMicros,
      sourceText,
    })),
    url,
    hash,
    visibility,
    version,
  };
}

function milestoneOf(
  { state, at, entries, because }: Milestone,
  precisions: ReadonlyMap<string, number>,
): TimelineFile["milestones"]["detected"] {
  const precision = precisions.get(entries[0] ?? "");
  return { state, at: at === null || precision === undefined ? isoOrNull(at) : toIso(at, precision), entries: [...entries], because };
}

function anomalyOf(anomaly: DraftAnomaly): TimelineFile["anomalies"][number] {
  const { id, entry, series, kind, onset, end, precisionMicros, direction, usual, extreme, factor, unit, score } = anomaly;
  return {
    id,
    entry,
    series,
    kind,
    onset: toIso(onset, precisionMicros),
    end: end === null ? null : toIso(end, precisionMicros),
    precisionMicros,
    direction,
    usual: finite(usual),
    extreme: finite(extreme),
    factor: finite(factor),
    unit,
    score,
  };
}

function coverageOf(line: CoverageLine): TimelineFile["coverage"][number] {
  const { connector, source, scope, name, asked, seen, state, visibility } = line;
  const gaps = line.gaps.map(({ reason, span, count, detail, hint }) => ({ reason, span: span && spanOf(span), count, detail, hint }));
  return { connector, source, scope, name, asked: asked && spanOf(asked), seen, state, gaps, visibility };
}

function spanOf({ from, until }: Span): { from: string; until: string } {
  return { from: isoShort(from), until: isoShort(until) };
}

function isoOrNull(at: EpochMicros | null): string | null {
  return at === null ? null : isoShort(at);
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}

function byName<Name extends string, Value>(names: readonly Name[], make: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Value>;
}
