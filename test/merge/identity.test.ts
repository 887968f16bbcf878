import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Draft, DraftAnomaly, Entry } from "../../src/contract/draft.js";
import { EMPTY_HISTORY, type History } from "../../src/contract/history.js";
import type { Person } from "../../src/contract/item.js";
import { fromIso } from "../../src/kit/instant.js";
import { assignRoles } from "../../src/merge/assign-roles.js";
import { keepIds } from "../../src/merge/keep-ids.js";
import { nextHistory } from "../../src/merge/next-history.js";

const person = (key: string, firstSeen: number | null, accounts: readonly string[] = [key], role = "responder"): Person => ({
  key,
  accounts,
  firstSeen,
  function: role,
});

describe("assignRoles", () => {
  it("hands out letters in the order of the first thing people did", () => {
    const people = [
      person("slack:U3", 30),
      person("slack:U1", null),
      person("slack:U2", 10),
      person("github:a", 20, ["github:a"], "author"),
    ];

    expect(assignRoles(people, EMPTY_HISTORY)).toEqual({
      "slack:U2": "responder A",
      "github:a": "author B",
      "slack:U3": "responder C",
      "slack:U1": "responder D",
    });
  });

  it("keeps earlier letters and gives newcomers the next, whoever was first", () => {
    const history = { roles: { "slack:U2": "responder A", "slack:U9": "responder F" } };

    expect(assignRoles([person("slack:U2", 50), person("slack:U1", 1)], history)).toEqual({
      "slack:U1": "responder G",
      "slack:U2": "responder A",
    });
  });

  it("keeps a letter when accounts were joined or a function was seen differently", () => {
    const history = { roles: { "slack:U2": "responder A", "github:b": "author B" } };

    expect(assignRoles([person("github:b", 1, ["github:b", "slack:U2"], "author")], history)).toEqual({ "github:b": "responder A" });
  });

  it("never gives one letter to two people that were one", () => {
    const history = { roles: { "github:b": "author A" } };
    const roles = assignRoles([person("github:b", 5), person("slack:U2", 1, ["slack:U2", "github:b"])], history);

    expect(Object.values(roles).sort()).toEqual(["author A", "responder B"]);
  });

  it("goes on after Z with a number, since two letters could be a name", () => {
    const roles = Object.values(
      assignRoles(
        Array.from({ length: 703 }, (_, index) => person(`slack:U${String(index).padStart(4, "0")}`, index)),
        EMPTY_HISTORY,
      ),
    );

    expect([roles[25], roles[26], roles[51], roles[52], roles[701], roles[702]]).toEqual(
      ["Z", "A2", "Z2", "A3", "Z27", "A28"].map((letters) => `responder ${letters}`),
    );
    expect(assignRoles([person("slack:new", 0)], { roles: { x: "responder Z2" } })).toEqual({ "slack:new": "responder A3" });
  });

  it("is stable and gives each person another letter", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,4}$/), fc.option(fc.nat(5))), { selector: ([key]) => key }),
        fc.nat(8),
        (people, cut) => {
          const all = people.map(([key, firstSeen]) => person(key, firstSeen));
          const first = assignRoles(all.slice(cut), EMPTY_HISTORY);
          const second = assignRoles(all, { roles: first });

          expect(second).toMatchObject(first);
          expect(new Set(Object.values(second)).size).toBe(all.length);
          expect(assignRoles([...all].reverse(), { roles: first })).toEqual(second);
        },
      ),
    );
  });
});

const entryOf = (id: string, evidence: readonly string[] = [id]) => ({ id, aliases: [], evidence }) as unknown as Entry;
const draftOf = (entries: readonly Entry[], anomalies: readonly DraftAnomaly[] = []): Draft =>
  ({
    entries,
    anomalies,
    milestones: { detected: { state: "found", at: 1, entries: entries.map(({ id }) => id), because: "" } },
    changes: [{ id: "change", entries: entries.map(({ id }) => id) }],
    questions: [
      { entry: entries[0]?.id ?? null, text: "?" },
      { entry: null, text: "?" },
    ],
  }) as unknown as Draft;
const named = (draft: Draft) => draft.entries.map(({ id, aliases }) => [id, ...aliases]);

describe("keepIds", () => {
  it.each<[string, Record<string, readonly string[]>, readonly Entry[], string[][]]>([
    ["nothing known", {}, [entryOf("a"), entryOf("b")], [["a"], ["b"]]],
    ["the same", { a: ["a"] }, [entryOf("a")], [["a"]]],
    ["a smaller evidence id that came later", { b: ["b"] }, [entryOf("a", ["a", "b"])], [["b", "a"]]],
    ["two that became one", { a: ["a"], b: ["b"] }, [entryOf("a", ["a", "b"])], [["a", "b"]]],
    ["two that became one, the larger of which had more", { a: ["a"], b: ["b", "c"] }, [entryOf("a", ["a", "b", "c"])], [["b", "a"]]],
    ["one that was split", { a: ["a", "b"] }, [entryOf("a"), entryOf("b")], [["a"], ["b"]]],
    [
      "one that was split, with most of it under another id",
      { a: ["a", "b", "c"] },
      [entryOf("a"), entryOf("b", ["b", "c"])],
      [["a~2"], ["a", "b"]],
    ],
    [
      "an id that is taken, and other evidence",
      { a: ["b", "c", "d"] },
      [entryOf("a", ["a", "z"]), entryOf("b", ["b", "c", "d"])],
      [["z"], ["a", "b"]],
    ],
  ])("keeps ids: %s", (_, entries, drafted, expected) => {
    expect(named(keepIds(draftOf(drafted), { entries }))).toEqual(expected);
  });

  it("renames wherever an entry is pointed at", () => {
    const kept = keepIds(draftOf([entryOf("a", ["a", "b"])]), { entries: { b: ["b"] } });

    expect(kept.milestones.detected.entries).toEqual(["b"]);
    expect(kept.changes[0]!.entries).toEqual(["b"]);
    expect(kept.questions.map(({ entry }) => entry)).toEqual(["b", null]);
  });

  it("knows a finding whose onset was refined, and not another one", () => {
    const id = (onset: string) => `datadog-metric:checkout.errors{env:prod}@${onset}`;
    const anomaly = {
      id: id("2026-03-04T11:21:00Z"),
      entry: id("2026-03-04T11:21:00Z"),
      onset: fromIso("2026-03-04T11:21:00Z")!,
      end: fromIso("2026-03-04T12:00:00Z")!,
      precisionMicros: 20_000_000,
    };
    const keep = (onset: string) =>
      keepIds(draftOf([entryOf(anomaly.id)], [anomaly as unknown as DraftAnomaly]), { entries: { [id(onset)]: [id(onset)] } });

    expect(named(keep("2026-03-04T11:20:20Z"))).toEqual([[id("2026-03-04T11:20:20Z"), anomaly.id]]);
    expect(keep("2026-03-04T11:20:20Z").anomalies[0]!.entry).toBe(id("2026-03-04T11:20:20Z"));
    expect(named(keep("2026-03-04T11:30:00Z"))).toEqual([[id("2026-03-04T11:30:00Z"), anomaly.id]]);
    expect(named(keep("2026-03-04T09:00:00Z"))).toEqual([[anomaly.id]]);
    expect(named(keep("2026-03-04T12:00:00Z"))).toEqual([[anomaly.id]]);
  });

  it("gives each entry one id, and the same again when nothing is new", () => {
    const grouping = fc.array(fc.nat(5), { minLength: 8, maxLength: 8 });
    const draftFrom = (groups: readonly number[]) => {
      const names = "abcdefgh".split("");
      const parts = [...new Set(groups)].map((group) => names.filter((_, index) => groups[index] === group));
      return draftOf(parts.map((part) => entryOf(part[0]!, part)));
    };
    fc.assert(
      fc.property(grouping, grouping, grouping, (one, two, three) => {
        let history: History = EMPTY_HISTORY;
        for (const groups of [one, two, three]) {
          const kept = keepIds(draftFrom(groups), history);
          history = nextHistory(kept, {}, history);
          const again = keepIds(draftFrom(groups), history);
          const ids = named(kept).map(([id]) => id);

          expect(new Set(ids).size).toBe(ids.length);
          expect(
            named(kept)
              .flatMap(([, ...aliases]) => aliases)
              .filter((alias) => ids.includes(alias)),
          ).toEqual([]);
          expect(named(again)).toEqual(named(kept));
        }
      }),
    );
  });
});

describe("nextHistory", () => {
  it("hands on what is new and forgets nothing", () => {
    const history: History = { roles: { "slack:U1": "responder A" }, entries: { a: ["a"], gone: ["gone"] } };

    expect(nextHistory(draftOf([entryOf("a", ["b", "a"]), entryOf("c")]), { "slack:U0": "responder B" }, history)).toEqual({
      roles: { "slack:U0": "responder B", "slack:U1": "responder A" },
      entries: { a: ["a", "b"], c: ["c"], gone: ["gone"] },
    });
  });
});
