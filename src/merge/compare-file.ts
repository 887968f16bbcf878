import type { Comparison } from "../contract/comparison.js";
import type { Entry } from "../contract/draft.js";
import { contentHash } from "./owner-file/canonical.js";
import { choiceIn } from "./owner-file/choice.js";
import { baseIn } from "./owner-file/closing.js";
import type { NewlyGenerated } from "./owner-file/merge-file.js";
import { parseFile } from "./owner-file/parse.js";

/**
 * The marks of an owner's file against what would be generated now: each entry by its id and the hash of The marks of an owner's file * @param altered Evidence that no longer has the content of its hash: entries made of it are found also where the file does
 * not list them.
 * @returns null for a file without a closing mark that can be read: it says nothing of what was generated.
 */
export function compareFile(
  text: string,
  entries: readonly Entry[],
  altered: ReadonlySet<string>,
  { render }: Pick<NewlyGenerated, "render">,
): Comparison | null {
  const file = parseFile(text);
  const base = baseIn(file);
  if (base === null) return null;
  const known = new Map(entries.flatMap((entry) => [entry.id, ...entry.aliases].map((id) => [id, entry] as const)));
  const now = new Map(
    render(choiceIn(file, base)).flatMap((unit) => (unit.entry ? [[unit.entry.id, contentHash(unit.text)] as const] : [])),
  );
  const there = new Map(file.units.flatMap(({ ids, raw }) => ids.map((id) => [id, contentHash(raw)] as const)));
  const found = { changed: [] as string[], deletedAtSource: [] as string[], notInStore: [] as string[], editedByOwner: [] as string[] };
  const isAltered = ({ evidence }: Entry) => evidence.some((id) => altered.has(id));
  let matching = 0;
  for (const { entry: mark, content } of base.records) {
    if (mark === null) continue;
    const entry = known.get(mark.id);
    const generated = entry && now.get(entry.id);
    if (there.get(mark.id) !== content) found.editedByOwner.push(mark.id);
    if (entry === undefined) found.notInStore.push(mark.id);
    else if (generated === content && !isAltered(entry)) matching += 1;
    else if (entry.deleted) found.deletedAtSource.push(mark.id);
    else if (generated !== undefined) found.changed.push(mark.id);
  }
  const listed = new Set([...found.changed, ...found.deletedAtSource]);
  found.changed.push(...entries.filter((entry) => isAltered(entry) && !listed.has(entry.id)).map(({ id }) => id));
  return { matching, ...found, remarks: [] };
}
