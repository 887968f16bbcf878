import type { DraftAnomaly } from "../../contract/draft.js";
import type { ChartSeries, ExportInput } from "../../contract/export.js";
import { escapeHtml } from "../../kit/html.js";
import type { EpochMicros } from "../../kit/instant.js";
import { figure } from "./figure.js";
import { line } from "./parts.js";
import { tickLabels, ticksIn } from "./ticks.js";

/** Units of the drawing; it is stretched to the width of the page, so that it holds no text. */
const WIDTH = 1000;
const HEIGHT = 160;

interface Scale {
  x(at: EpochMicros): string;
  y(value: number): string;
}

/**
 * A series as inline SVG: its line, broken where samples are missing, the range of earlier days as a band, anomalies
 * shaded, the incident's start and end as lines. Labels are text of the page beside it and keep their size.
 */
export function chart(series: ChartSeries, anomalies: readonly DraftAnomaly[], input: ExportInput): string {
  const plot = plotOf(series, anomalies, input);
  if (plot === null) return "";
  const unit = series.unit === null ? "" : ` ${line(series.unit, 30)}`;
  const label = `${series.series}: ${anomalies.length === 1 ? "1 finding" : `${anomalies.length} findings`}, told in words below`;
  return [
    '<figure class="chart">',
    `<figcaption><strong>${line(series.series, 120)}</strong>${unit} <span class="legend">${legend(series, anomalies.length)}</span></figcaption>`,
    `<div class="plot"><div class="axis"><span>${figure(plot.top)}</span><span>${figure(plot.bottom)}</span></div>`,
    `<svg viewBox="${plot.viewBox}" preserveAspectRatio="none" role="img" aria-label="${escapeHtml(label)}">${plot.shapes}</svg>`,
    "</div>",
    tickLabels(plot.from, plot.until),
    "</figure>",
  ].join("\n");
}

/** A drawing without its frame and labels. */
export interface Plot {
  readonly viewBox: string;
  /** SVG elements, by their classes: grid, anomaly, band, border, line. */
  readonly shapes: string;
  readonly top: number;
  readonly bottom: number;
  readonly from: EpochMicros;
  readonly until: EpochMicros;
}

/** null: no sample is known. */
export function plotOf(series: ChartSeries, anomalies: readonly DraftAnomaly[], input: ExportInput): Plot | null {
  const values = [...series.values, ...(series.baseline ?? []).flatMap((range) => (range === null ? [] : [range.lower, range.upper]))];
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  const top = known.reduce((a, b) => Math.max(a, b));
  const bottom = Math.min(
    0,
    known.reduce((a, b) => Math.min(a, b)),
  );
  const [from, until] = [series.times[0]!, series.times.at(-1)!];
  const shapes = drawing(series, anomalies, input, scaleOf(from, until, bottom, top));
  return { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, shapes, top, bottom, from, until };
}

function drawing(series: ChartSeries, anomalies: readonly DraftAnomaly[], input: ExportInput, scale: Scale): string {
  const last = series.times.at(-1)!;
  const first = series.times[0]!;
  const grid = ticksIn(first, last).map((at) => `<line class="grid" x1="${scale.x(at)}" x2="${scale.x(at)}" y1="0" y2="${HEIGHT}"/>`);
  const shades = anomalies.map(({ onset, end }) => {
    const [left, right] = [scale.x(Math.max(onset, first)), scale.x(Math.min(end ?? last, last))];
    return `<rect class="anomaly" x="${left}" y="0" width="${Math.max(3, Number(right) - Number(left)).toFixed(1)}" height="${HEIGHT}"/>`;
  });
  const borders = [input.draft.incident.start, input.draft.incident.end]
    .filter((at) => at !== null && at >= first && at <= last)
    .map((at) => `<line class="border" x1="${scale.x(at!)}" x2="${scale.x(at!)}" y1="0" y2="${HEIGHT}"/>`);
  return [...grid, ...shades, ...bands(series, scale), ...borders, ...lines(series, scale)].join("");
}

/** One polygon for each run of times whose usual range is known. */
function bands({ times, baseline }: ChartSeries, scale: Scale): string[] {
  const runs = runsOf(
    times.map((at, index) => ({ at, range: baseline?.[index] ?? null })).map((each) => (each.range === null ? null : each)),
  );
  return runs.map((run) => {
    const upper = run.map(({ at, range }) => `${scale.x(at)},${scale.y(range!.upper)}`);
    const lower = run.map(({ at, range }) => `${scale.x(at)},${scale.y(range!.lower)}`).reverse();
    return `<polygon class="band" points="${[...upper, ...lower].join(" ")}"/>`;
  });
}

/** One line for each run without a missing sample. */
function lines({ times, values }: ChartSeries, scale: Scale): string[] {
  return runsOf(times.map((at, index) => (values[index] === null ? null : { at, value: values[index]! }))).map((run) => {
    const points = run.map(({ at, value }) => `${scale.x(at)},${scale.y(value)}`);
    return `<polyline class="line" points="${(points.length === 1 ? [points[0]!, points[0]!] : points).join(" ")}"/>`;
  });
}

function runsOf<T>(list: readonly (T | null)[]): T[][] {
  const runs: T[][] = [[]];
  for (const each of list) {
    if (each !== null) runs.at(-1)!.push(each);
    else if (runs.at(-1)!.length > 0) runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

function scaleOf(from: number, until: number, bottom: number, top: number): Scale {
  const width = until > from ? until - from : 1;
  const height = top > bottom ? top - bottom : 1;
  return {
    x: (at) => (((at - from) / width) * WIDTH).toFixed(1),
    y: (value) => (HEIGHT - 4 - ((value - bottom) / height) * (HEIGHT - 8)).toFixed(1),
  };
}

function legend({ baseline }: ChartSeries, anomalies: number): string {
  const items = ['<span class="key key-line">measured</span>'];
  if (baseline) items.push('<span class="key key-band">usual on earlier days</span>');
  if (anomalies > 0) items.push('<span class="key key-anomaly">stood out</span>');
  return [...items, '<span class="key key-border">incident start and end</span>'].join(" ");
}
