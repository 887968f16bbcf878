import type { NoticeReport, NoticeWishes } from "../contract/notice.js";
import type { WatchedIncident } from "../contract/watch.js";
import { canonicalJson } from "../kit/hash.js";
import type { EpochMicros } from "../kit/instant.js";

/** What the places of an incident tell of it together. */
export interface Told {
  readonly title: string;
  readonly start: EpochMicros;
  /** null: it is open. */
  readonly end: EpochMicros | null;
  readonly severity: string | null;
  readonly url: string | null;
  readonly wishes: NoticeWishes;
}

/** The first that told leads; of what it leaves open, the first that says something. */
export function told({ reports }: Pick<WatchedIncident, "reports">): Told {
  const [lead] = reports;
  if (lead === undefined) throw new Error("an incident that no place tells of");
  return {
    title: lead.title,
    start: lead.start,
    end: firstOf(reports, "end"),
    severity: firstOf(reports, "severity"),
    url: firstOf(reports, "url"),
    wishes: lead.wishes,
  };
}

/** Whether both tell the same: what a place writes beside it is of no interest. */
export function tellTheSame(a: Pick<WatchedIncident, "reports">, b: Pick<WatchedIncident, "reports">): boolean {
  const keys = ({ reports }: Pick<WatchedIncident, "reports">) => reports.map(({ key }) => key);
  return canonicalJson({ ...told(a), keys: keys(a) }) === canonicalJson({ ...told(b), keys: keys(b) });
}

function firstOf<Key extends "end" | "severity" | "url">(reports: readonly NoticeReport[], key: Key): NoticeReport[Key] {
  return reports.map((report) => report[key]).find((value) => value !== null) ?? null;
}
