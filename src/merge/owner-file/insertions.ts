import type { GeneratedUnit } from "../../contract/owner-file.js";
import type { Matches } from "./match.js";
import { isItem, type FileUnit, type ParsedFile } from "./parse.js";
import type { Places } from "./places.js";
import { hashesOf } from "./unit-hashes.js";

/** Something that is put into the file, beside the piece at `place`. Several at one spot keep their order. */
export interface Insertion {
  readonly place: number;
  readonly side: "before" | "after";
  readonly text: string;
  /** Line ends before it, and at least how many behind it. */
  readonly gap: number;
  readonly gapAfter: number;
}

type Spot = Pick<Insertion, "place" | "side">;

/** Where evidence goes that no section is left for. */
const NEW_SECTION = "## New since the last build";

/**
 * Finds the place for each text that is to be put in: behind what stands before it in the new draft, in its section.
 * What the owner wrote there with an earlier time stays before it. What belongs to a section that the owner has deleted
 * is left out, but for the entries of the timeline.
 */
export function placeInsertions(
  file: ParsedFile,
  generated: readonly GeneratedUnit[],
  texts: ReadonlyMap<GeneratedUnit, string>,
  { stable, homes, stretches }: Places,
  found: Matches,
): { insertions: Insertion[]; leftOut: ReadonlySet<GeneratedUnit> } {
  const matched = new Set([...found.values()].map(({ place }) => place));
  const nextStable = nextStableOf(generated, stable, found);
  const insertions: Insertion[] = [];
  const leftOut = new Set<GeneratedUnit>();
  const homeless: Insertion[] = [];
  let section = "";
  let spot: Spot | null = null;
  generated.forEach((unit, index) => {
    if (unit.section !== section) [section, spot] = [unit.section, null];
    const text = texts.get(unit);
    if (text === undefined) {
      if (stable.has(hashesOf(unit).key)) spot = { place: found.get(hashesOf(unit).key)!.place, side: "after" };
      return;
    }
    spot = spotFor(unit, spot, nextStable[index]!) ?? (unit.key === unit.section ? beforeNextSection(index) : null);
    const gapAfter = generated[index + 1]?.gap ?? 2;
    if (spot !== null) insertions.push({ ...spot, text, gap: unit.gap, gapAfter });
    else if (unit.entry?.form === "timeline") homeless.push({ ...endOfFile(file), text, gap: homeless.length === 0 ? 2 : 1, gapAfter: 2 });
    else leftOut.add(unit);
  });
  return { insertions: [...insertions, ...withHeading(file, homeless)], leftOut };

  function spotFor(unit: GeneratedUnit, after: Spot | null, before: number | null): Spot | null {
    if (after !== null) return after.side === "after" ? { place: pastOwners(unit, after.place), side: "after" } : after;
    return before === null ? null : { place: before, side: "before" };
  }

  /** Past what belongs to the piece, and past what the owner wrote there and would stay before it. */
  function pastOwners(unit: GeneratedUnit, from: number): number {
    const { units } = file;
    const isHeading = unit.text.startsWith("#");
    let place = from;
    for (;;) {
      const next = units[place + 1];
      if (next === undefined || matched.has(place + 1) || next.kind === "closing" || next.level > 0) return place;
      const belongs = next.item !== null && (next.item === units[place]!.item || (place > from && next.item === units[place]!.item));
      const earlier = unit.entry !== undefined && isItem(next.raw) && isNotLater(next, unit.entry.clock);
      if (!belongs && !earlier && !(isHeading && stretches[place + 1] === stretches[from])) return place;
      place += 1;
    }
  }

  /** A section that is new stands before the next one that is in the file. */
  function beforeNextSection(index: number): Spot {
    for (let at = index + 1; at < generated.length; at++) {
      const unit = generated[at]!;
      const heading = unit.key === unit.section ? found.get(hashesOf(unit).key) : undefined;
      if (heading && homes.has(unit.section)) return { place: heading.place, side: "before" };
    }
    return endOfFile(file);
  }
}

/** For each unit the place of the next one of its section that stays where it is. */
function nextStableOf(generated: readonly GeneratedUnit[], stable: ReadonlySet<string>, found: Matches): (number | null)[] {
  const next: (number | null)[] = generated.map(() => null);
  let [section, place] = ["", null as number | null];
  for (let index = generated.length - 1; index >= 0; index--) {
    const unit = generated[index]!;
    if (unit.section !== section) [section, place] = [unit.section, null];
    next[index] = place;
    if (stable.has(hashesOf(unit).key)) place = found.get(hashesOf(unit).key)!.place;
  }
  return next;
}

function isNotLater({ raw }: FileUnit, clock: string): boolean {
  const own = /^[^\p{L}\p{N}]{0,12}(?:\d{4}-\d{2}-\d{2}[T ])?(\d{2}:\d{2}(?::\d{2})?)/u.exec(raw)?.[1];
  return own !== undefined && (own.length === 5 ? `${own}:00` : own) <= clock;
}

/** Before the closing mark where there is one, else behind all. */
function endOfFile({ units }: ParsedFile): Spot {
  const closing = units.findIndex(({ kind }) => kind === "closing");
  return closing === -1 ? { place: units.length - 1, side: "after" } : { place: closing, side: "before" };
}

function withHeading(file: ParsedFile, homeless: readonly Insertion[]): Insertion[] {
  if (homeless.length === 0) return [];
  const heading = file.units.findIndex(({ raw }) => raw.trimEnd() === NEW_SECTION);
  if (heading === -1) return [{ ...endOfFile(file), text: NEW_SECTION, gap: 2, gapAfter: 2 }, ...homeless];
  let place = heading;
  while (file.units[place + 1] && file.units[place + 1]!.level === 0 && file.units[place + 1]!.kind !== "closing") place += 1;
  return homeless.map((each) => ({ ...each, place, side: "after" }));
}
