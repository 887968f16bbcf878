import type { GeneratedUnit } from "../contract/owner-file.js";
import type { Base } from "./owner-file/base.js";
import { contentHash } from "./owner-file/canonical.js";
import { choiceIn } from "./owner-file/choice.js";
import { baseIn } from "./owner-file/closing.js";
import { matchByMarks, type Matches } from "./owner-file/match.js";
import type { NewlyGenerated } from "./owner-file/merge-file.js";
import { parseFile, type ParsedFile } from "./owner-file/parse.js";
import { hashesOf } from "./owner-file/unit-hashes.js";
import { repeatsAny } from "./repeats.js";

export interface OwnersSections {
  readonly sections: readonly { readonly title: string; readonly text: string }[];
  /** What was asked for and not taken, and why, in words. */
  readonly remarks: readonly string[];
}

/**
 * Sections of the owner's file by their headings, with what the owner wrote there. Entries, comments and what we generated
 * are left out, also where it was edited: a section with generated lines of evidence in it gives nothing, and neither does
 * a line that repeats one that is no longer where we put it. Where nobody can tell any more what was generated, nothing is
 * taken. Pure.
 */
export function ownersSections(text: string, titles: readonly string[], { render }: Pick<NewlyGenerated, "render">): OwnersSections {
  if (titles.length === 0) return { sections: [], remarks: [] };
  const file = parseFile(text.replaceAll("\r\n", "\n"));
  const base = baseIn(file);
  if (base === null) return { sections: [], remarks: ["the mark at the end of the file was lost: none of your words were taken"] };
  const generated = render(choiceIn(file, base));
  const facts = factsOf(file, base, generated, matchByMarks(file, base, generated));
  const taken = titles.map((title) => sectionOf(file, title.trim(), facts));
  return {
    sections: taken.flatMap(({ title, text: own }) => (own === "" ? [] : [{ title, text: own }])),
    remarks: taken.flatMap(({ remark }) => remark ?? []),
  };
}

interface Facts {
  /** Of each piece: ours by being as it was, or where it stood. */
  readonly isOurs: (place: number) => boolean;
  /** Ours, and told from evidence. */
  readonly isEvidence: (place: number) => boolean;
  /** Text that was generated and stands nowhere as it was. */
  readonly missing: readonly string[];
}

function factsOf({ units }: ParsedFile, base: Base, generated: readonly GeneratedUnit[], found: Matches): Facts {
  const records = [...base.records, ...base.gone];
  const hashes = new Set(records.map(({ content }) => content));
  const neutral = new Set(generated.filter((unit) => unit.prompt || isBareHeading(unit, generated)).map((unit) => hashesOf(unit).key));
  const matched = new Map([...found].map(([key, { place }]) => [place, key]));
  const known = new Set(records.map(({ key }) => key));
  const lost = generated.filter((unit) => !unit.prompt && known.has(hashesOf(unit).key) && !found.has(hashesOf(unit).key));
  const isOurs = (place: number) => units[place]!.ids.length > 0 || matched.has(place) || hashes.has(contentHash(units[place]!.raw));
  return {
    isOurs,
    isEvidence: (place) => units[place]!.ids.length === 0 && isOurs(place) && !neutral.has(matched.get(place) ?? ""),
    missing: lost.map((unit) => unit.text),
  };
}

/** A heading with nothing but prompts below it. */
function isBareHeading({ key, section }: GeneratedUnit, generated: readonly GeneratedUnit[]): boolean {
  return key === section && generated.every((unit) => unit.section !== section || unit.key === section || unit.prompt === true);
}

interface Taken {
  readonly title: string;
  readonly text: string;
  readonly remark: string | null;
}

function sectionOf({ units }: ParsedFile, title: string, { isOurs, isEvidence, missing }: Facts): Taken {
  const none = (remark: string): Taken => ({ title, text: "", remark });
  const from = units.findIndex(({ level, raw }) => level > 0 && titleOf(raw) === normal(title));
  if (from === -1) return none(`the file has no heading "${title}"`);
  const end = units.findIndex(({ level, kind }, at) => at > from && ((level > 0 && level <= units[from]!.level) || kind === "closing"));
  const places = units.flatMap((_, place) => (place > from && (end === -1 || place < end) ? [place] : []));
  if ([from, ...places].some(isEvidence))
    return none(`"${title}" holds lines that were made of evidence: nothing of it was taken; keep your words under a heading of their own`);
  const own = places.filter((place) => !isOurs(place));
  const repeated = new Set(own.filter((place) => repeatsAny(units[place]!.raw, missing)));
  const kept = own.filter((place) => !repeated.has(place));
  const hasRows = kept.some((place) => isRow(units[place]!.raw));
  const shown = places.filter((place) => kept.includes(place) || (hasRows && isHead(units[place]!.raw)));
  const text = withoutComments(shown.map((place) => units[place]!.raw + units[place]!.gap).join("")).trim();
  const lines = repeated.size === 1 ? "1 line" : `${repeated.size} lines`;
  return {
    title,
    text,
    remark: repeated.size === 0 ? null : `${lines} under "${title}" repeat what was made of evidence, and were left out`,
  };
}

function isRow(line: string): boolean {
  return line.startsWith("|");
}

/** The rows of a table above those of the owner; not the empty one. */
function isHead(line: string): boolean {
  return isRow(line) && /[^|\s]/.test(line);
}

function titleOf(heading: string): string {
  return normal(withoutComments(heading).replace(/^ {0,3}#{1,6}/, ""));
}

function normal(title: string): string {
  return title.normalize("NFKC").trim().toLowerCase();
}

/** A comment that is not closed hides everything behind it. */
function withoutComments(text: string): string {
  let kept = "";
  for (let from = 0; ;) {
    const start = text.indexOf("<!--", from);
    if (start === -1) return kept + text.slice(from);
    kept += text.slice(from, start);
    const end = text.indexOf("-->", start + 4);
    if (end === -1) return kept;
    from = end + 3;
  }
}
