import type { CoverageLine } from "../contract/draft.js";
import type { BuildBefore, EntryMark } from "../contract/history.js";

type Compared = Pick<BuildBefore, "coverage" | "marks">;

/** How a build differs from the one before it. Lists of ids of entries, in the order in which the builds hold them. */
export interface BuildDifference {
  readonly added: readonly string[];
  /** Their sources say something else than before. */
  readonly changed: readonly string[];
  /** Their sources no longer have them. */
  readonly deleted: readonly string[];
  /** They were on the timeline, and are not: outside the window now, not asked for any more, withdrawn. */
  readonly gone: readonly string[];
  /** Put forward now, and not before; and the other way round. */
  readonly raised: readonly string[];
  readonly lowered: readonly string[];
  readonly notSeen: readonly ScopeDifference[];
  readonly seenAgain: readonly ScopeDifference[];
}

/** One line of the ledger with what is new in it: gaps that came up, or that are no more. */
export interface ScopeDifference {
  readonly line: Pick<CoverageLine, "connector" | "source" | "scope" | "name">;
  /** null: it was no part of that build. */
  readonly before: CoverageLine["state"] | null;
  readonly now: CoverageLine["state"] | null;
  readonly gaps: CoverageLine["gaps"];
}

/** @param aliases Other ids that the entries of the later build had: an entry that was joined to another is not gone. */
export function compareBuilds(before: Compared, now: Compared, aliases: ReadonlySet<string>): BuildDifference {
  const [old, latest] = [new Map(Object.entries(before.marks)), new Map(Object.entries(now.marks))];
  const both = [...latest].flatMap(([id, mark]) => (old.has(id) ? [{ id, mark, was: old.get(id)! }] : []));
  const idsWhere = (test: (mark: EntryMark, was: EntryMark) => boolean) =>
    both.filter(({ mark, was }) => test(mark, was)).map(({ id }) => id);
  return {
    added: [...latest.keys()].filter((id) => !old.has(id)),
    changed: idsWhere((mark, was) => mark.hash !== was.hash && isDeleted(mark) === isDeleted(was)),
    deleted: idsWhere((mark, was) => isDeleted(mark) && !isDeleted(was)),
    gone: [...old.keys()].filter((id) => !latest.has(id) && !aliases.has(id)),
    raised: idsWhere((mark, was) => isHighlighted(mark) && !isHighlighted(was)),
    lowered: idsWhere((mark, was) => !isHighlighted(mark) && isHighlighted(was)),
    notSeen: lost(before.coverage, now.coverage),
    seenAgain: lost(now.coverage, before.coverage).map((scope) => ({ ...scope, before: scope.now, now: scope.before })),
  };
}

function isDeleted({ deleted }: EntryMark): boolean {
  return deleted === true;
}

function isHighlighted({ highlighted }: EntryMark): boolean {
  return highlighted === true;
}

/** Lines that are no more, and gaps that came up. Their spans and counts may grow from build to build. */
function lost(before: readonly CoverageLine[], now: readonly CoverageLine[]): ScopeDifference[] {
  const [old, latest] = [byKey(before), byKey(now)];
  const dropped = before.filter((line) => !latest.has(keyOf(line)));
  const worse = now.flatMap((line) => {
    const was = old.get(keyOf(line));
    const known = new Set(was?.gaps.map(({ reason, detail }) => `${reason} ${detail}`));
    const gaps = line.gaps.filter(({ reason, detail }) => !known.has(`${reason} ${detail}`));
    return gaps.length === 0 ? [] : [{ line: placeOf(line), before: was?.state ?? null, now: line.state, gaps }];
  });
  return [...dropped.map((line) => ({ line: placeOf(line), before: line.state, now: null, gaps: [] })), ...worse];
}

function placeOf({ connector, source, scope, name }: CoverageLine): ScopeDifference["line"] {
  return { connector, source, scope, name };
}

function byKey(lines: readonly CoverageLine[]): Map<string, CoverageLine> {
  return new Map(lines.map((line) => [keyOf(line), line]));
}

/** The name of a line can hold a count; its scope does not. Found scopes stand under the scope of their parent. */
function keyOf({ connector, source, scope }: CoverageLine): string {
  return JSON.stringify([connector, source, scope]);
}
