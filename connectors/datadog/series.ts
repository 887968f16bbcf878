import { fromUnixMillis, MICROS_PER_SECOND, type EpochMicros } from "../../src/kit/instant.js";
import { compareText } from "../../src/kit/text.js";
import { stepSeconds, type MetricQuery } from "./config.js";
import { givesSeveralSeries, seriesType } from "./query.js";
import { SeriesRecord } from "./records.js";

type Point = readonly [at: EpochMicros, value: number | null];

/** One series of an answer, its points ascending. */
export interface ReadSeries {
  readonly name: string;
  readonly unit: string | null;
  readonly type: "gauge" | "count" | "rate";
  readonly stepSeconds: number;
  readonly points: readonly Point[];
}

/** What an answer holds, by name of the series, and how many of its records could not be read. Pure. */
export function readSeries(
  metric: MetricQuery,
  records: readonly unknown[],
): { readonly series: readonly ReadSeries[]; malformed: number } {
  const byName = new Map<string, ReadSeries>();
  let malformed = 0;
  for (const raw of records) {
    const record = SeriesRecord.safeParse(raw);
    const points = record.success ? readPoints(record.data.pointlist) : null;
    const name = record.success ? nameOf(metric, record.data) : "";
    // Without a grouping there is one series: a second of the same name cannot be told from it.
    if (!record.success || points === null || byName.has(name)) malformed += 1;
    else
      byName.set(name, {
        name,
        unit: unitOf(record.data),
        type: seriesType(metric.query),
        stepSeconds: stepOf(metric, record.data, points),
        points,
      });
  }
  return { series: [...byName.values()].sort((a, b) => compareText(a.name, b.name)), malformed };
}

function nameOf(metric: MetricQuery, { tagSet, scope }: SeriesRecord): string {
  if (!givesSeveralSeries(metric.query)) return metric.name;
  const tags = tagSet === null || tagSet.length === 0 ? (scope ?? "").split(",") : tagSet;
  return `${metric.name}{${[...tags].sort(compareText).join(",")}}`;
}

/** Ascending, each instant once. null: something in it is no point. */
function readPoints(pointlist: readonly unknown[]): Point[] | null {
  const values = new Map<EpochMicros, number | null>();
  for (const pair of pointlist) {
    if (!Array.isArray(pair) || pair.length !== 2) return null;
    const [millis, value] = pair as readonly unknown[];
    const at = typeof millis === "number" ? fromUnixMillis(millis) : null;
    if (at === null) return null;
    values.set(at, typeof value === "number" && Number.isFinite(value) ? value : null);
  }
  return [...values].sort(([a], [b]) => a - b);
}

/**
 * The step that the points stand at, which may be coarser than asked. `interval` is believed where the points agree:
 * it is sent in seconds and documented in milliseconds.
 */
function stepOf(metric: MetricQuery, { interval }: SeriesRecord, points: readonly Point[]): number {
  const common = points.slice(1).reduce((divisor, [at], index) => greatestDivisor(divisor, at - points[index]![0]), 0) / MICROS_PER_SECOND;
  const said = [interval ?? 0, (interval ?? 0) / 1000].find(
    (seconds) => Number.isInteger(seconds) && seconds > 0 && common % seconds === 0,
  );
  return said ?? (common > 0 ? common : stepSeconds(metric));
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

function unitOf({ unit }: SeriesRecord): string | null {
  const [primary, per] = unit ?? [];
  if (primary?.name == null) return null;
  return per?.name == null ? primary.name : `${primary.name}/${per.name}`;
}
