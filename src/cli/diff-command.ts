import type { Entry } from "../contract/draft.js";
import type { BuildBefore } from "../contract/history.js";
import type { Note } from "../contract/note.js";
import { ExitCode } from "../kit/errors.js";
import { toIso } from "../kit/instant.js";
import { compareBuilds, type BuildDifference, type ScopeDifference } from "../merge/index.js";
import { diffText } from "./diff-text.js";
import { entryJson, incidentJson } from "./entry-json.js";
import { tell, type Io } from "./io.js";
import { withDraft, type OpenDraft } from "./open-draft.js";
import type { DiffJson } from "./schemas/diff.js";

export interface DiffFlags {
  readonly incident?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** What `timeline diff` tells, in words or for programs. */
export interface Differences extends Readonly<Record<EntryList, readonly Entry[]>> {
  readonly before: BuildBefore | null;
  readonly gone: readonly { readonly id: string; readonly note: Note | null }[];
  readonly notSeen: readonly ScopeDifference[];
  readonly seenAgain: readonly ScopeDifference[];
  /** Notes since the build: they are in no comparison yet. */
  readonly notesSince: { readonly added: readonly Note[]; readonly withdrawn: readonly Note[] };
}

export type EntryList = "added" | "changed" | "deleted" | "raised" | "lowered";

const NOTHING: BuildDifference = { added: [], changed: [], deleted: [], gone: [], raised: [], lowered: [], notSeen: [], seenAgain: [] };

export async function runDiffCommand(flags: DiffFlags, io: Io): Promise<ExitCode> {
  const text = await withDraft(flags, io, async (open) => {
    const differences = differencesOf(open, await open.store.notes(open.draft.incident.id));
    return flags.json === true ? `${JSON.stringify(toJson(differences, open), null, 2)}\n` : diffText(differences, open, io);
  });
  await tell(text, io);
  return ExitCode.done;
}

function differencesOf({ draft, build, before }: OpenDraft, notes: readonly Note[]): Differences {
  const aliases = new Set(draft.entries.flatMap((entry) => entry.aliases));
  const found = before === null ? NOTHING : compareBuilds(before, { ...build, marks: build.marks ?? {} }, aliases);
  const entriesOf = (ids: readonly string[]) => {
    const wanted = new Set(ids);
    return draft.entries.filter(({ id }) => wanted.has(id));
  };
  return {
    before,
    added: entriesOf(found.added),
    changed: entriesOf(found.changed),
    deleted: entriesOf(found.deleted),
    raised: entriesOf(found.raised),
    lowered: entriesOf(found.lowered),
    gone: found.gone.map((id) => ({ id, note: notes.find((note) => note.id === id) ?? null })),
    notSeen: found.notSeen,
    seenAgain: found.seenAgain,
    notesSince: notesSince(notes, build.marks ?? {}),
  };
}

function notesSince(notes: readonly Note[], marks: BuildBefore["marks"]): Differences["notesSince"] {
  const isThere = ({ removedAt }: Note) => removedAt === null;
  return {
    added: notes.filter((note) => isThere(note) && !Object.hasOwn(marks, note.id)),
    withdrawn: notes.filter((note) => !isThere(note) && Object.hasOwn(marks, note.id)),
  };
}

function toJson({ before, gone, notSeen, seenAgain, notesSince, ...lists }: Differences, open: OpenDraft): DiffJson {
  const entries = (list: readonly Entry[]) => list.map((entry) => entryJson(entry, open));
  return {
    format: "incident-timeline-diff/1",
    incident: incidentJson(open),
    build: buildJson(open.build),
    before: before === null ? null : buildJson(before),
    added: entries(lists.added),
    changed: entries(lists.changed),
    deleted: entries(lists.deleted),
    gone: gone.map(({ id, note }) => ({ id, withdrawn: note !== null })),
    raised: entries(lists.raised),
    lowered: entries(lists.lowered),
    notSeen: notSeen.map(scopeJson),
    seenAgain: seenAgain.map(scopeJson),
    notesSince: { added: notesSince.added.length, withdrawn: notesSince.withdrawn.length },
  };
}

function buildJson({ at, version, window }: Pick<BuildBefore, "at" | "version" | "window">): DiffJson["build"] {
  return { at: toIso(at, 1000), version, from: toIso(window.from), until: toIso(window.until) };
}

function scopeJson({ line, before, now, gaps }: ScopeDifference): DiffJson["notSeen"][number] {
  return { ...line, before, now, gaps: gaps.map(({ reason, count, detail, hint }) => ({ reason, count, detail, hint })) };
}
