import { PHASES, type Draft, type Entry, type EvidenceRecord, type Phase } from "../../contract/draft.js";
import type { GeneratedUnit } from "../../contract/owner-file.js";
import { inTotalOrder } from "../../contract/total-order.js";
import { canonicalJson, sha256 } from "../../kit/hash.js";
import { toIso } from "../../kit/instant.js";
import { toPlain } from "../../kit/rich-text.js";
import { compareText } from "../../kit/text.js";
import { withoutBeside } from "./beside.js";
import { withoutMarks } from "./canonical.js";
import { choiceIn } from "./choice.js";
import { baseIn } from "./closing.js";
import { keyHash } from "./marks.js";
import { matchByMarks, type Found, type Matches } from "./match.js";
import type { NewlyGenerated } from "./merge-file.js";
import { readItem, type ItemInFile } from "./owners-words.js";
import { isItem, parseFile, type FileUnit, type ParsedFile } from "./parse.js";
import { REST } from "./plan.js";
import { placesOf } from "./places.js";

const ADDED = "owner.entry";
/** Sections whose list items are entries. */
const TIMELINE = ["before", "timeline"];

/** Where a piece of the file stands. */
interface Setting {
  readonly section: string | null;
  readonly phase: Phase | null;
  /** `2026-03-04`, of the heading above it. */
  readonly day: string | null;
}

/**
 * The draft as the owner's file has it: words, times and phases that were changed, what was deleted or taken off the
 * timeline, and what was added by hand. What we generated stays beside each change, in `original`. Pure.
 *
 * @param text The file after the merge; without a closing mark that can be read the draft stays as it is.
 * @param render The document with the entries that its argument chooses.
 */
export function ownersTimeline(draft: Draft, text: string, { render }: Pick<NewlyGenerated, "render">): Draft {
  const file = parseFile(text);
  const base = baseIn(file);
  if (base === null) return draft;
  const generated = render(choiceIn(file, base));
  const found = matchByMarks(file, base, generated);
  const settings = settingsOf(file, generated, found, placesOf(file, base, generated, found).homes);
  const known = new Set([...base.records, ...base.gone].flatMap(({ entry }) => (entry ? [entry.id] : [])));
  const units = new Map(generated.flatMap((unit) => (unit.entry ? [[unit.entry.id, unit] as const] : [])));
  const entries = draft.entries.map((entry) => {
    const place = found.get(keyHash(`e:${entry.id}`));
    if (place) return asInFile(entry, file.units[place.place]!, place, settings[place.place]!, units.get(entry.id));
    return known.has(entry.id) && entry.highlighted ? changed(entry, { highlighted: false }) : entry;
  });
  const added = addedBy(file, found, settings, draft);
  return {
    ...draft,
    entries: inTotalOrder([...entries, ...added], ({ evidence, id, ...entry }) => ({ ...entry, id: evidence[0] ?? id })),
    evidence: added.length === 0 ? draft.evidence : [...draft.evidence, ...added.map(recordOf)].sort((a, b) => compareText(a.id, b.id)),
  };
}

function asInFile(entry: Entry, piece: FileUnit, { touched }: Found, { section, phase, day }: Setting, unit?: GeneratedUnit): Entry {
  const change: { -readonly [Key in keyof Overrides]: Overrides[Key] } = {};
  const highlighted = section !== REST;
  if (highlighted !== entry.highlighted) change.highlighted = highlighted;
  if (phase !== null && phase !== entry.phase) change.phase = phase;
  if (touched && highlighted && piece.ids[0] !== entry.id) return changed(entry, { ...change, highlighted: false });
  if (touched && highlighted && unit) {
    const today = day ?? toIso(entry.at).slice(0, 10);
    const [owners, ours] = [readItem(piece.raw, today, unit), readItem(unit.text, today, unit)];
    if (owners.time && owners.time.sourceText !== ours.time?.sourceText)
      Object.assign(change, { at: owners.time.at, endedAt: owners.time.endedAt, precisionMicros: owners.time.precisionMicros });
    if (words(owners) !== words(ours)) change.text = owners.text;
  }
  return Object.keys(change).length === 0 ? entry : changed(entry, change);
}

type Overrides = Partial<Pick<Entry, "at" | "endedAt" | "precisionMicros" | "text" | "phase" | "highlighted">>;

function changed(entry: Entry, change: Overrides): Entry {
  const original = Object.fromEntries(Object.keys(change).map((key) => [key, entry[key as keyof Overrides]]));
  return { ...entry, ...change, original };
}

function words({ text }: ItemInFile): string {
  return toPlain(text);
}

/** List items of the timeline that nobody generated: the owner's own entries. One without a time stands at the time of the one before it. */
function addedBy({ units }: ParsedFile, found: Matches, settings: readonly Setting[], { incident, entries }: Draft): Entry[] {
  const matched = new Set([...found.values()].map(({ place }) => place));
  const times = new Map(entries.map(({ id, at }) => [id, at]));
  const added: Entry[] = [];
  let last = incident.start;
  units.forEach((piece, place) => {
    last = times.get(piece.ids[0] ?? "") ?? last;
    const { section, phase, day } = settings[place]!;
    const isOwn = piece.ids.length === 0 && !matched.has(place) && isItem(piece.raw) && TIMELINE.includes(section ?? "");
    // A nested line is part of its item, and was read with it.
    if (!isOwn || piece.item === null || units[place - 1]?.item === piece.item) return;
    const item = readItem(wholeItem(units, place), day ?? toIso(last).slice(0, 10));
    if (toPlain(item.text).trim() === "") return;
    last = item.time?.at ?? last;
    added.push(ownEntry(item, last, phase ?? (section === "before" ? "before" : "diagnosis")));
  });
  return added;
}

/** The lines of one list item follow each other. */
function wholeItem(units: readonly FileUnit[], from: number): string {
  let until = from + 1;
  while (units[until]?.item === units[from]!.item) until += 1;
  return units
    .slice(from, until)
    .map(({ raw }) => raw)
    .join("\n");
}

function ownEntry({ time, text }: ItemInFile, at: number, phase: Phase): Entry {
  const id = `owner:${sha256(canonicalJson([at, toPlain(text)])).slice(0, 16)}`;
  return {
    id,
    aliases: [],
    at,
    endedAt: time?.endedAt ?? null,
    atMeans: time === null ? "placed by hand" : "written by hand",
    precisionMicros: time?.precisionMicros ?? 60_000_000,
    sourceText: time?.sourceText ?? "",
    phase,
    kind: ADDED,
    category: "note",
    text,
    person: null,
    links: [],
    evidence: [id],
    group: null,
    highlighted: true,
    because: ["added by the owner, in the file"],
    score: 1,
    milestone: null,
    confidence: "fact",
    visibility: "public",
    scopeName: "the owner's file",
    deleted: false,
  };
}

function recordOf({ id, at, precisionMicros, sourceText, text }: Entry): EvidenceRecord {
  return {
    id,
    kind: ADDED,
    times: [{ meaning: "written by hand", at, precisionMicros, sourceText }],
    url: null,
    hash: sha256(canonicalJson({ at, precisionMicros, text: toPlain(text) })),
    visibility: "public",
    version: 1,
  };
}

function settingsOf(
  { units }: ParsedFile,
  generated: readonly GeneratedUnit[],
  found: Matches,
  homes: ReadonlyMap<string, number>,
): Setting[] {
  const sections = new Map([...homes].map(([section, stretch]) => [stretch, section]));
  const headings = new Map(
    generated.flatMap(({ key }) => (found.has(keyHash(key)) ? [[found.get(keyHash(key))!.place, key] as const] : [])),
  );
  let stretch = 0;
  let setting: Setting = { section: sections.get(0) ?? null, phase: null, day: null };
  return units.map(({ level, raw }, place) => {
    if (level === 1 || level === 2) {
      stretch += 1;
      const section = sections.get(stretch) ?? null;
      setting = { section, phase: section === "before" ? "before" : null, day: null };
    }
    if (level > 2) setting = { ...setting, ...underHeading(raw, headings.get(place)) };
    return setting;
  });
}

function underHeading(raw: string, key: string | undefined): Partial<Setting> {
  const day = /\d{4}-\d{2}-\d{2}/.exec(withoutMarks(withoutBeside(raw)))?.[0];
  const phase = PHASES.find((name) => key?.split("/")[2]?.split("~")[0] === name);
  return { ...(day === undefined ? {} : { day }), ...(phase === undefined ? {} : { phase }) };
}
