import { expect, it } from "vitest";
import type { Note } from "../../src/contract/note.js";
import { withNotes } from "../../src/merge/with-notes.js";
import { at, draft } from "../export/support/sample-draft.js";

function note(id: string, time: string, more: Partial<Note> = {}): Note {
  const noted = { notedAt: at("2026-03-04T14:00:00Z"), removedAt: null };
  return { id, incident: "i", at: at(time), precisionMicros: 1e6, sourceText: time, text: id, ...noted, ...more };
}

it("places notes in total order and in the phase of their time: the coarser first, of equals the source's own", () => {
  const second = at("2026-03-04T11:24:10.500000Z");
  const { entries } = withNotes(draft, [
    note("note:c", "2026-03-04T11:24:10.500000Z", { precisionMicros: 1 }),
    note("note:a", "2026-03-04T11:19:00Z"),
    note("note:b", "2026-03-04T11:24:10.500000Z", { precisionMicros: 60e6 }),
    note("note:d", "2026-03-09T00:00:00Z"),
  ]);
  expect(entries.map(({ at: each }) => each)).toEqual(entries.map(({ at: each }) => each).sort((a, b) => a - b));
  expect(entries.filter((entry) => entry.at === second).map(({ id }) => id)).toEqual(["note:b", "slack:C1:1772623450.500000", "note:c"]);
  const phases = entries.filter(({ kind }) => kind === "owner.note").map(({ id, phase }) => `${id} ${phase}`);
  expect(phases).toEqual(["note:a before", "note:b diagnosis", "note:c diagnosis", "note:d after"]);
});

it("leaves out what was withdrawn, and the draft as it is without notes", () => {
  expect(withNotes(draft, [note("note:a", "2026-03-04T11:19:00Z", { removedAt: 1 })])).toBe(draft);
});
