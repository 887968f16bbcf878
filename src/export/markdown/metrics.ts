import type { DraftAnomaly } from "../../contract/draft.js";
import type { ExportInput } from "../../contract/export.js";
import type { GeneratedUnit } from "../../contract/owner-file.js";
import { codeSpan } from "../../kit/markdown.js";
import { chartFiles, chartFolder } from "../charts.js";
import { dayAndTime, dayOf, timeOf } from "../moment.js";
import { ANOMALY_WORDS } from "../words.js";
import { line } from "./body.js";
import { lines, sectionOf, type Part } from "./units.js";

const MOST = 20;
const BAR = 24;

/** What stood out in the metrics: words, and a chart beside the file; where there is none two bars to compare by eye. */
export function metricFindings(input: ExportInput): GeneratedUnit[] {
  const { anomalies, series } = input.draft;
  const strongest = [...anomalies].sort((a, b) => b.score - a.score || a.onset - b.onset).slice(0, MOST);
  const listed = anomalies.filter((anomaly) => strongest.includes(anomaly));
  const asked = `${series.length} ${series.length === 1 ? "series was" : "series were"} looked at`;
  const count =
    series.length === 0
      ? "No metric was looked at."
      : anomalies.length === 0
        ? `${asked}; nothing stood out.`
        : `${asked}; ${listed.length} of ${anomalies.length} findings are listed.`;
  const drawn = input.style?.charts === undefined ? chartFiles(input) : [];
  const pictureFor = (index: number): Part[] => {
    const { series: name, entry } = listed[index]!;
    if (input.style?.charts === "none") return [];
    const chart = drawn.find((each) => each.series === name);
    if (chart === undefined) return barsBelow(listed[index]!);
    const isFirst = listed.findIndex((each) => each.series === name) === index;
    return isFirst ? [{ key: `${entry}/chart`, text: `  ${image(name, chartFolder(input.draft.incident.id), chart.name)}` }] : [];
  };
  return sectionOf("metrics", "## What stood out in the metrics", [
    { key: "count", text: `_${count}_` },
    ...lines(listed.flatMap((anomaly, index) => finding(anomaly, pictureFor(index)))),
  ]);
}

/** `below`: the picture of it, where there is one. */
function finding(anomaly: DraftAnomaly, below: readonly Part[]): Part[] {
  const text = `- ${anomalyText(anomaly)}`;
  return [{ key: anomaly.entry, text: below.length === 0 ? text : `${text}\\` }, ...below];
}

function barsBelow(anomaly: DraftAnomaly): Part[] {
  const compared = bars(anomaly);
  return compared === null ? [] : [{ key: `${anomaly.entry}/bars`, text: `  ${compared}` }];
}

function image(series: string, folder: string, name: string): string {
  return `![${line(`Chart of ${series}`, 120)}](${[folder, name].map(encodeURIComponent).join("/")})`;
}

/** Onset, end, what it did and by how much, in one line. */
export function anomalyText(anomaly: DraftAnomaly): string {
  const { series, kind, onset, end, precisionMicros, usual, extreme, factor, unit } = anomaly;
  const until =
    end === null
      ? "still so at the end of the window"
      : `until ${dayOf(end) === dayOf(onset) ? timeOf(end, precisionMicros) : dayAndTime(end)}`;
  const suffix = unit === null ? "" : ` ${line(unit, 30)}`;
  const size =
    kind === "missing" || !Number.isFinite(usual) || !Number.isFinite(extreme)
      ? ""
      : `: usually ${figure(usual)}${suffix}, at its most extreme ${figure(extreme)}${suffix}`;
  const times = factor !== null && Number.isFinite(factor) && size !== "" ? ` (${figure(factor)} times the usual)` : "";
  return `**${dayOf(onset)} ${timeOf(onset, precisionMicros)}** ${line(series, 120)} ${wordsOf(anomaly)}${size}${times}, ${until}`;
}

function wordsOf({ kind, direction }: DraftAnomaly): string {
  if (direction === "none" || (kind !== "level_shift" && kind !== "ramp")) return ANOMALY_WORDS[kind];
  const moved = direction === "up" ? "rose" : "fell";
  return kind === "ramp" ? `${moved} steadily` : `${moved} to another level`;
}

/** Bars from zero, on a line of their own; null where a value is negative or unknown, since a bar would mislead. */
function bars({ kind, usual, extreme }: DraftAnomaly): string | null {
  const largest = Math.max(usual, extreme);
  if (kind === "missing" || !(Math.min(usual, extreme) >= 0) || !(largest > 0) || !Number.isFinite(largest)) return null;
  const bar = (value: number) => codeSpan("█".repeat(Math.round((value / largest) * BAR)) || "▏");
  return `${bar(usual)} usual, ${bar(extreme)} most extreme`;
}

/** Four significant digits, thousands apart. */
function figure(value: number): string {
  const [whole, fraction] = String(Number(value.toPrecision(4))).split(".") as [string, string | undefined];
  return `${whole.replace(/\B(?=(?:\d{3})+$)/g, ",")}${fraction === undefined ? "" : `.${fraction}`}`;
}
