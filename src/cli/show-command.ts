import type { Entry } from "../contract/draft.js";
import { dayOf, localTimeOf, weekdayOf } from "../export/moment.js";
import { namesOf } from "../export/names.js";
import { ExitCode } from "../kit/errors.js";
import { oneLine } from "../kit/text.js";
import { clockText, counted } from "./clock-text.js";
import { entryJson, incidentJson } from "./entry-json.js";
import { entryLine } from "./entry-line.js";
import { tell, type Io } from "./io.js";
import { withDraft, type OpenDraft } from "./open-draft.js";
import { withOwnersDraft } from "./owners-draft.js";
import type { ShowJson } from "./schemas/show.js";
import { findEntry, selectEntries, type Selection } from "./select-entries.js";
import { sparkLine } from "./spark-line.js";
import { NO_STYLES } from "./styles.js";

export interface ShowFlags extends Selection {
  readonly incident?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly highlights?: number;
}

export async function runShowCommand(flags: ShowFlags, io: Io): Promise<ExitCode> {
  const text = await withDraft(flags, io, (stored) => {
    const open = flags.highlights === undefined ? withOwnersDraft(stored) : chosenAnew(withOwnersDraft(stored));
    const entries = selectEntries(open.draft, flags, namesOf(open), io.clock.now());
    return flags.json === true ? `${JSON.stringify(toJson(open, entries), null, 2)}\n` : asText(open, entries, flags, io);
  });
  await tell(text, io);
  return ExitCode.done;
}

/** More or fewer than the file has, this time: as the draft puts them forward, in the owner's words. */
function chosenAnew(open: OpenDraft): OpenDraft {
  const entries = open.draft.entries.map((entry) => ({ ...entry, highlighted: entry.original?.highlighted ?? entry.highlighted }));
  return { ...open, draft: { ...open.draft, entries } };
}

function asText(open: OpenDraft, entries: readonly Entry[], flags: ShowFlags, io: Io): string {
  const { incident, coverage } = open.draft;
  const styles = io.outStyles ?? NO_STYLES;
  const zone = localTimeOf(incident.start, open.config.timezone) === null ? "UTC" : `UTC, ${open.config.timezone} in brackets`;
  const gaps = coverage.reduce((sum, line) => sum + line.gaps.length, 0);
  const lines = [
    styles.bold(`${oneLine(incident.title)} (${incident.id})`),
    `${clockText(incident.start)} to ${incident.end === null ? "now: still open" : clockText(incident.end)}; times are ${zone}`,
  ];
  const anchor = flags.before === undefined ? null : findEntry(open.draft, flags.before);
  let heading = "";
  for (const entry of entries) {
    const next = `${weekdayOf(entry.at)} ${dayOf(entry.at)}, ${entry.phase}`;
    if (next !== heading) lines.push("", styles.bold(next));
    heading = next;
    lines.push(...entryLines(entry, anchor, open, io));
  }
  lines.push("", `${entries.length} of ${open.draft.entries.length} entries shown; ${gaps === 0 ? "no gaps" : counted(gaps, "gap")}`);
  return `${lines.join("\n")}\n`;
}

function entryLines(entry: Entry, anchor: Entry | null, open: OpenDraft, io: Io): string[] {
  const line = entryLine(entry, open, io, { anchor });
  const anomaly = open.draft.anomalies.find((each) => each.entry === entry.id);
  const series = open.series.find((each) => each.series === anomaly?.series);
  return anomaly && series ? [line, `      ${sparkLine(series, anomaly.usual, io.columns ?? null)}`] : [line];
}

function toJson(open: OpenDraft, entries: readonly Entry[]): ShowJson {
  return {
    format: "incident-timeline-show/1",
    incident: incidentJson(open),
    shown: entries.length,
    total: open.draft.entries.length,
    gaps: open.draft.coverage.reduce((sum, line) => sum + line.gaps.length, 0),
    entries: entries.map((entry) => entryJson(entry, open)),
  };
}
