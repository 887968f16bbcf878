import type { GeneratedUnit } from "../../contract/owner-file.js";
import type { Base, BaseRecord } from "./base.js";
import { withoutBeside } from "./beside.js";
import { contentHash } from "./canonical.js";
import { longestRise } from "./longest-rise.js";
import type { FileUnit, ParsedFile } from "./parse.js";
import { hashesOf } from "./unit-hashes.js";

/** Where a unit that we once generated stands in the owner's file. */
export interface Found {
  /** Index of the piece of the file. */
  readonly place: number;
  /** It is not as we generated it. */
  readonly touched: boolean;
}

/** By the hash of its key. What is not in it has been deleted, or changed so that nothing tells it from the owner's own. */
export type Matches = ReadonlyMap<string, Found>;

/**
 * Finds what was generated last time in a file with its marks: entries by the marks, all else by being as it was, and
 * headings also by where they stand.
 */
export function matchByMarks(file: ParsedFile, base: Base, generated: readonly GeneratedUnit[]): Matches {
  const found = new Map<string, Found>();
  const hashes = file.units.map((unit) => (unit.kind === "closing" ? null : contentHash(withoutBeside(unit.raw))));
  const records = [...base.records, ...base.gone];
  matchEntries(file.units, hashes, records, found);
  matchLines(file.units, hashes, base.records, found);
  matchHeadings(file.units, base.records, generated, found);
  return found;
}

type Hashes = readonly (string | null)[];

/** The mark names the entry. Of several copies the one that is as it was counts, else the first. */
function matchEntries(units: readonly FileUnit[], hashes: Hashes, records: readonly BaseRecord[], found: Map<string, Found>): void {
  const places = new Map<string, number[]>();
  units.forEach(({ ids }, place) => {
    for (const id of ids) places.set(id, [...(places.get(id) ?? []), place]);
  });
  for (const { key, content, entry } of records) {
    const candidates = entry === null ? undefined : places.get(entry.id);
    if (candidates === undefined) continue;
    const untouched = candidates.find((place) => units[place]!.ids.length === 1 && hashes[place] === content);
    found.set(key, { place: untouched ?? candidates[0]!, touched: untouched === undefined });
  }
}

/** Lines without a mark: the same text. Where it stands several times, those between the same neighbours. */
function matchLines(units: readonly FileUnit[], hashes: Hashes, records: readonly BaseRecord[], found: Map<string, Found>): void {
  const places = new Map<string, number[]>();
  hashes.forEach((hash, place) => {
    if (hash !== null && units[place]!.ids.length === 0) push(places, hash, place);
  });
  const wanted = new Map<string, number[]>();
  records.forEach(({ content, entry }, index) => {
    if (entry === null) push(wanted, content, index);
  });
  const repeated: number[] = [];
  for (const [content, indexes] of wanted) {
    const candidates = places.get(content) ?? [];
    if (candidates.length === indexes.length) {
      indexes.forEach((index, nth) => found.set(records[index]!.key, { place: candidates[nth]!, touched: false }));
    } else if (candidates.length > 0) repeated.push(...indexes);
  }
  matchRepeated(
    repeated.sort((a, b) => a - b),
    places,
    records,
    found,
  );
}

function matchRepeated(
  repeated: readonly number[],
  places: ReadonlyMap<string, readonly number[]>,
  records: readonly BaseRecord[],
  found: Map<string, Found>,
): void {
  if (repeated.length === 0) return;
  const anchors = anchorsOf(records, found);
  const used = new Set<number>();
  for (const index of repeated) {
    const { key, content } = records[index]!;
    const [after, before] = around(anchors, index);
    const place = places.get(content)!.find((each) => each > after && each < before && !used.has(each));
    if (place === undefined) continue;
    used.add(place);
    found.set(key, { place, touched: false });
  }
}

/** A heading that reads otherwise now, in another language say, between what stood around it. */
function matchHeadings(
  units: readonly FileUnit[],
  records: readonly BaseRecord[],
  generated: readonly GeneratedUnit[],
  found: Map<string, Found>,
): void {
  const levels = new Map(generated.map((unit) => [hashesOf(unit).key, /^(#{1,6}) /.exec(unit.text)?.[1]!.length ?? 0]));
  const anchors = anchorsOf(records, found);
  const taken = new Set([...found.values()].map(({ place }) => place));
  const lost = new Map<string, number[]>();
  records.forEach(({ key, entry }, index) => {
    const level = levels.get(key) ?? 0;
    if (entry !== null || level === 0 || found.has(key)) return;
    push(lost, [level, ...around(anchors, index)].join(), index);
  });
  for (const [where, indexes] of lost) {
    const [level, after, before] = where.split(",").map(Number) as [number, number, number];
    const candidates: number[] = [];
    for (let place = after + 1; place < Math.min(before, units.length); place++) {
      if (units[place]!.level === level && !taken.has(place)) candidates.push(place);
    }
    if (candidates.length !== indexes.length) continue;
    indexes.forEach((index, nth) => found.set(records[index]!.key, { place: candidates[nth]!, touched: true }));
  }
}

/** Pairs (index in the base, place in the file), ascending in both: what has kept its order. */
type Anchors = readonly (readonly [index: number, place: number])[];

function anchorsOf(records: readonly BaseRecord[], found: ReadonlyMap<string, Found>): Anchors {
  const pairs = records.flatMap(({ key }, index) => (found.has(key) ? [[index, found.get(key)!.place] as const] : []));
  const kept = longestRise(pairs.map(([, place]) => place));
  return pairs.filter((_, index) => kept.has(index));
}

/** Places of the nearest anchors before and after an index. */
function around(anchors: Anchors, index: number): [after: number, before: number] {
  let [low, high] = [0, anchors.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (anchors[middle]![0] < index) low = middle + 1;
    else high = middle;
  }
  return [anchors[low - 1]?.[1] ?? -1, anchors[low]?.[1] ?? Number.MAX_SAFE_INTEGER];
}

function push<Key>(lists: Map<Key, number[]>, key: Key, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
