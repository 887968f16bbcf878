import type { GeneratedUnit } from "../../contract/owner-file.js";
import { groupBy } from "../../kit/group-by.js";
import { contentHash, visibleWords } from "./canonical.js";
import { markedIds } from "./marks.js";
import type { Found, Matches } from "./match.js";
import type { FileUnit, ParsedFile } from "./parse.js";
import { comparable, linkLabelsOf, urlsIn, type LinkLabels } from "./urls.js";
import { hashesOf } from "./unit-hashes.js";

/** How many entries of a file without its marks were found again, and by what. */
export interface HowMatched {
  readonly id: number;
  readonly link: number;
  readonly content: number;
}

export interface ContentMatch {
  /** With the lines of each list item that shows an entry joined to one piece. */
  readonly file: ParsedFile;
  /** Of the entries, by id. */
  readonly places: ReadonlyMap<string, number>;
  readonly how: HowMatched;
}

/** Below this share of common words a link or a time is taken for a mention of an entry, and not for the entry. */
const ALIKE = 0.5;
/** What an entry that the document would show has ahead of one that it would not, as a share of common words. */
const LISTED = 0.2;

/**
 * Finds entries in a file whose marks were lost on the way through another tool: by an id that is still there, by the
 * link to the source, by time and words. Lines that are as we generated them and show no entry are no candidates.
 *
 * @param entries Every entry of the draft as it would stand on the timeline.
 * @param usual The document as the draft would have it: of entries that are alike, those that are in it come first.
 */
export function matchByContent(file: ParsedFile, entries: readonly GeneratedUnit[], usual: readonly GeneratedUnit[]): ContentMatch {
  const generatedLines = new Set(usual.filter(({ entry }) => entry === undefined).map(({ text }) => visibleWords(text)));
  const listed = new Set(usual.flatMap(({ entry }) => (entry ? [entry.id] : [])));
  const labels = linkLabelsOf(file.units.map(({ raw }) => raw));
  const candidates = candidatesOf(file, generatedLines, labels);
  const index = indexOf(entries);
  const pairs = candidates
    .flatMap((candidate) => pairsOf(candidate, index))
    .map((pair) => ({ ...pair, alike: pair.alike + (listed.has(pair.id) ? LISTED : 0) }))
    .sort((a, b) => a.rank - b.rank || b.alike - a.alike || a.candidate.from - b.candidate.from);
  const places = new Map<string, { candidate: Candidate; by: keyof HowMatched }>();
  const used = new Set<Candidate>();
  for (const { candidate, id, by } of pairs) {
    if (places.has(id) || used.has(candidate)) continue;
    used.add(candidate);
    places.set(id, { candidate, by });
  }
  const { joined, placeOf } = joinPieces(file, [...used]);
  const how = { id: 0, link: 0, content: 0 };
  for (const { by } of places.values()) how[by] += 1;
  return { file: joined, places: new Map([...places].map(([id, { candidate }]) => [id, placeOf(candidate.from)])), how };
}

/** Something in the file that may be an entry: a list item, a row, a paragraph. */
interface Candidate {
  /** Index of its first piece, and behind its last. */
  readonly from: number;
  readonly until: number;
  readonly ids: readonly string[];
  readonly raw: string;
  readonly words: ReadonlySet<string>;
  readonly clock: string | null;
  readonly urls: readonly string[];
}

function candidatesOf({ units }: ParsedFile, generatedLines: ReadonlySet<string>, labels: LinkLabels): Candidate[] {
  const candidates: Candidate[] = [];
  let from = 0;
  while (from < units.length) {
    const { kind } = units[from]!;
    const until = endOfItem(units, from);
    const pieces = units.slice(from, until);
    const candidate = candidateOf(pieces, from, until, labels);
    const isOther = pieces.some(({ raw }) => generatedLines.has(visibleWords(raw)));
    const mayBeEntry = !isOther || candidate.ids.length > 0 || (candidate.clock !== null && candidate.urls.length > 0);
    if ((kind === "line" || kind === "item") && mayBeEntry) candidates.push(candidate);
    from = until;
  }
  return candidates;
}

function endOfItem(units: readonly FileUnit[], from: number): number {
  const { item } = units[from]!;
  if (item === null) return from + 1;
  let until = from + 1;
  while (units[until]?.item === item) until += 1;
  return until;
}

function candidateOf(pieces: readonly FileUnit[], from: number, until: number, labels: LinkLabels): Candidate {
  const raw = pieces.map((piece) => piece.raw).join("\n");
  const words = visibleWords(raw);
  const clock = /^(?:x )?(?:\d{4} \d{2} \d{2} (?:t )?)?(\d{2}) (\d{2})(?: (\d{2}))?(?!\d)/.exec(words);
  return {
    from,
    until,
    // Some editors show our comments as text, with backslashes before their signs.
    ids: markedIds(raw.replaceAll("\\", "")),
    raw,
    words: wordSet(words),
    clock: clock === null ? null : `${clock[1]!}:${clock[2]!}`,
    urls: urlsIn(raw, labels),
  };
}

interface EntryIndex {
  readonly byId: ReadonlyMap<string, Known>;
  readonly byUrl: ReadonlyMap<string, readonly Known[]>;
  readonly byClock: ReadonlyMap<string, readonly Known[]>;
}

interface Known {
  readonly id: string;
  readonly words: ReadonlySet<string>;
}

function indexOf(entries: readonly GeneratedUnit[]): EntryIndex {
  const byId = new Map<string, Known>();
  const byUrl = new Map<string, Known[]>();
  const byClock = new Map<string, Known[]>();
  for (const { text, entry } of entries) {
    if (!entry) continue;
    const known = { id: entry.id, words: wordSet(visibleWords(text)) };
    for (const id of [entry.id, ...entry.evidence]) byId.set(id, known);
    for (const url of entry.urls.map(comparable)) byUrl.set(url, [...(byUrl.get(url) ?? []), known]);
    const clock = entry.clock.slice(0, 5);
    byClock.set(clock, [...(byClock.get(clock) ?? []), known]);
  }
  return { byId, byUrl, byClock };
}

interface Pair {
  readonly candidate: Candidate;
  readonly id: string;
  readonly by: keyof HowMatched;
  readonly rank: number;
  readonly alike: number;
}

function pairsOf(candidate: Candidate, index: EntryIndex): Pair[] {
  const pairs: Pair[] = [];
  const add = (known: Known, by: keyof HowMatched, rank: number, least: number) => {
    const alike = likeness(candidate.words, known.words);
    if (alike >= least) pairs.push({ candidate, id: known.id, by, rank, alike });
  };
  for (const id of [...candidate.ids, ...tokensOf(candidate.raw)]) {
    const known = index.byId.get(id);
    if (known) add(known, "id", 0, 0);
  }
  for (const url of candidate.urls) {
    for (const known of index.byUrl.get(url) ?? []) add(known, "link", 1, candidate.clock === null ? ALIKE : 0.2);
  }
  for (const known of candidate.clock === null ? [] : (index.byClock.get(candidate.clock) ?? [])) add(known, "content", 2, ALIKE);
  return pairs;
}

/** Words that could be an id of evidence. */
function tokensOf(raw: string): string[] {
  return raw.split(/[\s`<>()[\]"'|]+/).filter((token) => token.includes(":") && token.length < 300);
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(" ").slice(0, 80));
}

/** Share of the words that both have. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const word of a) if (b.has(word)) both += 1;
  return both / Math.max(1, a.size + b.size - both);
}

function joinPieces(file: ParsedFile, used: readonly Candidate[]): { joined: ParsedFile; placeOf: (from: number) => number } {
  const starts = new Map(used.map((candidate) => [candidate.from, candidate]));
  const units: FileUnit[] = [];
  const placed = new Map<number, number>();
  for (let at = 0; at < file.units.length;) {
    const until = starts.get(at)?.until ?? at + 1;
    const pieces = file.units.slice(at, until);
    placed.set(at, units.length);
    const raw = pieces.map((piece, nth) => piece.raw + (nth === pieces.length - 1 ? "" : piece.gap)).join("");
    units.push(pieces.length === 1 ? pieces[0]! : { ...pieces[0]!, raw, gap: pieces.at(-1)!.gap, item: null });
    at = until;
  }
  return { joined: { ...file, units }, placeOf: (from) => placed.get(from)! };
}

/** What stands in the file of what would be generated now: entries where they were found, other lines by their words. */
export function matchesOf(
  { file, places }: ContentMatch,
  generated: readonly GeneratedUnit[],
): { found: Matches; missing: ReadonlySet<GeneratedUnit>; outdated: ReadonlyMap<GeneratedUnit, number> } {
  const found = new Map<string, Found>();
  const taken = new Set(places.values());
  const byWords = new Map<string, number[]>();
  file.units.forEach(({ raw, kind }, place) => {
    if (taken.has(place) || kind === "closing") return;
    const words = visibleWords(raw);
    byWords.set(words, [...(byWords.get(words) ?? []), place]);
  });
  const missing = new Set<GeneratedUnit>();
  const match = (unit: GeneratedUnit, place: number | undefined) => {
    if (place === undefined) missing.add(unit);
    else found.set(hashesOf(unit).key, { place, touched: contentHash(file.units[place]!.raw) !== hashesOf(unit).content });
    if (place !== undefined) taken.add(place);
  };
  for (const unit of generated) match(unit, unit.entry ? places.get(unit.entry.id) : byWords.get(visibleWords(unit.text))?.shift());
  return { found, missing, outdated: outdatedLines(file, missing, taken) };
}

/** Lines of ours whose figures or times are those of an earlier build, and all else is the same. */
function outdatedLines({ units }: ParsedFile, missing: ReadonlySet<GeneratedUnit>, taken: ReadonlySet<number>): Map<GeneratedUnit, number> {
  const byShape = new Map<string, number[]>();
  units.forEach(({ raw, kind }, place) => {
    const shape = shapeOf(raw);
    if (!taken.has(place) && kind !== "closing" && shape !== visibleWords(raw)) byShape.set(shape, [...(byShape.get(shape) ?? []), place]);
  });
  const wanted = groupBy(
    [...missing].filter(({ entry }) => entry === undefined),
    ({ text }) => shapeOf(text),
  );
  const outdated = new Map<GeneratedUnit, number>();
  for (const [shape, members] of wanted) {
    const places = byShape.get(shape) ?? [];
    if (places.length === members.length) members.forEach((unit, nth) => outdated.set(unit, places[nth]!));
  }
  return outdated;
}

function shapeOf(text: string): string {
  return visibleWords(text).replace(/\p{N}+/gu, "0");
}
