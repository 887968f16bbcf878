import type { GeneratedUnit } from "../../contract/owner-file.js";
import type { Base, BaseRecord, FormInFile } from "./base.js";
import { recordOf } from "./compose.js";
import { decide, decideAbsent, type Decision } from "./decide.js";
import { placeInsertions, type Insertion } from "./insertions.js";
import type { Matches } from "./match.js";
import type { ParsedFile } from "./parse.js";
import { placesOf, type Places } from "./places.js";
import { hashesOf } from "./unit-hashes.js";

/** Key of the section of what is not on the timeline yet. */
export const REST = "rest";

export interface PlanInput {
  readonly file: ParsedFile;
  readonly base: Base;
  readonly generated: readonly GeneratedUnit[];
  readonly found: Matches;
  /** Ids and aliases of every entry of the new draft, shown or not. */
  readonly drafted: ReadonlySet<string>;
  /** Something changes: stamps follow, and flags of earlier builds go. Else both stay as they are. */
  readonly refresh: boolean;
  /** The base is what the file was found to hold, since its marks were lost: nothing counts as new. */
  readonly restored: boolean;
}

/** What is to be done with a file, piece by piece. A piece that is not named here is not touched. */
export interface FilePlan {
  /** By place. */
  readonly changed: ReadonlyMap<number, Change>;
  readonly inserted: readonly Insertion[];
  readonly base: Pick<Base, "records" | "gone">;
  readonly report: PlanReport;
}

/** A rewritten piece is the owner's text with something of ours added or taken away: its spelling is theirs. */
export type Change = { readonly do: "replace" | "rewrite"; readonly text: string } | { readonly do: "remove" };

/** Ids of entries, and for `lines` the keys of units that are none. */
export interface PlanReport {
  readonly added: readonly string[];
  readonly updated: readonly string[];
  readonly moved: readonly string[];
  /** Not in the draft by themselves any more, and untouched: taken out. */
  readonly removed: readonly string[];
  /** Changed by the owner, and at the source as well. */
  readonly conflicts: readonly string[];
  /** Lines that the owner has changed or deleted, and that would read otherwise now. */
  readonly lines: readonly string[];
}

/** The three-way merge, unit by unit: what was generated last time, the owner's file, what is generated now. Pure. */
export function planMerge(input: PlanInput): FilePlan {
  const { file, base, generated, found } = input;
  const records = new Map([...base.gone, ...base.records].map((record) => [record.key, record]));
  const places = placesOf(file, base, generated, found);
  const decisions = new Map(generated.map((unit) => [unit, decisionFor(unit, input, records, places)]));
  const { taken, gone } = unitsGone(input);

  const changed = new Map<number, Change>(taken.map(({ place }) => [place, { do: "remove" }]));
  const texts = new Map<GeneratedUnit, string>();
  for (const [unit, decision] of decisions) {
    const place = found.get(hashesOf(unit).key)?.place;
    if (decision.do === "replace" || decision.do === "rewrite") changed.set(place!, decision);
    if (decision.do === "move") changed.set(place!, { do: "remove" });
    if (decision.do === "move" || decision.do === "insert") texts.set(unit, decision.text);
  }
  const { insertions, leftOut } = placeInsertions(file, generated, texts, places, found);
  return {
    changed,
    inserted: insertions,
    base: { records: generated.map((unit) => recordNow(unit, records.get(hashesOf(unit).key), input, leftOut.has(unit))), gone },
    report: { ...reportOf(decisions, records, found), removed: taken.map(({ id }) => id) },
  };
}

function decisionFor(unit: GeneratedUnit, input: PlanInput, records: ReadonlyMap<string, BaseRecord>, places: Places): Decision {
  const key = hashesOf(unit).key;
  const [record, found] = [records.get(key), input.found.get(key)];
  if (!record || !found) return decideAbsent(unit, record, unit.entry !== undefined && !input.restored);
  return decide({
    unit,
    record,
    found,
    piece: input.file.units[found.place]!,
    toMove: places.toMove.has(key),
    inRest: places.stretches[found.place] === places.homes.get(REST),
    refresh: input.refresh,
    restored: input.restored,
  });
}

/**
 * Units that are not generated any more. What nobody has touched goes, but an entry only when the draft shows its
 * evidence elsewhere: a source that could not be read this time takes nothing out of the file.
 */
function unitsGone({ base, generated, found, drafted }: PlanInput): { taken: { place: number; id: string }[]; gone: BaseRecord[] } {
  const now = new Set(generated.map((unit) => hashesOf(unit).key));
  const taken: { place: number; id: string }[] = [];
  const gone: BaseRecord[] = base.gone.filter(({ key }) => !now.has(key));
  for (const record of base.records) {
    if (now.has(record.key)) continue;
    const at = found.get(record.key);
    const goes = at !== undefined && !at.touched && (record.entry === null || drafted.has(record.entry.id));
    if (goes) taken.push({ place: at.place, id: record.entry?.id ?? "" });
    else gone.push(record);
  }
  return { taken, gone };
}

function recordNow(unit: GeneratedUnit, before: BaseRecord | undefined, { refresh, restored }: PlanInput, leftOut: boolean): BaseRecord {
  const content = hashesOf(unit).content;
  const form = formNow(unit, before, restored, leftOut);
  const same = before?.content === content && before.entry?.form === form;
  return before && !refresh && (same || unit.stamp) ? before : recordOf(unit, content, form);
}

function formNow({ entry }: GeneratedUnit, before: BaseRecord | undefined, restored: boolean, leftOut: boolean): FormInFile | undefined {
  if (entry?.form !== "box") return leftOut ? "none" : entry?.form;
  const earlier = before?.entry?.form;
  if (leftOut || earlier === "none") return "none";
  return restored || earlier === "held" ? "held" : "box";
}

function reportOf(
  decisions: ReadonlyMap<GeneratedUnit, Decision>,
  records: ReadonlyMap<string, BaseRecord>,
  found: Matches,
): Omit<PlanReport, "removed"> {
  const report = {
    added: [] as string[],
    updated: [] as string[],
    moved: [] as string[],
    conflicts: [] as string[],
    lines: [] as string[],
  };
  for (const [unit, decision] of decisions) {
    const id = unit.entry?.id;
    if (id === undefined) {
      const [key, record] = [hashesOf(unit).key, records.get(hashesOf(unit).key)];
      const changed = record !== undefined && record.content !== hashesOf(unit).content && !unit.stamp;
      if (changed && decision.do === "keep" && found.get(key)?.touched !== false) report.lines.push(unit.key);
    } else if (decision.do === "insert") report.added.push(id);
    else if (decision.do === "move") report.moved.push(id);
    else if (decision.do === "replace") report.updated.push(id);
    else if (decision.do === "rewrite" && decision.conflict) report.conflicts.push(id);
  }
  return report;
}
