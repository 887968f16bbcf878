import type { GeneratedUnit } from "../../contract/owner-file.js";
import { applyPlan } from "./apply.js";
import type { Base } from "./base.js";
import { contentHash } from "./canonical.js";
import { choiceByPlace, choiceIn } from "./choice.js";
import { baseIn } from "./closing.js";
import { compose, isPristine, recordOf, recordsOf } from "./compose.js";
import { keyHash } from "./marks.js";
import { matchByMarks, type Matches } from "./match.js";
import { matchByContent, matchesOf, type HowMatched } from "./match-by-content.js";
import { parseFile, type ParsedFile } from "./parse.js";
import { planMerge, REST, type PlanReport } from "./plan.js";
import { dangerIn, type Danger } from "./unsafe.js";
import { hashesOf } from "./unit-hashes.js";

/** The new draft, as far as the merge of a file needs it. Pure in all its parts. */
export interface NewlyGenerated {
  /** The id of the incident, as the front matter has it. */
  readonly incident: string;
  /** The document with the entries that `isShown` names on the timeline; `chosen`: the draft put it forward. */
  readonly render: (isShown: (id: string, chosen: boolean) => boolean) => readonly GeneratedUnit[];
  /** Ids and aliases of every entry of the draft, shown or not. */
  readonly drafted: ReadonlySet<string>;
  /** Role to the id of an entry of the person who has it. */
  readonly roles: Base["roles"];
}

/** What becomes of the owner's file. */
export type MergedFile =
  | { readonly action: "write" | "keep"; readonly text: string; readonly report: PlanReport; readonly how: HowMatched | null }
  /** It cannot be merged safely: it stays, and the proposal goes beside it. */
  | { readonly action: "unsafe"; readonly danger: Danger; readonly proposal: string }
  /** Nothing in it is ours. */
  | { readonly action: "foreign"; readonly proposal: string };

const NOTHING: PlanReport = { added: [], updated: [], moved: [], removed: [], conflicts: [], lines: [] };

/** The file after a build: `g(draft, file)`. Nothing else is looked at, so that it comes out the same on every machine. */
export function mergeFile(text: string | null, generated: NewlyGenerated): MergedFile {
  const fresh = () =>
    compose(
      generated.render((_, chosen) => chosen),
      { roles: generated.roles, flagged: new Set() },
    );
  if (text === null) return { action: "write", text: fresh(), report: NOTHING, how: null };
  const danger = dangerIn(text, generated.incident);
  if (danger !== null && danger.kind !== "cut off") return { action: "unsafe", danger, proposal: fresh() };
  const file = parseFile(text);
  const base = baseIn(file);
  if (danger !== null || base === null) {
    const merged = withoutBase(text, file, generated, danger !== null);
    if (danger !== null) return { action: "unsafe", danger, proposal: merged.action === "foreign" ? merged.proposal : merged.text };
    return merged;
  }
  if (isPristine(file, base)) return renewed(text, base, generated);
  return withBase(text, file, base, generated);
}

type Outcome = Exclude<MergedFile, { action: "unsafe" }>;

/** Nobody has touched it: the new draft replaces it, where anything but the stamp differs. */
function renewed(text: string, base: Base, { render, roles }: NewlyGenerated): Outcome {
  const units = render((_, chosen) => chosen);
  const records = recordsOf(units);
  const said = (list: Base["records"]) => list.map(({ key, content, stamp }) => key + (stamp ? "" : content)).join();
  if (said(records) === said(base.records)) return { action: "keep", text, report: NOTHING, how: null };
  const before = new Map(base.records.flatMap(({ entry, content }) => (entry ? [[entry.id, content] as const] : [])));
  const now = units.flatMap((unit) => (unit.entry ? [{ id: unit.entry.id, content: hashesOf(unit).content }] : []));
  const added = now.filter(({ id }) => !before.has(id)).map(({ id }) => id);
  const ids = new Set(now.map(({ id }) => id));
  return {
    action: "write",
    text: compose(units, { roles, flagged: new Set(added) }),
    report: {
      ...NOTHING,
      added,
      updated: now.filter(({ id, content }) => before.has(id) && before.get(id) !== content).map(({ id }) => id),
      removed: [...before.keys()].filter((id) => !ids.has(id)),
    },
    how: null,
  };
}

function withBase(text: string, file: ParsedFile, base: Base, { render, drafted, roles }: NewlyGenerated): Outcome {
  const generated = render(choiceIn(file, base));
  const found = matchByMarks(file, base, generated);
  const merge = (refresh: boolean) => {
    const plan = planMerge({ file, base, generated, found, drafted, refresh, restored: false });
    return { plan, text: applyPlan(file, plan, { ...plan.base, roles: refresh ? roles : base.roles, pristine: null }) };
  };
  // The owner's edits alone are no reason to write: only when something else changes do stamps and flags follow.
  const quiet = merge(false);
  if (quiet.text === withOwnClosing(text, file, base)) return { action: "keep", text, report: quiet.plan.report, how: null };
  const { plan, text: merged } = merge(true);
  return { action: "write", text: merged, report: plan.report, how: null };
}

/** A file that was edited since says still that it is as we wrote it: no reason to write either. */
function withOwnClosing(text: string, file: ParsedFile, base: Base): string {
  const noChange = { changed: new Map(), inserted: [], base, report: NOTHING };
  return base.pristine === null ? text : applyPlan(file, noChange, { ...base, pristine: null });
}

/**
 * The marks were lost: entries are found by their content, and what is not in the file goes where nothing is on the
 * timeline yet, since nobody can tell any more whether it was deleted.
 */
function withoutBase(text: string, parsed: ParsedFile, { render, drafted, roles }: NewlyGenerated, isCut: boolean): Outcome {
  const first = render((_, chosen) => chosen);
  const all = render(() => true).filter(({ entry }) => entry !== undefined);
  const content = matchByContent(parsed, all, first);
  if (content.places.size === 0) return { action: "foreign", proposal: compose(first, { roles, flagged: new Set() }) };
  const generated = render(choiceByPlace(content, matchesOf(content, first).found.get(keyHash(REST))?.place));
  const matches = matchesOf(content, generated);
  const found = new Map(matches.found);
  for (const [unit, place] of matches.outdated) found.set(hashesOf(unit).key, { place, touched: false });
  const known = generated.filter((unit) => !comesBack(unit, matches.missing, found, isCut));
  const records = known.map((unit) => {
    const place = matches.outdated.get(unit);
    return recordOf(unit, contentHash(place === undefined ? unit.text : content.file.units[place]!.raw), unit.entry?.form);
  });
  const base: Base = { records, gone: [], roles, pristine: null };
  const plan = planMerge({ file: content.file, base, generated, found, drafted, refresh: true, restored: true });
  const merged = applyPlan(content.file, plan, { ...plan.base, roles, pristine: null });
  return { action: merged === text ? "keep" : "write", text: merged, report: plan.report, how: content.how };
}

/**
 * Entries that are absent are offered again; their section too, where it is not there. Other lines stay deleted, but for
 * sections that a cut took away.
 */
function comesBack(unit: GeneratedUnit, missing: ReadonlySet<GeneratedUnit>, found: Matches, isCut: boolean): boolean {
  const ofLostSection = (isCut || unit.section === REST) && !found.has(keyHash(unit.section));
  return missing.has(unit) && (unit.entry !== undefined || ofLostSection);
}
