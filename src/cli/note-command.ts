import { findStore } from "../config/find-store.js";
import type { Note } from "../contract/note.js";
import type { IncidentRecord, Store } from "../contract/store.js";
import { nearestKey } from "../kit/nearest-key.js";
import { ExitCode, UsageError } from "../kit/errors.js";
import { canonicalJson, sha256 } from "../kit/hash.js";
import { oneLine, shorten, visible, wellFormed } from "../kit/text.js";
import { maskText } from "../redact/index.js";
import { clockText } from "./clock-text.js";
import type { Io } from "./io.js";
import { noteTime } from "./note-time.js";
import { chooseIncident, refuseOlderStore, withStore } from "./read-store.js";

export interface NoteFlags {
  readonly at?: string;
  readonly tz?: string;
  readonly remove?: string;
  readonly incident?: string;
  readonly config?: string;
  readonly dryRun?: boolean;
}

/** Longer texts are documents, and belong into the owner's file. */
const LONGEST = 4000;

/** `timeline note`: straight into the store, so that it is kept whatever becomes of a build; neither network nor token is needed. */
export async function runNoteCommand(words: readonly string[], flags: NoteFlags, io: Io): Promise<ExitCode> {
  const text = wellFormed(words.join(" ").trim());
  judge(text, flags);
  const path = await findStore({ path: flags.config ?? null, cwd: io.cwd, env: io.env });
  if (flags.dryRun === true) await refuseOlderStore(path);
  await withStore(path, async (store) => {
    const incident = await chooseIncident(store, flags.incident);
    const said =
      flags.remove === undefined ? await add(text, incident, store, flags, io) : await withdraw(flags.remove, incident, store, flags, io);
    io.out(`${visible(said)}\n`);
  });
  return ExitCode.done;
}

function judge(text: string, { at, remove }: NoteFlags): void {
  if (remove !== undefined) {
    if (text === "" && at === undefined) return;
    throw new UsageError("--remove takes neither a text nor --at.", { id: "FLAG_INVALID", hint: "Withdraw the one, then note the other." });
  }
  if (text === "")
    throw new UsageError("Nothing is said to note.", { id: "NOTE_EMPTY", hint: "timeline note restarted the cache --at 14:05" });
  if (text.length <= LONGEST) return;
  throw new UsageError(`A note has at most ${LONGEST} characters, and this has ${text.length}.`, {
    id: "NOTE_LONG",
    hint: "Put it into the timeline's file, and note where it stands.",
  });
}

async function add(typed: string, incident: IncidentRecord, store: Store, flags: NoteFlags, io: Io): Promise<string> {
  const now = io.clock.now();
  const time = noteTime(flags.at, incident, { now, timezone: flags.tz ?? null });
  const { text, kinds } = maskText(typed);
  const identity = { incident: incident.id, at: time.at, precisionMicros: time.precisionMicros, text };
  const note: Note = { id: `note:${sha256(canonicalJson(identity)).slice(0, 12)}`, ...identity, ...time, notedAt: now, removedAt: null };
  if (flags.dryRun !== true) await store.addNote(note);
  return [
    `${flags.dryRun === true ? "Would be noted" : "Noted"} in ${incident.id} at ${clockText(time.at)}: ${shorten(oneLine(text), 80)} [${note.id}]`,
    ...(kinds.length === 0 ? [] : [`  masked before it was written: ${kinds.join(", ")}`]),
    ...(flags.dryRun === true ? [] : ["  `timeline show` has it now, every build and export from now on."]),
  ].join("\n");
}

async function withdraw(id: string, incident: IncidentRecord, store: Store, flags: NoteFlags, io: Io): Promise<string> {
  const there = (await store.notes(incident.id)).filter(({ removedAt }) => removedAt === null);
  const note = there.find((each) => each.id === id) ?? notThere(id, incident, there);
  if (flags.dryRun !== true) await store.withdrawNote(incident.id, id, io.clock.now());
  return `${flags.dryRun === true ? "Would be withdrawn" : "Withdrawn"} from ${incident.id}: ${clockText(note.at)} ${shorten(oneLine(note.text), 80)}`;
}

function notThere(id: string, incident: IncidentRecord, there: readonly Note[]): never {
  const near = nearestKey(
    id,
    there.map((note) => note.id),
  );
  throw new UsageError(`${incident.id} has no note "${shorten(oneLine(id), 40)}".`, {
    id: "NOTE_UNKNOWN",
    problems: there.slice(-10).map((note) => `${note.id}  ${clockText(note.at)}  ${shorten(oneLine(note.text), 60)}`),
    hint: near === null ? "`timeline show --kind owner.note` prints the id of each in brackets." : `Did you mean ${near}?`,
  });
}
