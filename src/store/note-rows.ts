import type { Note } from "../contract/note.js";
import type { EpochMicros } from "../kit/instant.js";
import type { Tables } from "./schema.js";
import type { Session } from "./session.js";

/** The same note twice is one; one that was withdrawn is there again. */
export function putNote(session: Session, note: Note): void {
  session.run(
    `insert into note (id, incident, at, precision_micros, source_text, text, noted_at, removed_at) values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set removed_at = null where removed_at is not null`,
    note.id,
    note.incident,
    note.at,
    note.precisionMicros,
    note.sourceText,
    note.text,
    note.notedAt,
    note.removedAt,
  );
}

/** @returns whether there was one to withdraw. */
export function removeNote(session: Session, incident: string, id: string, at: EpochMicros): boolean {
  return session.run("update note set removed_at = ? where incident = ? and id = ? and removed_at is null", at, incident, id) > 0;
}

/** By time, then id; withdrawn ones too. */
export function readNotes(session: Session, incident: string): Note[] {
  return session.all<Tables["note"]>("select * from note where incident = ? order by at, id", incident).map((row) => ({
    id: row.id,
    incident: row.incident,
    at: row.at,
    precisionMicros: row.precision_micros,
    sourceText: row.source_text,
    text: row.text,
    notedAt: row.noted_at,
    removedAt: row.removed_at,
  }));
}
