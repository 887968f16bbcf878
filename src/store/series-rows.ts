import type { SeriesChunk } from "../contract/page.js";
import type { ScopeKey } from "../contract/store.js";
import { isWithin, type Span } from "../kit/instant.js";
import { scopeList } from "./scope-rows.js";
import type { Session } from "./session.js";

interface SeriesRow {
  readonly source: string;
  readonly scope: string;
  readonly series: string;
  readonly from_at: number;
  readonly until_at: number;
  readonly name: string;
  readonly query: string;
  readonly unit: string | null;
  readonly type: SeriesChunk["type"];
  readonly step_seconds: number;
  readonly visibility: SeriesChunk["visibility"];
  readonly url: string | null;
  readonly times: Buffer;
  readonly points: Buffer;
}

const COLUMNS = `s.source as source, s.name as scope, c.series, c.from_at, c.until_at, c.name, c.query, c.unit, c.type,
  c.step_seconds, c.visibility, c.url, c.times, c.points`;

/** The new answer replaces what it overlaps; points of older chunks outside its slice stay. */
export function putSeries(session: Session, scope: number, chunk: SeriesChunk): void {
  const overlapped = session
    .all<SeriesRow>(
      `select ${COLUMNS} from series c join scope s on s.scope = c.scope
       where c.scope = ? and c.series = ? and c.from_at < ? and c.until_at > ?`,
      scope,
      chunk.series,
      chunk.slice.until,
      chunk.slice.from,
    )
    .map(fromRow);
  if (overlapped.length === 1 && same(overlapped[0]!, chunk)) return;
  for (const old of overlapped)
    session.run("delete from series where scope = ? and series = ? and from_at = ?", scope, old.series, old.slice.from);
  for (const piece of [...overlapped.flatMap((old) => outside(old, chunk.slice)), chunk]) insert(session, scope, piece);
}

export function readSeries(session: Session, keys: readonly ScopeKey[], span: Span): SeriesChunk[] {
  return session
    .all<SeriesRow>(
      `select ${COLUMNS} from series c join scope s on s.scope = c.scope join owner o on o.owner = s.owner
       where c.scope in (select value from json_each(?)) and c.from_at < ? and c.until_at > ?
       order by c.series, c.from_at, o.connector, o.tenant, s.source, s.name`,
      scopeList(session, keys),
      span.until,
      span.from,
    )
    .map(fromRow);
}

export function countPoints(session: Session, key: ScopeKey, span: Span): number {
  return readSeries(session, [key], span).reduce((sum, { times }) => sum + times.filter((at) => isWithin(at, span)).length, 0);
}

function insert(session: Session, scope: number, chunk: SeriesChunk): void {
  session.run(
    `insert into series (scope, series, from_at, until_at, name, query, unit, type, step_seconds, visibility, url, times, points)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    scope,
    chunk.series,
    chunk.slice.from,
    chunk.slice.until,
    chunk.name,
    chunk.query,
    chunk.unit,
    chunk.type,
    chunk.stepSeconds,
    chunk.visibility,
    chunk.url,
    doubles(chunk.times),
    doubles(chunk.values.map((value) => value ?? Number.NaN)),
  );
}

function outside(chunk: SeriesChunk, cut: Span): SeriesChunk[] {
  const before = { from: chunk.slice.from, until: Math.min(chunk.slice.until, cut.from) };
  const after = { from: Math.max(chunk.slice.from, cut.until), until: chunk.slice.until };
  return [before, after].filter((slice) => slice.from < slice.until).map((slice) => narrowed(chunk, slice));
}

function narrowed(chunk: SeriesChunk, slice: Span): SeriesChunk {
  const kept = chunk.times.map((at, index) => [at, chunk.values[index] ?? null] as const).filter(([at]) => isWithin(at, slice));
  return { ...chunk, slice, times: kept.map(([at]) => at), values: kept.map(([, value]) => value) };
}

function same(a: SeriesChunk, b: SeriesChunk): boolean {
  return JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));
}

function inOrder(chunk: SeriesChunk): unknown[] {
  const { name, query, unit, type, stepSeconds, slice, times, values, visibility, url } = chunk;
  return [name, query, unit, type, stepSeconds, slice.from, slice.until, times, values, visibility, url];
}

function fromRow(row: SeriesRow): SeriesChunk {
  return {
    source: row.source,
    scope: row.scope,
    series: row.series,
    name: row.name,
    query: row.query,
    unit: row.unit,
    type: row.type,
    stepSeconds: row.step_seconds,
    slice: { from: row.from_at, until: row.until_at },
    times: numbers(row.times),
    values: numbers(row.points).map((value) => (Number.isNaN(value) ? null : value)),
    visibility: row.visibility,
    url: row.url,
  };
}

/** Written out byte by byte: a typed array would take the machine's own order. */
function doubles(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  values.forEach((value, index) => bytes.writeDoubleLE(value, index * 8));
  return bytes;
}

function numbers(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 8 }, (_, index) => bytes.readDoubleLE(index * 8));
}
