import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeFile } from "../../../src/merge/owner-file/merge-file.js";
import { EDIT_KINDS, edited, type Edit } from "./edits.js";
import { generatedOf, type Model, type ModelEntry } from "./model.js";

const RUNS = Number(process.env["MERGE_RUNS"] ?? 1000);
const SEED = process.env["MERGE_SEED"] === undefined ? {} : { seed: Number(process.env["MERGE_SEED"]) };

const entryArb = (ids: number) =>
  fc.record({
    id: fc.integer({ min: 1, max: ids }).map((n) => `e${n}`),
    minute: fc.integer({ min: 500, max: 2500 }),
    text: fc.constantFrom(
      "Deploy went live",
      "support: people wrote",
      "Alert: error rate",
      "taking it back",
      "looks better now",
      "-",
      "# no heading",
    ),
    below: fc.option(fc.constantFrom("a second paragraph", "```\n  code\n\n  - no item\n  ```"), { nil: undefined, freq: 4 }),
    chosen: fc.boolean(),
  });
const entriesArb = fc.uniqueArray(entryArb(30), { maxLength: 14, selector: ({ id }) => id });
const modelArb = fc.record({
  builtAt: fc.constant("2026-03-05T09:00:00Z"),
  impact: fc.integer({ min: 600, max: 1500 }),
  rows: fc.constant([
    ["slack #shop", "12 found"],
    ["github shop", "3 found"],
  ] as [string, string][]),
  entries: entriesArb,
});
/** What may be another way at the next build. */
const nextArb = fc.record({
  added: fc.uniqueArray(entryArb(60), { maxLength: 4, selector: ({ id }) => id }),
  changed: fc.array(
    fc.record({ nth: fc.nat(20), text: fc.constantFrom("said otherwise", "corrected"), shift: fc.integer({ min: -90, max: 90 }) }),
    {
      maxLength: 3,
    },
  ),
  lost: fc.array(fc.nat(20), { maxLength: 2 }),
  flipped: fc.array(fc.nat(20), { maxLength: 2 }),
  impactShift: fc.constantFrom(0, 0, 0, 40, -40),
  row: fc.option(fc.constant(["datadog errors", "1 found"] as [string, string]), { nil: undefined }),
});
/** Evidence that is new, and nothing else: an edit of an entry and a change of the same entry do depend on each other. */
const newsArb = nextArb.map((next): Next => ({ ...next, changed: [], lost: [], flipped: [], impactShift: 0 }));
type Next = typeof nextArb extends fc.Arbitrary<infer T> ? T : never;
const editsArb = fc.array(fc.record({ kind: fc.constantFrom(...EDIT_KINDS()), a: fc.nat(200), b: fc.nat(200) }), {
  minLength: 1,
  maxLength: 40,
});

function evolve(model: Model, next: Next, builtAt: string): Model {
  const entries: ModelEntry[] = model.entries
    .filter((_, nth) => !next.lost.includes(nth))
    .map((entry, nth) => {
      const change = next.changed.find((each) => each.nth === nth);
      const flipped = next.flipped.includes(nth) ? { chosen: !entry.chosen } : {};
      return change ? { ...entry, ...flipped, text: change.text, minute: entry.minute + change.shift } : { ...entry, ...flipped };
    });
  for (const entry of next.added) if (!entries.some(({ id }) => id === entry.id)) entries.push(entry);
  const rows = next.row && !model.rows.some(([name]) => name === next.row![0]) ? [...model.rows, next.row] : model.rows;
  return { builtAt, entries, rows, impact: model.impact + next.impactShift };
}

function build(text: string | null, model: Model): string {
  const merged = mergeFile(text, generatedOf(model));
  if (merged.action !== "write" && merged.action !== "keep") throw new Error(`not merged: ${merged.action}`);
  return merged.text;
}

const marksOf = (text: string) => [...text.matchAll(/<!-- e:(\S+) /g)].map(([, id]) => id!);
const bodyOf = (text: string) => text.slice(0, text.indexOf("<!-- incident-timeline/")).split("\n");

/** Lines that are in `after` and not in `before`: what the owner wrote or changed. */
function ownersLines(before: string, after: string): string[] {
  const left = new Map<string, number>();
  for (const line of bodyOf(before)) left.set(line, (left.get(line) ?? 0) + 1);
  return bodyOf(after).filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0 && line.trim() !== "";
  });
}

function expectInOrder(lines: readonly string[], text: string): void {
  let at = 0;
  const all = bodyOf(text);
  for (const line of lines) {
    const found = all.indexOf(line, at);
    if (found === -1) throw new Error(`lost, changed or out of order: ${JSON.stringify(line)}\n${text}`);
    at = found + 1;
  }
}

const count = (list: readonly string[], id: string) => list.filter((each) => each === id).length;

/** Under load a run of a thousand takes a minute. */
const LIMIT = RUNS * 300;

describe("a file that its owner edits", () => {
  it(
    "does not change by a byte when nothing is new",
    () => {
      fc.assert(
        fc.property(modelArb, editsArb, (model, edits) => {
          const mine = edited(build(null, model), edits);
          const merged = mergeFile(mine, generatedOf({ ...model, builtAt: "2026-03-06T10:00:00Z" }));
          expect(merged.action).toBe("keep");
          expect(merged.action === "keep" && merged.text).toBe(mine);
        }),
        { numRuns: RUNS, ...SEED, ...(process.env["MERGE_FAST"] ? { endOnFailure: true } : {}) },
      );
    },
    LIMIT,
  );

  it(
    "keeps every word and every deletion over rebuilds with new evidence, and shows what is new once",
    () => {
      fc.assert(
        fc.property(modelArb, fc.array(fc.tuple(editsArb, nextArb), { minLength: 1, maxLength: 5 }), (first, rounds) => {
          let model: Model = first;
          let text = build(null, model);
          const deleted = new Set<string>();
          const known = new Set(marksOf(text));
          let number = 0;
          for (const [edits, next] of rounds) {
            const before = text;
            const mine = edited(before, edits, number);
            number += edits.length;
            for (const id of marksOf(before)) if (!marksOf(mine).includes(id)) deleted.add(id);
            model = evolve(model, next, `build ${number}`);
            text = build(mine, model);

            expectInOrder(ownersLines(before, mine), text);
            const [owners, ours] = [marksOf(mine), marksOf(text)];
            for (const id of deleted) expect([id, count(ours, id)]).toEqual([id, 0]);
            for (const id of new Set(ours)) expect([id, count(ours, id)]).toEqual([id, Math.max(1, count(owners, id))]);
            for (const { id, chosen } of model.entries) if (chosen && !known.has(id)) expect([id, count(ours, id)]).toEqual([id, 1]);
            for (const id of ours) known.add(id);
            for (const { id } of model.entries) if (ours.includes(id)) known.add(id);
            expect(build(text, { ...model, builtAt: "again" })).toBe(text);
          }
        }),
        { numRuns: RUNS, ...SEED, ...(process.env["MERGE_FAST"] ? { endOnFailure: true } : {}) },
      );
    },
    LIMIT,
  );

  it(
    "comes out the same whichever of two edits was made first, with a build between them",
    () => {
      const kinds = fc.constantFrom("changeText", "noteUnder", "deleteEntry") satisfies fc.Arbitrary<Edit["kind"]>;
      fc.assert(
        fc.property(modelArb, newsArb, newsArb, kinds, kinds, fc.nat(50), fc.nat(50), (first, next, last, one, other, a, b) => {
          const text = build(null, first);
          const entries = bodyOf(text).filter((line) => /^- .*<!-- e:/.test(line));
          const ids = [entries[a % entries.length], entries[b % entries.length]].map((line) => marksOf(line ?? "")[0]);
          fc.pre(ids[0] !== undefined && ids[1] !== undefined && ids[0] !== ids[1]);
          const second = evolve(first, next, "second");
          const third = evolve(second, last, "third");
          const [x, y] = [one, other].map((kind, nth) => (file: string) => onLine(file, ids[nth]!, kind, nth));
          const oneFirst = build(y!(build(x!(text), second)), third);

          // Empty lines aside: an owner who deletes an entry also decides about those around it.
          const lines = (file: string) => file.split("\n").filter((line) => line !== "");
          expect(lines(build(x!(build(y!(text), second)), third))).toEqual(lines(oneFirst));
        }),
        { numRuns: RUNS, ...SEED },
      );
    },
    LIMIT,
  );
});

/** An edit of the entry with this mark; nothing where the last build has taken it out or moved it among the boxes. */
function onLine(text: string, id: string, kind: Edit["kind"], nth: number): string {
  const entries = text.split("\n").filter((line) => /^[-*] .*<!-- e:/.test(line));
  const at = entries.findIndex((line) => line.includes(`<!-- e:${id} `));
  return at === -1 ? text : edited(text, [{ kind, a: at, b: 7 }], nth);
}
