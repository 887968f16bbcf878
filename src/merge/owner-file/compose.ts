import type { GeneratedUnit } from "../../contract/owner-file.js";
import { closingMark, type Base, type BaseRecord, type FormInFile } from "./base.js";
import { contentHash, shortHash } from "./canonical.js";
import { fullText } from "./decide.js";
import { parseFile, type ParsedFile } from "./parse.js";
import { hashesOf } from "./unit-hashes.js";

/** A file in which nothing is anybody else's. `flagged`: ids of the entries that are new since the last build. */
export function compose(
  units: readonly GeneratedUnit[],
  { roles, flagged }: { readonly roles: Base["roles"]; readonly flagged: ReadonlySet<string> },
): string {
  const parts = units.map((unit, index) => {
    return (index === 0 ? "" : "\n".repeat(unit.gap)) + fullText(unit, unit.entry !== undefined && flagged.has(unit.entry.id));
  });
  const body = `${parts.join("")}\n\n`;
  const records = recordsOf(units);
  return `${body}${closingMark({ records, gone: [], roles, pristine: bodyHash(parseFile(body), records) })}\n`;
}

export function recordsOf(units: readonly GeneratedUnit[]): BaseRecord[] {
  return units.map((unit) => recordOf(unit, hashesOf(unit).content, unit.entry?.form));
}

export function recordOf(unit: GeneratedUnit, content: string, form: FormInFile | undefined): BaseRecord {
  const { entry, stamp } = unit;
  return {
    key: hashesOf(unit).key,
    content,
    entry: entry ? { id: entry.id, form: form ?? entry.form, known: entry.known } : null,
    ...(stamp ? { stamp } : {}),
  };
}

/** Whether a file is as `compose` wrote it, all but the closing mark. */
export function isPristine(file: ParsedFile, { records, pristine }: Base): boolean {
  const closing = file.units.at(-1);
  if (pristine === null || closing?.kind !== "closing" || closing.gap !== "\n") return false;
  return bodyHash({ ...file, units: file.units.slice(0, -1) }, records) === pristine;
}

/** Of everything but stamps that are as they were written. */
function bodyHash({ lead, units }: ParsedFile, records: readonly BaseRecord[]): string {
  const stamps = new Set(records.filter(({ stamp }) => stamp).map(({ content }) => content));
  const isStamp = (raw: string) => stamps.has(contentHash(raw));
  return shortHash(lead + units.map(({ raw, gap }) => (isStamp(raw) ? "" : raw) + gap).join(""));
}
