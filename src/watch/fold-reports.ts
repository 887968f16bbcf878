import type { MarkKind, NoticeReport } from "../contract/notice.js";
import type { WatchedIncident } from "../contract/watch.js";
import { canonicalJson } from "../kit/hash.js";
import type { EpochMicros } from "../kit/instant.js";
import { compareText } from "../kit/text.js";
import type { NameNew } from "./ports.js";
import { tellTheSame, told } from "./told.js";
import { NOT_TRIED } from "./tries.js";

export interface FoldRules {
  readonly sameBy: readonly MarkKind[];
  /** What was over before is not taken up. */
  readonly since: EpochMicros;
  readonly now: EpochMicros;
  /** The name of a new incident; asked once, since it is fixed from then on. */
  readonly idOf: NameNew;
}

/** The incidents that differ from what is known, new ones included. Pure: the same reports again change nothing. */
export function foldReports(
  known: Iterable<WatchedIncident>,
  reports: readonly NoticeReport[],
  rules: FoldRules,
): readonly WatchedIncident[] {
  const index = indexOf(known, rules.sameBy);
  const changed = new Map<string, WatchedIncident>();
  for (const report of reports) {
    const before = index.of(report);
    const after = before === undefined ? noticed(report, index, rules) : corrected(before, withStart(report, before), rules);
    if (after === null || after === before) continue;
    index.put(after);
    changed.set(after.id, after);
  }
  return [...changed.values()];
}

/** Whether each report is of a place that told before: then no incident is new. */
export function isAllKnown(known: Iterable<WatchedIncident>, reports: readonly NoticeReport[]): boolean {
  const keys = new Set([...known].flatMap((incident) => incident.reports.map(({ key }) => key)));
  return reports.every(({ key }) => keys.has(key));
}

interface Index {
  has(id: string): boolean;
  put(incident: WatchedIncident): void;
  /** By its own place, else by a mark of an allowed kind. Of several, the first that was noticed: incidents are never joined. */
  of(report: NoticeReport): WatchedIncident | undefined;
}

function indexOf(known: Iterable<WatchedIncident>, sameBy: readonly MarkKind[]): Index {
  const byId = new Map<string, WatchedIncident>();
  const idsBy = { key: new Map<string, string>(), mark: new Map<string, Set<string>>() };
  const put = (incident: WatchedIncident): void => {
    byId.set(incident.id, incident);
    for (const report of incident.reports) {
      idsBy.key.set(report.key, incident.id);
      for (const mark of comparable(report, sameBy)) idsBy.mark.set(mark, (idsBy.mark.get(mark) ?? new Set()).add(incident.id));
    }
  };
  for (const incident of known) put(incident);
  return {
    has: (id) => byId.has(id),
    put,
    of: (report) => {
      const own = idsBy.key.get(report.key);
      if (own !== undefined) return byId.get(own);
      const ids = new Set(comparable(report, sameBy).flatMap((mark) => [...(idsBy.mark.get(mark) ?? [])]));
      const incidents = [...ids].map((id) => byId.get(id)!);
      return incidents.sort((a, b) => a.noticedAt - b.noticedAt || compareText(a.id, b.id))[0];
    },
  };
}

function comparable({ marks }: NoticeReport, sameBy: readonly MarkKind[]): string[] {
  return marks.filter((mark) => sameBy.includes(kindOf(mark)));
}

function kindOf(mark: string): MarkKind {
  return mark.startsWith("url:") ? "url" : mark.startsWith("id:") ? "id" : "place";
}

/** What does not say when it began keeps the start that was told. */
function withStart(report: NoticeReport, { reports }: WatchedIncident): NoticeReport {
  if (report.startIsUnknown !== true) return report;
  const { startIsUnknown: _, ...rest } = report;
  const start = (reports.find(({ key }) => key === report.key) ?? reports[0])?.start ?? report.start;
  return { ...rest, start: Math.min(start, report.end ?? start) };
}

/** null: it was over long before anybody looked, or nobody says when it began. */
function noticed(report: NoticeReport, index: Index, { since, now, idOf }: FoldRules): WatchedIncident | null {
  if (report.startIsUnknown === true || (report.end !== null && report.end < since)) return null;
  return {
    id: idOf(report, (id) => index.has(id)),
    reports: [report],
    noticedAt: now,
    changedAt: now,
    overSince: report.end === null ? null : now,
    asked: null,
    build: NOT_TRIED,
    attach: NOT_TRIED,
    isDone: false,
  };
}

/** The same object when the place says what it said before. */
function corrected(incident: WatchedIncident, report: NoticeReport, { now }: FoldRules): WatchedIncident {
  const at = incident.reports.findIndex(({ key }) => key === report.key);
  const before = incident.reports[at];
  if (before !== undefined && canonicalJson(before) === canonicalJson(report)) return incident;
  const reports = before === undefined ? [...incident.reports, report] : incident.reports.with(at, report);
  const next = { ...incident, reports };
  if (tellTheSame(incident, next)) return next;
  const end = told(next).end;
  const overSince = end === null ? null : (incident.overSince ?? now);
  return { ...next, changedAt: now, overSince, isDone: false };
}
