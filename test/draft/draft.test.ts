import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../../src/contract/item.js";
import { draft } from "../../src/draft/index.js";
import { anomaly, at, draftOf, entryOf, fired, HOUR, item, normalizedOf, over, said, series, textOf, WINDOW } from "./builders.js";

const is = (type: "pull" | "run", id: string) => ({ type, id, relation: "is" }) as const;

function change(id: string, items: readonly string[], fields: Partial<Change> = {}): Change {
  return { id, items, title: [{ type: "paragraph", inlines: [{ type: "text", text: id }] }], revertedBy: [], ...fields };
}

/** A change goes out, errors rise, a wrong guess, a revert, recovery. */
const STORY = [
  item("pull", "7", "11:40", { title: "Retry the checkout call", person: "code:a", change: "pull:7", refs: [is("pull", "7")] }),
  item("deploy", "70", "11:58", {
    title: "Deploy",
    change: "pull:7",
    refs: [is("run", "70")],
    signals: { deploys: true, outcome: "success" },
  }),
  item("pull", "5", "09:00", { title: "Rename a label", change: "pull:5", refs: [is("pull", "5")] }),
  item("deploy", "50", "09:02", { title: "Checks", refs: [is("run", "50")], signals: { outcome: "success" } }),
  fired("checkout errors", "12:02"),
  fired("checkout latency", "12:03"),
  fired("disk of a build host", "10:30"),
  fired("disk of a build host", "12:03"),
  item("message", "early", "12:04", { body: "on it, checkout errors everywhere", person: "chat:u2", scopeName: "#team" }),
  item("message", "lunch", "12:05", { body: "lunch anyone?", person: "chat:u9", scopeName: "#random" }),
  said("open", "12:10", "Checkout errors since 12:01, I take notes", { person: "chat:u2" }),
  said("join", "12:11", "", { signals: { routine: true } }),
  said("guess", "12:15", "could this be the payment provider? their checkout looks slow"),
  said("gone", "12:16", "", { deleted: true }),
  said("find", "12:20", "found it: the checkout retries in pull 7 went out at 11:58", { mentions: ["pull:7"], person: "chat:u2" }),
  said("decide", "12:22", "let's revert it, go ahead", { signals: { pinned: true } }),
  item("pull", "8", "12:30", {
    title: "Revert the checkout retries",
    change: "pull:7",
    refs: [is("pull", "8"), { type: "pull", id: "7", relation: "reverts" }],
  }),
  said("done", "12:38", "revert deployed, checkout is on the old code", { person: "chat:u2" }),
  over("checkout errors", "12:44"),
  over("checkout latency", "12:46"),
  said("close", "13:30", "all clear, closing this", { person: "chat:u2" }),
];
const CHANGES = [change("pull:5", ["pull:5"]), change("pull:7", ["pull:7", "deploy:70", "pull:8"], { revertedBy: ["pull:8"] })];
const METRICS = { anomalies: [anomaly("checkout.errors", "12:01", { end: at("12:43") })], series: [series("checkout.errors")] };
const STORY_INPUT = { normalized: { changes: CHANGES }, ...METRICS };

describe("draft of a story", () => {
  const result = draftOf(STORY, STORY_INPUT);

  it("has every item of the window and every anomaly, in total order", () => {
    expect(result.entries).toHaveLength(STORY.length + 1);
    expect(result.entries.map((each) => each.at)).toEqual(result.entries.map((each) => each.at).toSorted((a, b) => a - b));
    expect(new Set(result.entries.map((each) => each.id)).size).toBe(result.entries.length);
  });

  it("finds the milestones where they are, and says why", () => {
    const found = Object.entries(result.milestones).map(([name, { state, entries }]) => [
      name,
      state,
      ...entries.map((id) => result.entries.find((each) => each.id === id)!.evidence[0]),
    ]);
    expect(found).toEqual([
      ["impactStart", "found", "watch-metric:checkout.errors@2031-05-06T12:01:00Z"],
      ["detected", "found", "alert:checkout errors 12:02"],
      ["acknowledged", "found", "message:early"],
      ["declared", "found", "message:open"],
      ["mitigated", "found", "message:done"],
      ["recovered", "found", "alert:checkout latency 12:46"],
      ["resolved", "found", "message:close"],
    ]);
    expect(Object.values(result.milestones).every(({ because }) => because.length > 10)).toBe(true);
  });

  it("puts the story forward and leaves the rest one step away", () => {
    const highlighted = result.entries.filter((each) => each.highlighted).map((each) => each.evidence[0]);
    for (const id of ["pull:7", "deploy:70", "alert:checkout errors 12:02", "message:find", "message:decide", "pull:8", "message:close"])
      expect(highlighted).toContain(id);
    for (const id of ["pull:5", "deploy:50", "message:lunch", "message:join", "message:gone", "alert:disk of a build host 12:03"])
      expect(highlighted).not.toContain(id);
    for (const { highlighted, because, score } of result.entries) {
      if (highlighted) expect(because.length).toBeGreaterThan(0);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }
  });

  it("ranks the changes before the impact by nearness, deployment, mention and revert, and claims no cause", () => {
    expect(result.changes.map(({ id, beforeImpactMicros, entries }) => [id, beforeImpactMicros, entries.length])).toEqual([
      ["pull:5", at("12:01") - at("09:00"), 1],
      ["pull:7", at("12:01") - at("11:58"), 3],
    ]);
    expect(result.changes[1]!.score).toBeGreaterThan(result.changes[0]!.score);
    expect(entryOf(result, "deploy:70").because).toEqual(
      expect.arrayContaining(["3 min before the impact start", "undone later", "named in the conversation"]),
    );
    expect(entryOf(result, "pull:8").because).toContain("undoes another change");
    expect(entryOf(result, "pull:8").because.join()).not.toContain("before the impact");
    expect(JSON.stringify(result)).not.toMatch(/root cause|caused by/i);
  });

  it("gives each entry its phase", () => {
    expect(
      ["pull:7", "alert:checkout errors 12:02", "message:find", "pull:8", "message:done", "message:close"].map(
        (id) => entryOf(result, id).phase,
      ),
    ).toEqual(["before", "detection", "diagnosis", "mitigation", "mitigation", "recovery"]);
  });

  it("asks a handful of questions, with how and what", () => {
    expect(result.questions.length).toBeGreaterThanOrEqual(3);
    expect(result.questions.length).toBeLessThanOrEqual(8);
    for (const { entry, text } of result.questions) {
      expect(entry === null || result.entries.some((each) => each.id === entry && each.highlighted)).toBe(true);
      expect(text).not.toMatch(/\b(?:why|who)\b/i);
    }
  });

  it("shows a tombstone for what was deleted: no text, no link, no score", () => {
    const entry = entryOf(result, "message:gone");
    expect(textOf(entry.text)).toBe("(deleted at the source)");
    expect(entry).toMatchObject({ deleted: true, links: [], score: 0, highlighted: false });
  });

  it("is the same whatever the order of what comes in", () => {
    const metrics = [...METRICS.anomalies, anomaly("b", "12:07"), anomaly("a", "12:07")];
    const facts = [...METRICS.series, series("a"), series("b")];
    const expected = draftOf(STORY, { ...STORY_INPUT, anomalies: metrics, series: facts });
    fc.assert(
      fc.property(fc.shuffledSubarray(metrics, { minLength: 3 }), fc.shuffledSubarray(facts, { minLength: 3 }), (anomalies, some) => {
        expect(draftOf(STORY, { ...STORY_INPUT, anomalies, series: some })).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe("draft", () => {
  it("is whole without any evidence: nothing found is missing, and the start is the reported one", () => {
    const result = draftOf([]);
    expect(result.entries).toEqual([]);
    expect(result.milestones.impactStart).toMatchObject({ state: "found", at: at("12:00"), entries: [] });
    expect(Object.values(result.milestones).filter((each) => each.state === "missing" && each.at === null)).toHaveLength(6);
    expect(result.durations.every((each) => each.micros === null)).toBe(true);
  });

  it("takes in of the context what something links, and what last went live before the window", () => {
    const before = at("12:00") - 30 * HOUR;
    const context = { placement: "context" } as const;
    const deploys = { deploys: true, outcome: "success" } as const;
    const items = [
      item("pull", "named", before, { ...context, change: "pull:named", refs: [is("pull", "1")] }),
      item("pull", "deployed", before, { ...context, change: "pull:deployed", refs: [is("pull", "2")] }),
      item("deploy", "checks", before, { ...context, change: "pull:deployed", refs: [is("run", "9")] }),
      item("pull", "quiet", before, { ...context, change: "pull:quiet", refs: [is("pull", "3")] }),
      item("message", "old parent", "09:00", { ...context, body: "old" }),
      item("deploy", "live", before + 2, { ...context, signals: deploys }),
      item("deploy", "failed later", before + 3, { ...context, signals: { deploys: true, outcome: "failure" } }),
      item("deploy", "live earlier", before + 1, { ...context, signals: deploys }),
      item("deploy", "inside", "12:10", { change: "pull:deployed", refs: [is("run", "8")], signals: deploys }),
      said("1", "12:20", "see", { mentions: ["pull:named"] }),
    ];
    const changes = [
      change("pull:named", ["pull:named"]),
      change("pull:deployed", ["pull:deployed", "deploy:checks", "deploy:inside"]),
      change("pull:quiet", ["pull:quiet"]),
    ];
    const result = draftOf(items, { normalized: { changes } });
    expect(result.entries.map((each) => each.evidence[0])).toEqual([
      "pull:deployed",
      "pull:named",
      "deploy:live",
      "deploy:inside",
      "message:1",
    ]);
    expect(result.changes.map((each) => each.id)).toEqual(["pull:named", "pull:deployed"]);
    expect(result.entries[0]!.phase).toBe("before");
  });

  it("cleans the texts that come in beside the items", () => {
    const hide = (text: string) => text.replaceAll("Ilse", "[someone]");
    const result = draft({
      incident: { id: "i", title: "Ilse's outage", start: at("12:00"), end: null },
      window: { ...WINDOW, incidentEnd: null },
      normalized: normalizedOf([], { unplaced: [{ scope: "#ilse", reason: "unknown kind", count: 1 }] }),
      anomalies: [anomaly("Ilse.errors", "12:00")],
      series: [series("Ilse.errors")],
      coverage: [
        {
          connector: "chat",
          source: "messages",
          scope: "C1",
          name: "#Ilse",
          asked: null,
          seen: 0,
          state: "failed",
          gaps: [{ reason: "forbidden", span: null, count: null, detail: "by Ilse", hint: "ask Ilse" }],
          visibility: "public",
        },
      ],
      roles: { plain: hide, url: () => null },
    });
    expect(result.incident.title).toBe("[someone]'s outage");
    expect(result.coverage[0]).toMatchObject({ name: "#[someone]", gaps: [{ detail: "by [someone]", hint: "ask [someone]" }] });
    expect(textOf(result.entries[0]!.text)).toContain("[someone].errors rose");
    expect(result.notes).toContain("1 record of #ilse could not be placed: unknown kind.");
  });

  it("gives evidence its hash and version, and URLs only as they may be shown", () => {
    const result = draftOf([item("message", "1", "12:00", { body: "x", visibility: "private" })], {
      roles: { plain: (text) => text, url: () => null },
    });
    expect(result.evidence).toEqual([
      {
        id: "message:1",
        kind: "test.message.seen",
        times: expect.any(Array),
        url: null,
        hash: "hash of message:1",
        visibility: "public",
        version: 1,
      },
    ]);
    expect(result.entries[0]).toMatchObject({ links: [], visibility: "private" });
  });

  it("names those whom the reader meets, in their order, and nobody else", () => {
    const people = ["chat:u2", "chat:u1", "chat:u3"].map((key) => ({ key, accounts: [key], firstSeen: null, function: "responder" }));
    const body = [{ type: "paragraph", inlines: [{ type: "role", person: "chat:u2" }] }] as const;
    const result = draftOf([said("1", "12:00", "x"), said("2", "12:01", "", { body, person: null })], { normalized: { people } });
    expect(result.people.map((each) => each.key)).toEqual(["chat:u2", "chat:u1"]);
  });

  it("says which clocks may be off, and moves nothing", () => {
    const suspectedSkew = [{ scope: "deploys", micros: 420e6, why: "3 runs stand 7 min after" }];
    const result = draftOf([item("deploy", "1", "12:00")], { normalized: { suspectedSkew } });
    expect(result.notes).toContain("The clock of deploys may be off by 7 min: 3 runs stand 7 min after. Nothing was moved.");
    expect(result.entries[0]!.at).toBe(at("12:00"));
  });

  it("puts no more forward than asked for, beside the milestones", () => {
    const loud = Array.from({ length: 60 }, (_, index) =>
      said(`m${index}`, `12:${String(index).padStart(2, "0")}`, "we rolled back the checkout service, errors recovered", {
        signals: { pinned: true },
      }),
    );
    const count = (most?: number) =>
      draftOf(loud, most === undefined ? {} : { highlights: { most } }).entries.filter((each) => each.highlighted).length;
    expect(count(5)).toBeLessThanOrEqual(8);
    expect(count()).toBeLessThanOrEqual(48);
  });

  it("says that a milestone before an earlier one is out of order, and takes no duration from it", () => {
    const result = draftOf([
      fired("a", "12:01"),
      fired("b", "12:02"),
      over("a", "12:05"),
      over("b", "12:06"),
      said("1", "12:30", "what was that?"),
    ]);
    expect(result.milestones.acknowledged).toMatchObject({ state: "found", at: at("12:30") });
    expect(result.milestones.recovered).toMatchObject({ state: "invalid order", at: at("12:06") });
    expect(result.durations.find((each) => each.name === "time to recover")!.micros).toBeNull();
  });
});
