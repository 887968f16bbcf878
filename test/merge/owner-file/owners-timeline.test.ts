import { describe, expect, it } from "vitest";
import type { Draft } from "../../../src/contract/draft.js";
import { markdown } from "../../../src/export/markdown.js";
import { toIso } from "../../../src/kit/instant.js";
import { toPlain } from "../../../src/kit/rich-text.js";
import { mergeFile } from "../../../src/merge/owner-file/merge-file.js";
import { ownersTimeline } from "../../../src/merge/owner-file/owners-timeline.js";
import { draft, input } from "../../export/support/sample-draft.js";

const generated = {
  incident: draft.incident.id,
  drafted: new Set(draft.entries.map(({ id }) => id)),
  roles: [],
  render: (isShown: (id: string, chosen: boolean) => boolean) => {
    const entries = draft.entries.map((entry) => ({ ...entry, highlighted: isShown(entry.id, entry.highlighted) }));
    return markdown.units({ ...input, draft: { ...draft, entries } });
  },
};
const first = (mergeFile(null, generated) as { text: string }).text;
const lineWith = (words: string) => first.split("\n").find((line) => line.includes(words) && /^- (\*\*|\[)/.test(line))!;
const viewed = (text: string): Draft => {
  const merged = mergeFile(text, generated);
  if (merged.action !== "keep" && merged.action !== "write") throw new Error(merged.action);
  return ownersTimeline(draft, merged.text, generated);
};
const entryWith = (view: Draft, id: string) => view.entries.find((entry) => entry.id === id)!;
const idOf = (line: string) => /<!-- e:(\S+) /.exec(line)![1]!;

describe("the owner's timeline in the other exports", () => {
  it("is the draft where nobody changed anything", () => {
    expect(viewed(first)).toEqual(draft);
    expect(viewed(first.replaceAll("\n", "\r\n"))).toEqual(draft);
  });

  it("has the owner's words and time, and ours beside them", () => {
    const line = lineWith("all green again");
    const mine = line.replace("12:41:00", "12:43").replace("all green again, resolving", "closed by **hand**");
    const entry = entryWith(viewed(first.replace(line, mine)), idOf(line));

    expect(toPlain(entry.text)).toBe("responder C: closed by hand");
    expect([toIso(entry.at), entry.precisionMicros]).toEqual(["2026-03-04T12:43:00.000000Z", 60_000_000]);
    const before = entryWith(draft, idOf(line));
    expect(entry.original).toMatchObject({ at: before.at, text: before.text });
  });

  it("takes a note under an entry for the owner's words", () => {
    const line = lineWith("all green again");
    const entry = entryWith(viewed(first.replace(line, `${line}\n  - the customer said so`)), idOf(line));

    expect(toPlain(entry.text)).toMatch(/all green again, resolving\s+the customer said so$/);
  });

  it("has off the timeline what was deleted, and on it what was ticked", () => {
    const line = lineWith("all green again");
    const box = lineWith("lunch?");
    const view = viewed(first.replace(`${line}\n`, "").replace(box, box.replace("[ ]", "[x]")));

    expect(entryWith(view, idOf(line))).toMatchObject({ highlighted: false, original: { highlighted: true } });
    expect(entryWith(view, idOf(box))).toMatchObject({ highlighted: true, original: { highlighted: false } });
  });

  it("has the phase under whose heading an entry was moved", () => {
    const line = lineWith("all green again");
    const moved = first.replace(`${line}\n`, "").replace(/(#### Diagnosis\n\n)/, `$1${line}\n`);

    expect(entryWith(viewed(moved), idOf(line))).toMatchObject({ phase: "diagnosis", original: { phase: "recovery" } });
  });

  it("has an item of the owner's with nested lines once", () => {
    const line = lineWith("all green again");
    const view = viewed(first.replace(line, `${line}\n- **12:50** called the bank\n  - they knew\n  - and called back`));
    const own = view.entries.filter(({ kind }) => kind === "owner.entry");

    expect(own.map(({ text }) => toPlain(text).split(/\s*\n\s*/))).toEqual([["called the bank", "they knew", "and called back"]]);
  });

  it("has what the owner added, at its time, in total order", () => {
    const line = lineWith("all green again");
    const view = viewed(first.replace(line, `${line}\n- **12:50** called the bank\n- and the bank called back`));
    const own = view.entries.filter(({ kind }) => kind === "owner.entry");

    expect(own.map((entry) => [toIso(entry.at).slice(11, 16), toPlain(entry.text), entry.phase])).toEqual([
      ["12:50", "called the bank", "recovery"],
      ["12:50", "and the bank called back", "recovery"],
    ]);
    expect(view.entries.map(({ at }) => at)).toEqual(view.entries.map(({ at }) => at).sort((a, b) => a - b));
    expect(view.evidence.map(({ id }) => id)).toEqual(expect.arrayContaining(own.map(({ id }) => id)));
  });
});
