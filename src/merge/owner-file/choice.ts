import type { Base, FormInFile } from "./base.js";
import type { ContentMatch } from "./match-by-content.js";
import type { ParsedFile } from "./parse.js";
import { stretchesOf } from "./places.js";
import { isTicked } from "./ticked.js";

/**
 * Which entries a file has on its timeline: what stood there stays, whatever the draft chooses by now; what was ticked
 * joins it, what is held does not.
 */
export function choiceIn({ units }: ParsedFile, { records, gone }: Base): (id: string, chosen: boolean) => boolean {
  const before = (form: FormInFile) => [...records, ...gone].flatMap(({ entry }) => (entry?.form === form ? [entry.id] : []));
  const ticked = units.filter(({ raw }) => isTicked(raw)).flatMap(({ ids }) => ids);
  const [kept, held] = [new Set([...before("timeline"), ...ticked]), new Set(before("held"))];
  return (id, chosen) => kept.has(id) || (chosen && !held.has(id));
}

const BOX = /^[^\p{L}\p{N}]{0,8}\\?\[ \\?\]/u;

/**
 * The same for a file whose marks were lost: entries that stand anywhere but under "not on the timeline yet", or, where
 * that heading reads otherwise by now, anywhere but where most of the empty boxes are.
 */
export function choiceByPlace({ file, places }: ContentMatch, restHeading: number | undefined): (id: string) => boolean {
  const stretches = stretchesOf(file);
  const rest = restHeading === undefined ? stretchOfBoxes(file, stretches) : stretches[restHeading];
  return (id) => places.has(id) && stretches[places.get(id)!] !== rest;
}

function stretchOfBoxes({ units }: ParsedFile, stretches: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  units.forEach(({ raw }, place) => {
    if (BOX.test(raw)) counts.set(stretches[place]!, (counts.get(stretches[place]!) ?? 0) + 1);
  });
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
