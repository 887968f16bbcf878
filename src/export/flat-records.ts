import type { CoverageLine, Entry } from "../contract/draft.js";
import type { ExportInput } from "../contract/export.js";
import { toIso, type EpochMicros } from "../kit/instant.js";
import { safeUrl } from "../kit/markdown.js";
import { toPlain } from "../kit/rich-text.js";
import { oneLine } from "../kit/text.js";
import { countsByKind, shownOf } from "./counts.js";
import { isoShort, spanText } from "./moment.js";
import { namesOf, roleOf } from "./names.js";
import { builtText, foundText } from "./words.js";

/**
 * One record of a format that is a plain list. The first four members are the ones that Timesketch needs and lnav shows;
 * the last record of a file is the stamp. An empty text or null: does not apply to this record.
 * Reference: https://timesketch.org/guides/user/import-from-json-csv/
 */
export interface FlatRecord {
  readonly message: string;
  /**
   * Always with six digits and an offset, since readers take the form of the first record for that of all; how fine it
   * is stands in `precision_micros`.
   */
  readonly datetime: string;
  /** Microseconds since 1970. */
  readonly timestamp: number;
  /** What the time means: posted, merged, started ... */
  readonly timestamp_desc: string;
  readonly record: "entry" | "coverage" | "gap" | "shown" | "note" | "stamp";
  readonly id: string;
  readonly ended_at: string;
  readonly precision_micros: number | null;
  readonly source_time: string;
  readonly phase: string;
  readonly kind: string;
  readonly category: string;
  readonly scope: string;
  readonly role: string;
  readonly highlighted: boolean | null;
  readonly because: readonly string[];
  readonly score: number | null;
  readonly milestone: string;
  readonly group: string;
  readonly confidence: string;
  readonly visibility: string;
  readonly deleted: boolean | null;
  readonly links: readonly string[];
  readonly evidence: readonly string[];
  /** Of a scope: not asked, asked and none, n found, failed. Of a gap: its reason. */
  readonly state: string;
  readonly count: number | null;
}

/**
 * The entries in total order, then the ledger and the counts. What is no entry stands at the end of the window, so that
 * readers that sort by time keep it at the end, and those that need a time in each record take it.
 */
export function flatRecords(input: ExportInput): FlatRecord[] {
  const { draft } = input;
  const record = trailing(input);
  return [
    ...draft.entries.map((entry) => entryRecord(entry, input)),
    ...draft.coverage.flatMap((line) => [
      record("coverage", coverageText(line), {
        ...scopeOf(line),
        state: foundText(line),
        count: line.state === "not asked" ? null : line.seen,
      }),
      ...line.gaps.map((gap) => record("gap", gapText(line, gap), { ...scopeOf(line), state: gap.reason, count: gap.count })),
    ]),
    ...(draft.incident.severity === undefined ? [] : [record("note", `Severity: ${oneLine(draft.incident.severity)}`)]),
    ...(draft.incident.url === undefined ? [] : [record("note", `Worked on at ${draft.incident.url}`)]),
    ...draft.notes.map((note) => record("note", `Note: ${oneLine(note)}`)),
    ...countsByKind(draft).map(([kind, { shown, total }]) =>
      record("shown", `${kind}: ${shown} of ${total} shown`, { kind, count: shown }),
    ),
    record("shown", `${shownOf(draft.entries).shown} of ${draft.entries.length} entries shown`, { count: shownOf(draft.entries).shown }),
  ];
}

/** The record about this build and no other. */
export function stampRecord(input: ExportInput): FlatRecord {
  return trailing(input)("stamp", builtText(input.build));
}

const EMPTY = {
  id: "",
  ended_at: "",
  precision_micros: null,
  source_time: "",
  phase: "",
  kind: "",
  category: "",
  scope: "",
  role: "",
  highlighted: null,
  because: [],
  score: null,
  milestone: "",
  group: "",
  confidence: "",
  visibility: "",
  deleted: null,
  links: [],
  evidence: [],
  state: "",
  count: null,
} as const satisfies Partial<FlatRecord>;

function entryRecord(entry: Entry, input: ExportInput): FlatRecord {
  return {
    message: toPlain(entry.text, namesOf(input)),
    ...timesOf(entry.at),
    timestamp_desc: entry.atMeans,
    record: "entry",
    id: entry.id,
    ended_at: entry.endedAt === null ? "" : isoSixDigits(entry.endedAt),
    precision_micros: entry.precisionMicros,
    source_time: entry.sourceText,
    phase: entry.phase,
    kind: entry.kind,
    category: entry.category,
    scope: entry.scopeName,
    role: roleOf(entry.person, input) ?? "",
    highlighted: entry.highlighted,
    because: entry.because,
    score: entry.score,
    milestone: entry.milestone ?? "",
    group: entry.group ?? "",
    confidence: entry.confidence,
    visibility: entry.visibility,
    deleted: entry.deleted,
    links: entry.links.flatMap(({ url }) => safeUrl(url) ?? []),
    evidence: entry.evidence,
    state: "",
    count: null,
  };
}

function trailing({ draft: { window } }: ExportInput) {
  return (record: FlatRecord["record"], message: string, more: Partial<FlatRecord> = {}): FlatRecord => ({
    message,
    ...timesOf(window.until),
    timestamp_desc: "end of the window",
    record,
    ...EMPTY,
    ...more,
  });
}

function timesOf(at: EpochMicros): Pick<FlatRecord, "datetime" | "timestamp"> {
  return { datetime: isoSixDigits(at), timestamp: at };
}

function isoSixDigits(at: EpochMicros): string {
  return toIso(at).replace("Z", "+00:00");
}

function scopeOf({ name, scope, connector, source, visibility }: CoverageLine): Partial<FlatRecord> {
  return { kind: `${connector} ${source}`, scope: nameOf({ name, scope }), visibility };
}

function nameOf({ name, scope }: Pick<CoverageLine, "name" | "scope">): string {
  return name === "" ? scope : name;
}

function coverageText(line: CoverageLine): string {
  const asked = line.asked === null ? "" : `, asked from ${isoShort(line.asked.from)} until ${isoShort(line.asked.until)}`;
  return `Coverage: ${line.connector} ${line.source} ${oneLine(nameOf(line))}: ${foundText(line)}${asked}`;
}

function gapText(line: CoverageLine, { reason, span, count, detail, hint }: CoverageLine["gaps"][number]): string {
  const many = count === null ? "" : ` (${count})`;
  const when = span === null ? "" : `, ${spanText(span)} UTC`;
  return `Not seen: ${line.connector} ${oneLine(nameOf(line))}: ${reason}${many}${when}. ${oneLine(detail)}${hint === null ? "" : ` ${oneLine(hint)}`}`;
}
