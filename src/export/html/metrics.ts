import type { DraftAnomaly } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import { dayOf, dayAndTime, timeOf } from "../moment.js";
import { ANOMALY_WORDS } from "../words.js";
import { chart } from "./chart.js";
import { figure } from "./figure.js";
import { line, section, timeTag } from "./parts.js";

/** The page stays one that opens at once. */
const MOST_CHARTS = 12;

/** What stood out, in words and drawn; charts of the series that stood out most. */
export function metricSection(input: ExportInput): string {
  const { anomalies, series } = input.draft;
  const named = [...new Set([...anomalies].sort((a, b) => b.score - a.score || a.onset - b.onset).map((each) => each.series))];
  const drawn = named.flatMap((name) => (input.series ?? []).find((each) => each.series === name) ?? []).slice(0, MOST_CHARTS);
  const charts = drawn.map((each) => {
    const findings = anomalies.filter((anomaly) => anomaly.series === each.series);
    return chart(each, findings, input) + findingList(findings);
  });
  const rest = anomalies.filter((anomaly) => !drawn.some((each) => each.series === anomaly.series));
  const asked = `${series.length} ${series.length === 1 ? "series was" : "series were"} looked at`;
  const count =
    series.length === 0
      ? "No metric was looked at."
      : anomalies.length === 0
        ? `${asked}; nothing stood out.`
        : `${asked}; ${named.length} stood out, ${drawn.length} of these ${drawn.length === 1 ? "is" : "are"} drawn. All ${anomalies.length} findings are listed. Times are UTC.`;
  return section("metrics", "What stood out in the metrics", `<p class="note">${count}</p>`, ...charts, findingList(rest));
}

function findingList(anomalies: readonly DraftAnomaly[]): string {
  return anomalies.length === 0
    ? ""
    : `<ul class="findings">\n${anomalies.map((each) => `<li>${findingText(each)}</li>`).join("\n")}\n</ul>`;
}

/** Onset, end, what it did and by how much. */
function findingText(anomaly: DraftAnomaly): string {
  const { series, kind, onset, end, precisionMicros, usual, extreme, factor, unit } = anomaly;
  const until =
    end === null
      ? "still so at the end of the window"
      : `until ${dayOf(end) === dayOf(onset) ? timeOf(end, precisionMicros) : dayAndTime(end)}`;
  const suffix = unit === null ? "" : ` ${line(unit, 30)}`;
  const isMeasured = kind !== "missing" && Number.isFinite(usual) && Number.isFinite(extreme);
  const size = isMeasured ? `: usually ${figure(usual)}${suffix}, at its most extreme ${figure(extreme)}${suffix}` : "";
  const times = isMeasured && factor !== null && Number.isFinite(factor) ? ` (${figure(factor)} times the usual)` : "";
  return `${timeTag(onset, `${dayOf(onset)} ${timeOf(onset, precisionMicros)}`)} ${line(series, 120)} ${wordsOf(anomaly)}${size}${times}, ${until}`;
}

function wordsOf({ kind, direction }: DraftAnomaly): string {
  if (direction === "none" || (kind !== "level_shift" && kind !== "ramp")) return ANOMALY_WORDS[kind];
  const moved = direction === "up" ? "rose" : "fell";
  return kind === "ramp" ? `${moved} steadily` : `${moved} to another level`;
}
