import type { Comparison } from "../contract/comparison.js";
import type { Draft } from "../contract/draft.js";
import type { AnyExporter, Exporter } from "../contract/export.js";
import { exporters } from "../export/index.js";
import type { JsonExport } from "../export/json/read-export.js";

const EDITED = "the file was changed since it was written";
/** Entries that owners have added: they are no evidence of a source. */
const OWNERS = "owner.";

/** Each piece of evidence of a JSON export by its hash and version. `altered`: ids that no longer have the content of their hash. */
export function compareJson(file: JsonExport, text: string, draft: Draft, altered: ReadonlySet<string>): Comparison {
  const now = new Map(draft.evidence.map((each) => [each.id, each]));
  const toldThen = deletedIn(file.entries);
  const deleted = new Set([...deletedIn(draft.entries)].filter((id) => !toldThen.has(id)));
  const listed = file.evidence.filter(({ kind }) => !kind.startsWith(OWNERS));
  const is = (test: (each: JsonExport["evidence"][number]) => boolean) => listed.filter(test).map(({ id }) => id);
  const isSame = ({ id, hash, version }: JsonExport["evidence"][number]) =>
    now.get(id)?.hash === hash && now.get(id)?.version === version && !altered.has(id);
  return {
    matching: is((each) => isSame(each) && !deleted.has(each.id)).length,
    changed: is((each) => now.has(each.id) && !isSame(each) && !deleted.has(each.id)),
    deletedAtSource: is(({ id }) => deleted.has(id)),
    notInStore: is(({ id }) => !now.has(id)),
    editedByOwner: [],
    remarks: sealOf("json").untouchedHash(text) === null ? [EDITED] : [],
  };
}

/** Evidence that the source has deleted. */
function deletedIn(entries: readonly { readonly deleted: boolean; readonly evidence: readonly string[] }[]): ReadonlySet<string> {
  return new Set(entries.flatMap((entry) => (entry.deleted ? entry.evidence : [])));
}

/** Formats that carry one hash over their content: all of it matches, or it does not. `rendered`: what would be written now. */
export function compareSealed(text: string, rendered: string, exporter: Exporter, altered: ReadonlySet<string>): Comparison {
  const [then, now] = [exporter.untouchedHash(text), exporter.untouchedHash(rendered)];
  const remarks = then === null ? [EDITED] : then === now ? [] : ["an export that is written now has other content; the JSON tells where"];
  const matching = remarks.length + altered.size === 0 ? 1 : 0;
  return { matching, changed: [...altered].sort(), deletedAtSource: [], notInStore: [], editedByOwner: [], remarks };
}

/** null: no format of ours that carries a hash over its content has files of this name. */
export function sealedFormat(path: string): Exporter | null {
  return exporters.filter(isSealed).find(({ format, extension }) => format !== "json" && path.endsWith(extension)) ?? null;
}

function sealOf(format: Exporter["format"]): Exporter {
  return exporters.filter(isSealed).find((each) => each.format === format)!;
}

function isSealed(exporter: AnyExporter): exporter is Exporter {
  return !("units" in exporter);
}
