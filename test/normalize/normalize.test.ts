import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MICROS_PER_DAY } from "../../src/kit/instant.js";
import { toPlain } from "../../src/kit/rich-text.js";
import { compareItems, scopeKey } from "../../src/normalize/index.js";
import { account, alert, at, message, normalized, pull, ref, run, stored, WINDOW } from "./builders.js";

describe("placing", () => {
  it("takes the first of the kind's times that lies inside the span", () => {
    const { items } = normalized([run(1, at("12:10"), at("12:20"))]);
    expect(items[0]).toMatchObject({ at: at("12:20"), atMeans: "finished", endedAt: at("12:20"), placement: "window" });
  });

  it("passes over a time outside and one that the source does not say", () => {
    const { items } = normalized([
      run(1, at("12:10"), null),
      run(2, at("12:11"), WINDOW.until),
      run(3, WINDOW.spans.change.from, WINDOW.until + 5),
    ]);
    expect(items.map((item) => item.atMeans)).toEqual(["started", "started", "started"]);
    expect(items[0]!.at).toBe(WINDOW.spans.change.from);
  });

  it("cuts by the category of the kind: `from` is in, `until` is out", () => {
    const { items } = normalized([
      stored({ id: "chat:C1:a", times: { posted: WINDOW.spans.conversation.from } }),
      stored({ id: "chat:C1:b", times: { posted: WINDOW.spans.conversation.from - 1 } }),
      stored({ id: "chat:C1:c", times: { posted: WINDOW.until } }),
      pull(1, WINDOW.spans.conversation.from - 1),
    ]);
    expect(items.map(({ id, placement }) => `${id} ${placement}`).sort()).toEqual([
      "chat:C1:a window",
      "chat:C1:b context",
      "chat:C1:c context",
      "code-pr:acme/shop#1 window",
    ]);
  });

  it("counts what has no place, by scope and reason", () => {
    const { items, unplaced } = normalized(
      [
        stored({ id: "chat:C1:a", times: { posted: null } }),
        stored({ id: "chat:C1:b", times: { edited: at("12:00") } }),
        stored({ id: "chat:C1:c", kind: "constructor", times: { posted: at("12:00") } }),
      ],
      { scopeNames: new Map([[scopeKey("chat", "messages", "C1"), "#inc"]]) },
    );
    expect(items).toEqual([]);
    expect(unplaced).toEqual([
      { scope: "#inc", reason: "no time that can be placed", count: 2 },
      { scope: "#inc", reason: "unknown kind", count: 1 },
    ]);
  });

  it("has no end before its beginning", () => {
    const { items } = normalized([run(1, at("12:30"), WINDOW.spans.change.from - 1)]);
    expect(items[0]).toMatchObject({ at: at("12:30"), endedAt: null });
  });
});

describe("de-duplicating", () => {
  it("keeps one record an id: the latest version", () => {
    const { items } = normalized([message("1", "12:00", "new", { version: 2 }), message("1", "12:00", "old")]);
    expect(items.map((item) => toPlain(item.body))).toEqual(["new"]);
  });

  it("keeps no text of what was deleted", () => {
    const { items } = normalized([
      message("1", "12:00", "secret", { deletedAt: at("13:00"), title: "secret" }),
      message("2", "12:01", "secret", { signals: { deletedAtSource: true } }),
    ]);
    expect(items.map(({ deleted, title, body }) => ({ deleted, title, body }))).toEqual([
      { deleted: true, title: [], body: [] },
      { deleted: true, title: [], body: [] },
    ]);
  });
});

describe("linking", () => {
  const sha = "0123456789".padEnd(40, "a");

  it("joins a pull request, its runs, its deployment and its revert to one change", () => {
    const { changes, items } = normalized([
      pull(7, at("11:00"), { refs: [ref("sha", sha, "is")] }),
      run(1, at("11:01"), null, { refs: [ref("sha", sha, "of")] }),
      run(2, at("11:05"), null, { refs: [ref("sha", sha.slice(0, 8), "of")], signals: { deploys: true } }),
      pull(9, at("12:30"), { refs: [ref("pull", "acme/shop#7", "reverts")] }),
      pull(8, at("11:30")),
    ]);

    expect(changes).toEqual([
      {
        id: "code-pr:acme/shop#7",
        items: ["code-pr:acme/shop#7", "code-run:acme/shop/1/1", "code-run:acme/shop/2/1", "code-pr:acme/shop#9"],
        title: [{ type: "paragraph", inlines: [{ type: "text", text: "Change 7" }] }],
        revertedBy: ["code-pr:acme/shop#9"],
      },
      expect.objectContaining({ id: "code-pr:acme/shop#8", revertedBy: [] }),
    ]);
    expect(items.map((item) => item.change).filter((change) => change === "code-pr:acme/shop#7")).toHaveLength(4);
  });

  it("lists no change for checks that put nothing into use", () => {
    const refs = [ref("sha", sha, "of")];
    expect(normalized([run(1, at("11:01"), null, { refs }), run(2, at("11:02"), null, { refs })]).changes).toEqual([]);
    const deploy = run(3, at("11:03"), null, { refs, signals: { deploys: true } });
    expect(normalized([run(1, at("11:01"), null, { refs }), deploy]).changes).toMatchObject([
      { items: ["code-run:acme/shop/1/1", "code-run:acme/shop/3/1"] },
    ]);
  });

  it.each([
    ["a pull request", ref("pull", "acme/shop#7", "mentions")],
    ["an abbreviated commit", ref("sha", sha.slice(0, 7), "mentions")],
    ["a page of it", ref("url", "https://code.example/acme/shop/pull/7/files#diff", "mentions")],
  ])("links a message that names %s, without joining what it names", (_, mention) => {
    const { items, changes } = normalized([
      pull(7, at("11:00"), { refs: [ref("sha", sha, "is")], url: "https://code.example/acme/shop/pull/7" }),
      pull(8, at("11:30")),
      message("1", "12:10", "look", { refs: [mention, ref("pull", "acme/shop#8", "mentions"), ref("pull", "acme/shop#99", "mentions")] }),
    ]);
    expect(changes).toHaveLength(2);
    expect(items.at(-1)).toMatchObject({ change: null, mentions: ["code-pr:acme/shop#7", "code-pr:acme/shop#8"] });
  });
});

describe("people", () => {
  it("joins accounts by roster and by equal address, never by equal handle", () => {
    const { people } = normalized(
      [
        message("1", "12:00", "a", { actor: "chat:u1" }),
        pull(1, at("11:00"), { actor: "code:one" }),
        message("2", "12:02", "b", { actor: "chat:u2" }),
        pull(2, at("11:01"), { actor: "code:two" }),
        pull(3, at("11:02"), { actor: "code:u3" }),
        message("3", "12:03", "c", { actor: "chat:u3" }),
      ],
      {
        roster: [["code:one", "chat:u1"]],
        references: [
          account("chat:u2", [], { emails: ["Two@acme.example"] }),
          account("code:two", [], { emails: ["two@acme.example"] }),
          account("chat:u3", [], { handle: "u3", emails: ["noreply@acme.example"] }),
          account("code:u3", [], { handle: "u3", emails: ["noreply@acme.example"] }),
        ],
      },
    );
    expect(people.map((each) => each.accounts)).toEqual([["chat:u1", "code:one"], ["chat:u2", "code:two"], ["code:u3"], ["chat:u3"]]);
    expect(people.map((each) => each.key)).toEqual(["chat:u1", "chat:u2", "code:u3", "chat:u3"]);
  });

  it("takes the roster's accounts in whatever case they are written, the exact one first", () => {
    const items = [message("1", "12:00", "a", { actor: "chat:U1" }), pull(1, at("11:00"), { actor: "code:octo" })];
    expect(normalized(items, { roster: [["code:Octo", "chat:U1"]] }).people.map((each) => each.accounts)).toEqual([
      ["chat:U1", "code:octo"],
    ]);
  });

  it("does not take an address that two accounts of one system use for one person", () => {
    const shared = { emails: ["oncall@acme.example"] };
    const references = [account("chat:u1", [], shared), account("chat:u2", [], shared), account("code:x", [], shared)];
    const { people } = normalized([message("1", "12:00", "a", { actor: "chat:u1" }), pull(1, at("11:00"), { actor: "code:x" })], {
      references,
    });
    expect(people.map((each) => each.accounts)).toEqual([["code:x"], ["chat:u1"]]);
  });

  it("tells what a person did, and names those who were only named last", () => {
    const incidentChannel = { incidentChannel: true } as const;
    const { people } = normalized(
      [
        pull(1, at("11:00"), { actor: "code:author" }),
        message("1", "12:00", "hello", { actor: "chat:talker" }),
        message("2", "12:01", "asking Nadir", { actor: "chat:helper", signals: incidentChannel }),
        message("3", "12:02", "", { actor: "chat:joiner", signals: { ...incidentChannel, routine: true } }),
      ],
      { references: [account("chat:nadir", ["Nadir Q."]), account("chat:absent", ["Absent Z."])] },
    );
    expect(people.map(({ key, firstSeen, function: role }) => [key, firstSeen, role])).toEqual([
      ["code:author", at("11:00"), "author"],
      ["chat:talker", at("12:00"), "participant"],
      ["chat:helper", at("12:01"), "responder"],
      ["chat:joiner", at("12:02"), "participant"],
      ["chat:nadir", null, "participant"],
    ]);
  });

  it("calls a program by its name and no person", () => {
    const { items, people } = normalized(
      [
        message("1", "12:00", "a", { actor: { connector: "chat", id: "B1", kind: "bot" } }),
        message("2", "12:01", "b", { actor: { connector: "chat", id: "B2", kind: "unknown" }, signals: { automated: true } }),
      ],
      { references: [account("chat:B1", ["Pager"], { kind: "bot" })] },
    );
    expect(items.map(({ person, program }) => [person, program])).toEqual([
      [null, "Pager"],
      [null, "B2"],
    ]);
    expect(people).toEqual([]);
  });
});

describe("suspected skew", () => {
  const reports = (offsets: readonly number[]) =>
    offsets.flatMap((offset, index) => {
      const started = at(`12:${10 + index}`);
      return [
        run(index, started, null),
        stored({
          id: `watch-event:${index}`,
          connector: "watch",
          kind: "code.pull.merged",
          times: { merged: started + offset },
          refs: [ref("run", `acme/shop/${index}`, "of")],
        }),
      ];
    });

  it.each([
    ["a steady distance", [420e6, 421e6, 419e6], 420e6],
    ["too few", [420e6, 421e6], null],
    ["changing distances", [420e6, 200e6, 300e6], null],
    ["small ones", [60e6, 61e6, 60e6], null],
  ])("%s of the same runs", (_, offsets, micros) => {
    const { suspectedSkew } = normalized(reports(offsets));
    expect(suspectedSkew.map((each) => each.micros)).toEqual(micros === null ? [] : [micros]);
  });
});

describe("the result", () => {
  const evidence = [
    pull(7, at("11:00"), { refs: [ref("sha", "c".repeat(40), "is")] }),
    run(1, at("11:01"), at("11:09"), { refs: [ref("sha", "c".repeat(9), "of")], signals: { deploys: true, outcome: "success" } }),
    run(2, at("11:01"), at("11:09")),
    pull(6, at("11:09") - 2 * MICROS_PER_DAY),
    message("1", "12:00", "Ilse: hm", { actor: "chat:ilse" }),
    message("1", "12:00", "Ilse: hm!", { actor: "chat:ilse", version: 2 }),
    message("2", "12:00", "see 7", { actor: "chat:bo", refs: [ref("pull", "acme/shop#7", "mentions")] }),
    alert("1", "12:00", "Errors", { transition: "triggered" }),
    stored({ id: "chat:C1:9", times: {} }),
  ];
  const references = [account("chat:ilse", ["Ilse V."]), account("chat:bo", ["Bo N."]), account("code:author", ["Ilse V."])];

  it("is the same whatever the order of arrival", () => {
    const { roles: _, ...expected } = normalized(evidence, { references });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(evidence, { minLength: evidence.length }),
        fc.shuffledSubarray(references, { minLength: 3 }),
        (some, names) => {
          const { roles: __, ...actual } = normalized(some, { references: names });
          expect(actual).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("stands in total order: instant, coarser first, kind rank, id", () => {
    const { items } = normalized(evidence, { references });
    expect(items.map((item) => item.id)).toEqual([
      "code-pr:acme/shop#6",
      "code-pr:acme/shop#7",
      "code-run:acme/shop/1/1",
      "code-run:acme/shop/2/1",
      "watch-event:1",
      "chat:C1:1",
      "chat:C1:2",
    ]);
    const coarse = { ...items[5]!, precisionMicros: 60_000_000 };
    expect(compareItems(coarse, items[4]!)).toBeLessThan(0);
    expect(items.toSorted(compareItems)).toEqual(items);
  });

  it("holds no name in its texts", () => {
    const { items } = normalized(evidence, { references });
    expect(items.map((item) => toPlain(item.body, () => "<>")).filter((text) => text !== "")).toEqual(["<>: hm!", "see 7"]);
  });
});
