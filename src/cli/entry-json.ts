import type { Entry } from "../contract/draft.js";
import { namesOf } from "../export/names.js";
import { originalOf } from "../export/original.js";
import { MICROS_PER_SECOND, toIso } from "../kit/instant.js";
import { toPlain } from "../kit/rich-text.js";
import type { OpenDraft } from "./open-draft.js";
import type { EntryJson, IncidentJson } from "./schemas/parts.js";

/** An entry as `show`, `diff` and their like give it to programs. People are roles. */
export function entryJson(entry: Entry, open: Pick<OpenDraft, "roles">): EntryJson {
  const { id, at, endedAt, atMeans, precisionMicros, phase, kind, category, highlighted, score, milestone, visibility } = entry;
  return {
    id,
    at: toIso(at, precisionMicros),
    endedAt: endedAt === null ? null : toIso(endedAt, precisionMicros),
    atMeans,
    precisionMicros,
    phase,
    kind,
    category,
    text: toPlain(entry.text, namesOf(open)),
    scope: entry.scopeName,
    highlighted,
    because: [...entry.because],
    score,
    milestone,
    visibility,
    deleted: entry.deleted,
    evidence: [...entry.evidence],
    original: originalOf(entry, open),
  };
}

export function incidentJson({ draft }: Pick<OpenDraft, "draft">): IncidentJson {
  const { id, title, start, end } = draft.incident;
  return { id, title, start: toIso(start, MICROS_PER_SECOND), end: end === null ? null : toIso(end, MICROS_PER_SECOND) };
}
