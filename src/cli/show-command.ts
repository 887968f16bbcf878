import type { Entry } from "../contract/draft.js";
import { dayOf, localTimeOf, timeOf, weekdayOf } from "../export/moment.js";
import { namesOf } from "../export/names.js";
import { formatDuration } from "../kit/duration.js";
import { ExitCode } from "../kit/errors.js";
import { toIso } from "../kit/instant.js";
import { toPlain } from "../kit/rich-text.js";
import { oneLine, visible } from "../kit/text.js";
import type { Io } from "./io.js";
import { withDraft, type OpenDraft } from "./open-draft.js";
import { findEntry, selectEntries, type Selection } from "./select-entries.js";
import { sparkLine } from "./spark-line.js";
import { NO_STYLES } from "./styles.js";
import { wrap } from "./wrap.js";

export interface ShowFlags extends Selection {
  readonly incident?: string;
  readonly config?: string;
  readonly json?: boolean;
}

export async function runShowCommand(flags: ShowFlags, io: Io): Promise<ExitCode> {
  await withDraft(flags, io, (open) => {
    const entries = selectEntries(open.draft, flags, namesOf(open), io.clock.now());
    io.out(flags.json === true ? asJson(open, entries) : asText(open, entries, flags, io));
  });
  return ExitCode.done;
}

function asText(open: OpenDraft, entries: readonly Entry[], flags: ShowFlags, io: Io): string {
  const { incident, coverage } = open.draft;
  const styles = io.outStyles ?? NO_STYLES;
  const zone = localTimeOf(incident.start, open.config.timezone) === null ? "UTC" : `UTC, ${open.config.timezone} in brackets`;
  const gaps = coverage.reduce((sum, line) => sum + line.gaps.length, 0);
  const lines = [
    styles.bold(`${oneLine(incident.title)} (${incident.id})`),
    `${clock(incident.start)} to ${incident.end === null ? "now: still open" : clock(incident.end)}; times are ${zone}`,
  ];
  const anchor = flags.before === undefined ? null : findEntry(open.draft, flags.before);
  let heading = "";
  for (const entry of entries) {
    const next = `${weekdayOf(entry.at)} ${dayOf(entry.at)}, ${entry.phase}`;
    if (next !== heading) lines.push("", styles.bold(next));
    heading = next;
    lines.push(...entryLines(entry, anchor, open, io));
  }
  lines.push(
    "",
    `${entries.length} of ${open.draft.entries.length} entries shown; ${gaps === 0 ? "no gaps" : gaps === 1 ? "1 gap" : `${gaps} gaps`}`,
  );
  return `${lines.join("\n")}\n`;
}

function entryLines(entry: Entry, anchor: Entry | null, open: OpenDraft, io: Io): string[] {
  const styles = io.outStyles ?? NO_STYLES;
  const local = localTimeOf(entry.at, open.config.timezone);
  const time = `${timeOf(entry.at, entry.precisionMicros)}Z${local === null ? "" : ` (${local})`}`;
  const distance = anchor === null ? "" : `${formatDuration(anchor.at - entry.at)} before: `;
  const marks = `${entry.visibility === "private" ? " (private)" : ""}${entry.milestone === null ? "" : ` (${entry.milestone})`}`;
  const text = `${entry.highlighted ? "*" : " "} ${time}  ${distance}${visible(oneLine(toPlain(entry.text, namesOf(open))))}${marks} [${entry.id}]`;
  const line = wrap(text, io.columns ?? null, "      ");
  const anomaly = open.draft.anomalies.find((each) => each.entry === entry.id);
  const series = open.series.find((each) => each.series === anomaly?.series);
  const shown = entry.highlighted ? line : styles.dim(line);
  return anomaly && series ? [shown, `      ${sparkLine(series, anomaly.usual)}`] : [shown];
}

function asJson(open: OpenDraft, entries: readonly Entry[]): string {
  const names = namesOf(open);
  const { incident, coverage, entries: all } = open.draft;
  const shown = entries.map((entry) => {
    const { id, at, endedAt, precisionMicros, phase, kind, category, highlighted, because, score, milestone, visibility, evidence } = entry;
    return {
      id,
      at: toIso(at, precisionMicros),
      endedAt: endedAt === null ? null : toIso(endedAt, precisionMicros),
      phase,
      kind,
      category,
      text: toPlain(entry.text, names),
      scope: entry.scopeName,
      highlighted,
      because,
      score,
      milestone,
      visibility,
      evidence,
    };
  });
  const { id, title, start, end } = incident;
  const about = { id, title, start: clockIso(start), end: end === null ? null : clockIso(end) };
  const gaps = coverage.reduce((sum, line) => sum + line.gaps.length, 0);
  return `${JSON.stringify({ incident: about, shown: shown.length, total: all.length, gaps, entries: shown }, null, 2)}\n`;
}

function clockIso(at: number): string {
  return toIso(at, 1_000_000);
}

function clock(at: number): string {
  return clockIso(at).replace("T", " ");
}
