import { describe, expect, it } from "vitest";
import { briefOf } from "../../src/draft/index.js";
import { draftOf, fired, item, over, said } from "./builders.js";

const [ONE, TWO] = [{ person: "chat:u1" }, { person: "chat:u2" }];

/** Twelve words every two minutes, and then what the test adds. */
const TALK = Array.from({ length: 12 }, (_, index) =>
  said(
    `t${index}`,
    `12:${String(10 + 2 * index).padStart(2, "0")}`,
    `checkout step ${index} looks at shard${index} of the checkout`,
    index % 2 === 0 ? ONE : TWO,
  ),
);
const FRAME = [fired("checkout errors", "12:02"), over("checkout errors", "13:40"), said("end", "13:50", "all clear, closing this", TWO)];

const briefIn = (...items: Parameters<typeof draftOf>[0]) => briefOf(draftOf([...FRAME, ...TALK, ...items], { highlights: { most: 40 } }));

describe("briefOf", () => {
  it("tells the story in ten entries at the most, in their order, with those that mark milestones", () => {
    const { story } = briefIn();
    expect(story).toHaveLength(10);
    expect(story.map(({ at }) => at)).toEqual(story.map(({ at }) => at).toSorted((a, b) => a - b));
    expect(story.flatMap(({ milestone }) => milestone ?? [])).toEqual(expect.arrayContaining(["impactStart", "acknowledged", "resolved"]));
  });

  it("finds a long silence, and none where people write as seldom as ever", () => {
    const { stuck } = briefIn(said("late", "13:20", "checkout shard nine is full", ONE));
    expect(stuck.silences.map(({ after, micros }) => [after.evidence, micros / 60e6])).toEqual([
      [["message:t11"], 48],
      [["message:late"], 30],
    ]);
    const seldom = [12, 13].flatMap((hour) =>
      ["00", "20", "40"].map((minute) => said(`s${hour}${minute}`, `${hour}:${minute}`, "still copying checkout data", ONE)),
    );
    expect(briefOf(draftOf(seldom)).stuck.silences).toEqual([]);
  });

  it("finds questions that nobody else spoke after, in any language", () => {
    const asked = said("q", "12:50", "クォータは誰が決めますか？", ONE);
    expect(briefIn(asked).stuck.unanswered.map(({ evidence }) => evidence)).toEqual([["message:q"]]);
    expect(briefIn(asked, said("self", "12:52", "nobody?", ONE)).stuck.unanswered).toHaveLength(2);
    expect(briefIn(asked, said("a", "12:55", "the platform team", TWO)).stuck.unanswered).toEqual([]);
  });

  it("counts attempts of a run that came under one entry", () => {
    const run = (attempt: number, time: string) =>
      item("deploy", `9/${attempt}`, time, {
        signals: { deploys: true },
        change: "deploy:9/1",
        refs: [{ type: "run", id: "r/9", relation: "is" }],
      });
    const runs = [run(1, "12:40"), run(2, "12:45"), run(3, "12:51")];
    const change = { id: "deploy:9/1", items: runs.map(({ id }) => id), title: [], revertedBy: [] };
    const naming = said("names", "12:53", "the deploy fails again", { ...TWO, mentions: [change.id] });
    const { stuck } = briefOf(draftOf([...FRAME, ...TALK, ...runs, naming], { normalized: { changes: [change] } }));
    expect(stuck.attempts.map(({ entry, times }) => [entry.evidence.length, times])).toEqual([[3, 3]]);
    expect(briefIn(run(1, "12:40")).stuck.attempts).toEqual([]);
  });

  it("names people by their keys, whoever has most put forward first, with what each is to be asked", () => {
    const { ask } = briefIn(said("find", "12:36", "found it: the checkout shard is full since 11:58", TWO));
    expect(ask.map(({ person }) => person).toSorted()).toEqual(["chat:u1", "chat:u2"]);
    expect(ask.every(({ about }) => about.length > 0 && about.length <= 3)).toBe(true);
    expect(ask.flatMap(({ about }) => about).find(({ entry }) => entry.evidence.includes("message:find"))?.nature).toBe("knowledge");
  });

  it.each([
    ["sorry, my bad, I dropped the shard of the checkout", "self-blame"],
    ["das war meine Schuld, tut mir leid", "self-blame"],
    ["申し訳ありません、確認しませんでした", "self-blame"],
    ["I don’t think so, that makes no sense", "disagreement"],
    ["je ne suis pas d'accord", "disagreement"],
    ["my badge works again", null],
    ["the disagreement of the replicas grows", null],
  ])("takes %j as %s, and keeps neither words nor people of it", (body, sort) => {
    const { sensitive } = briefIn(said("x", "12:40", body, ONE));
    expect(sensitive.map((each) => each.sort)).toEqual(sort === null ? [] : [sort]);
    for (const passage of sensitive) {
      expect(Object.keys(passage).toSorted()).toEqual(["at", "scopeName", "sort", "url"]);
      expect(JSON.stringify(passage)).not.toMatch(/chat:u1|sorry|Schuld|makes no sense|d'accord/);
    }
  });

  it("says nothing where nothing is", () => {
    expect(briefOf(draftOf([]))).toEqual({
      story: [],
      stuck: { silences: [], attempts: [], fellBack: [], unanswered: [] },
      ask: [],
      sensitive: [],
    });
  });
});
