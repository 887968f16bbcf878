import { mintEntryId } from "../contract/entry-id.js";
import type { Draft, Entry } from "../contract/draft.js";
import type { History } from "../contract/history.js";
import { compareText } from "../kit/text.js";
import { sameFindings } from "./same-findings.js";

/**
 * The draft with the ids that its entries had in earlier builds. An entry is the same when it shares evidence with an
 * earlier one, or shows the same finding of a metric; its other ids, the new one among them, become aliases.
 * Where an earlier entry has been split, the part that has most of its evidence keeps the id.
 */
export function keepIds(draft: Draft, history: Pick<History, "entries">): Draft {
  const chosen = choose(pairsOf(draft, history), draft.entries);
  const renamed = new Map(draft.entries.map((entry) => [entry.id, chosen.get(entry)!.id]));
  const rename = (id: string) => renamed.get(id) ?? id;
  return {
    ...draft,
    entries: draft.entries.map((entry) => ({ ...entry, ...chosen.get(entry)! })),
    milestones: Object.fromEntries(
      Object.entries(draft.milestones).map(([name, milestone]) => [name, { ...milestone, entries: milestone.entries.map(rename) }]),
    ) as unknown as Draft["milestones"],
    changes: draft.changes.map((change) => ({ ...change, entries: change.entries.map(rename) })),
    anomalies: draft.anomalies.map((anomaly) => ({ ...anomaly, entry: rename(anomaly.entry) })),
    questions: draft.questions.map((question) => ({ ...question, entry: question.entry === null ? null : rename(question.entry) })),
  };
}

/** An entry and an earlier id that could be its own, with how much speaks for it. */
interface Pair {
  readonly entry: Entry;
  readonly id: string;
  readonly shared: number;
}

function pairsOf(draft: Draft, history: Pick<History, "entries">): Pair[] {
  const idsOf = new Map<string, string[]>();
  for (const [id, evidence] of Object.entries(history.entries)) {
    for (const each of evidence) idsOf.set(each, [...(idsOf.get(each) ?? []), id]);
  }
  const same = sameFindings(draft.anomalies, [...idsOf.keys()]);
  return draft.entries.flatMap((entry) => {
    const shared = new Map<string, number>();
    const known = new Set(entry.evidence.flatMap((each) => [each, mintEntryId(each), ...(same.get(each) ?? [])]));
    for (const each of known) for (const id of idsOf.get(each) ?? []) shared.set(id, (shared.get(id) ?? 0) + 1);
    return [...shared].map(([id, count]) => ({ entry, id, shared: count }));
  });
}

/** Strongest pairs first; each earlier id goes to one entry, as its id or as an alias. */
function choose(pairs: readonly Pair[], entries: readonly Entry[]): Map<Entry, { id: string; aliases: string[] }> {
  const owned = new Map<Entry, string[]>();
  const given = new Set<string>();
  const strength = (pair: Pair) => pair.shared + (pair.id === pair.entry.id ? 0.5 : 0);
  const ordered = [...pairs].sort((a, b) => strength(b) - strength(a) || compareText(a.id, b.id) || compareText(a.entry.id, b.entry.id));
  for (const { entry, id } of ordered) {
    if (given.has(id)) continue;
    given.add(id);
    owned.set(entry, [...(owned.get(entry) ?? []), id]);
  }
  return new Map(entries.map((entry) => [entry, named(entry, owned.get(entry) ?? [], given)]));
}

function named(entry: Entry, [kept, ...others]: readonly string[], given: Set<string>): { id: string; aliases: string[] } {
  const id = kept ?? freeId(entry, given);
  given.add(id);
  const aliases = new Set([...entry.aliases, ...others, ...(given.has(entry.id) ? [] : [entry.id])]);
  aliases.delete(id);
  return { id, aliases: [...aliases].sort(compareText) };
}

/** The smallest evidence id that no entry has; an id that went to another entry is never given twice. */
function freeId(entry: Entry, given: ReadonlySet<string>): string {
  const free = [entry.id, ...[...entry.evidence].sort(compareText)].find((id) => !given.has(id));
  if (free !== undefined) return free;
  for (let number = 2; ; number++) if (!given.has(`${entry.id}~${number}`)) return `${entry.id}~${number}`;
}
