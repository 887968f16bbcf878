import type { GeneratedUnit } from "../../contract/owner-file.js";
import { groupBy } from "../../kit/group-by.js";
import type { Base } from "./base.js";
import { longestRise } from "./longest-rise.js";
import { keyHash } from "./marks.js";
import type { Matches } from "./match.js";
import type { ParsedFile } from "./parse.js";
import { hashesOf } from "./unit-hashes.js";

/** What has become of the order: by hash of key. */
export interface Places {
  /** Stands where we put it, and among the same neighbours in the new draft: something new can be put beside it. */
  readonly stable: ReadonlySet<string>;
  /** We put it elsewhere now, and the owner has not moved it. */
  readonly toMove: ReadonlySet<string>;
  /** Stretch of the file (0, 1 ... from heading to heading) in which each section has its home. */
  readonly homes: ReadonlyMap<string, number>;
  /** The same by place: in which stretch each piece of the file lies. */
  readonly stretches: readonly number[];
}

interface Spot {
  readonly key: string;
  readonly section: string;
  readonly index: number;
}

/** Tells what the owner has moved from what the new draft orders in another way. */
export function placesOf(file: ParsedFile, base: Base, generated: readonly GeneratedUnit[], found: Matches): Places {
  const stretches = stretchesOf(file);
  const now = generated.map((unit, index) => ({ key: hashesOf(unit).key, section: unit.section, index }));
  const before = spotsOfBase(base, generated);
  const homes = homesOf([...before.values(), ...now], found, stretches);
  const isHome = ({ key, section }: Spot) => stretches[found.get(key)!.place] === homes.get(section);

  const inFile = [...before.values()].filter((spot) => found.has(spot.key));
  const unmoved = inOrder(inFile.filter(isHome), ({ key }) => found.get(key)!.place);
  const common = now.filter(({ key, section }) => found.has(key) && before.get(key)?.section === section);
  const sameOrder = inOrder(common, ({ key }) => before.get(key)!.index);
  const moved = now.filter(({ key }) => unmoved.has(key) && !sameOrder.has(key));
  return {
    stable: new Set([...unmoved].filter((key) => sameOrder.has(key))),
    toMove: new Set(moved.map(({ key }) => key)),
    homes,
    stretches,
  };
}

/** The keys that keep their order, section by section. */
function inOrder(spots: readonly Spot[], rankOf: (spot: Spot) => number): Set<string> {
  const kept = new Set<string>();
  for (const members of groupBy(spots, ({ section }) => section).values()) {
    const rising = longestRise(members.map(rankOf));
    members.forEach(({ key }, index) => void (rising.has(index) && kept.add(key)));
  }
  return kept;
}

/** The units of the last generated version with their sections, which follow from the headings before them. */
function spotsOfBase({ records }: Base, generated: readonly GeneratedUnit[]): Map<string, Spot> {
  const sections = new Map(generated.map(({ section }) => [keyHash(section), section]));
  const spots = new Map<string, Spot>();
  let section = "";
  records.forEach(({ key }, index) => {
    section = sections.get(key) ?? section;
    spots.set(key, { key, section, index });
  });
  return spots;
}

/** A new stretch begins at each heading of the first two levels. */
export function stretchesOf({ units }: ParsedFile): number[] {
  let stretch = 0;
  return units.map(({ level }) => (level === 1 || level === 2 ? ++stretch : stretch));
}

/** Where the heading of a section stands; where it is lost, the stretch that has most of the section. */
function homesOf(spots: readonly Spot[], found: Matches, stretches: readonly number[]): Map<string, number> {
  const homes = new Map<string, number>();
  for (const [section, members] of groupBy(spots, (spot) => spot.section)) {
    const heading = found.get(keyHash(section));
    if (heading) {
      homes.set(section, stretches[heading.place]!);
      continue;
    }
    const counts = new Map<number, number>();
    for (const { key } of members) {
      const place = found.get(key)?.place;
      if (place !== undefined) counts.set(stretches[place]!, (counts.get(stretches[place]!) ?? 0) + 1);
    }
    const most = [...counts].sort(([a, many], [b, few]) => few - many || a - b)[0];
    if (most) homes.set(section, most[0]);
  }
  return homes;
}
