import { phaseAt, type Draft, type Entry, type EvidenceRecord } from "../contract/draft.js";
import type { Note } from "../contract/note.js";
import { inTotalOrder, type Ordered } from "../contract/total-order.js";
import { canonicalJson, sha256 } from "../kit/hash.js";
import { plain } from "../kit/rich-text.js";
import { compareText } from "../kit/text.js";

const KIND = "owner.note";
const MEANING = "noted";

/** The draft with what the owner noted by hand, each note at its time and put forward; withdrawn ones are left out. */
export function withNotes(draft: Draft, notes: readonly Note[]): Draft {
  const kept = notes.filter(({ removedAt }) => removedAt === null);
  if (kept.length === 0) return draft;
  const entries = [...draft.entries, ...kept.map((note) => toEntry(note, draft))];
  const evidence = [...draft.evidence, ...kept.map(toRecord)];
  return {
    ...draft,
    entries: inTotalOrder(entries, orderedOf),
    evidence: evidence.sort((a, b) => compareText(a.id, b.id)),
  };
}

/** As the draft orders them: by the smallest evidence id. */
function orderedOf({ at, precisionMicros, category, kind, evidence }: Entry): Ordered {
  return { at, precisionMicros, category, kind, id: evidence[0]! };
}

function toEntry({ id, at, precisionMicros, sourceText, text }: Note, { borders }: Draft): Entry {
  return {
    id,
    aliases: [],
    at,
    endedAt: null,
    atMeans: MEANING,
    precisionMicros,
    sourceText,
    phase: phaseAt(at, borders),
    kind: KIND,
    category: "note",
    text: plain(text),
    person: null,
    links: [],
    evidence: [id],
    group: null,
    highlighted: true,
    because: ["added by hand"],
    score: 1,
    milestone: null,
    confidence: "fact",
    visibility: "public",
    scopeName: "noted by hand",
    deleted: false,
  };
}

function toRecord({ id, at, precisionMicros, sourceText, text }: Note): EvidenceRecord {
  return {
    id,
    kind: KIND,
    times: [{ meaning: MEANING, at, precisionMicros, sourceText }],
    url: null,
    hash: sha256(canonicalJson({ at, precisionMicros, sourceText, text })),
    visibility: "public",
    version: 1,
  };
}
