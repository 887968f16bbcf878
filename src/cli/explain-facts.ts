import type { Entry } from "../contract/draft.js";
import type { StoredEvidence } from "../contract/store.js";
import { namesOf } from "../export/names.js";
import { originalOf } from "../export/original.js";
import { toIso } from "../kit/instant.js";
import { toPlain } from "../kit/rich-text.js";
import { compareText, oneLine } from "../kit/text.js";
import type { OpenDraft } from "./open-draft.js";

/** Versions of one piece of evidence, oldest first; none for a finding in a metric, which is made of points. */
interface Versions {
  readonly id: string;
  readonly versions: readonly StoredEvidence[];
}

/** Of the scopes that the build saw: the rest of the store is invisible to it. */
export async function versionsOf({ store, build }: OpenDraft, id: string): Promise<Versions> {
  const seen = new Set(build.scopes.map(({ connector, scope }) => `${connector} ${scope}`));
  for (const owner of build.owners) {
    const versions = await store.versions(owner, id);
    if (versions.some(({ evidence }) => seen.has(`${evidence.connector} ${evidence.scope}`))) return { id, versions };
  }
  return { id, versions: [] };
}

/** The other entries of its change, with what they have in common with it: by that they were linked. */
export async function linksOf(entry: Entry, evidence: readonly Versions[], open: OpenDraft) {
  const members = new Set(open.draft.changes.find(({ id }) => id === entry.group)?.entries);
  const own = new Set(evidence.flatMap(refsOf));
  const others = open.draft.entries.filter(({ id }) => id !== entry.id && members.has(id));
  return Promise.all(
    others.map(async (each) => {
      const refs = (await Promise.all(each.evidence.map((id) => versionsOf(open, id)))).flatMap(refsOf);
      const shared = [...new Set(refs)].filter((ref) => own.has(ref)).sort(compareText);
      return { id: each.id, at: toIso(each.at, each.precisionMicros), text: oneLine(toPlain(each.text, namesOf(open))), by: shared };
    }),
  );
}

function refsOf({ versions }: Versions): string[] {
  return (versions.at(-1)?.evidence.refs ?? []).map(({ type, id }) => `${type} ${id}`);
}

export function entryFacts(entry: Entry, linked: Awaited<ReturnType<typeof linksOf>>, open: OpenDraft) {
  const change = open.draft.changes.find(({ id }) => id === entry.group);
  return {
    id: entry.id,
    aliases: entry.aliases,
    text: toPlain(entry.text, namesOf(open)),
    placedAt: toIso(entry.at, entry.precisionMicros),
    placedBy: entry.atMeans,
    original: originalOf(entry, open),
    phase: entry.phase,
    kind: entry.kind,
    scope: entry.scopeName,
    visibility: entry.visibility,
    milestone: entry.milestone,
    confidence: entry.confidence,
    highlighted: entry.highlighted,
    score: entry.score,
    because: entry.because,
    change: change === undefined ? null : { id: change.id, linked },
    links: entry.links.map(({ url }) => url),
  };
}

export function evidenceFacts({ id, versions }: Versions, { draft }: OpenDraft) {
  const latest = versions.at(-1);
  const record = draft.evidence.find((each) => each.id === id);
  const times = latest?.evidence.times ?? record?.times ?? [];
  return {
    id,
    kind: latest?.evidence.kind ?? record?.kind ?? null,
    times: times.map(({ meaning, at, precisionMicros, sourceText }) => ({
      meaning,
      at: at === null ? null : toIso(at, precisionMicros),
      precisionMicros,
      sourceText,
    })),
    versions: versions.map(({ version, hash, deletedAt }) => ({
      version,
      hash,
      deletedAt: deletedAt === null ? null : toIso(deletedAt, 1000),
    })),
    refs: [...(latest?.evidence.refs ?? [])]
      .map(({ relation, type, id: to }) => ({ relation, type, id: to }))
      .sort((a, b) => compareText(a.relation, b.relation) || compareText(a.type, b.type) || compareText(a.id, b.id)),
  };
}
