import type { Base, FormInFile } from "./base.js";
import type { ParsedFile } from "./parse.js";
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
