import { describe, expect, it } from "vitest";
import { MILESTONES, type Milestone, type MilestoneName } from "../../src/contract/draft.js";
import type { Item } from "../../src/contract/item.js";
import { orderedOf, type Candidate } from "../../src/draft/candidate.js";
import { candidatesOf } from "../../src/draft/entries.js";
import type { Milestones } from "../../src/draft/milestones.js";
import { durationsOf } from "../../src/draft/durations.js";
import { phasesOf } from "../../src/draft/phases.js";
import { settingOf } from "../../src/draft/scene.js";
import { withTopic } from "../../src/draft/topic.js";
import { inTotalOrder } from "../../src/contract/total-order.js";
import { at, fired, item, normalizedOf, over, said, WINDOW } from "./builders.js";

type Times = Partial<Record<MilestoneName, string>>;

function milestones(times: Times, state: Milestone["state"] = "found", entries: readonly string[] = []): Milestones {
  const named = Object.fromEntries(
    MILESTONES.map((name): [MilestoneName, Milestone] => {
      const time = times[name];
      return [name, { state: time === undefined ? "missing" : state, at: time === undefined ? null : at(time), entries, because: "" }];
    }),
  ) as Record<MilestoneName, Milestone>;
  return { named, ends: times.recovered === undefined ? [] : [at(times.recovered)] };
}

const ALL: Times = { impactStart: "12:01", acknowledged: "12:05", declared: "12:06", recovered: "12:40", resolved: "13:30" };

/** Nobody's words are English: what is told is told by who speaks, when, and by the sources. */
const STORY: Item[] = [
  fired("kasse", "12:02"),
  said("ack", "12:05", "jeg ser på det"),
  said("a", "12:08", "hvorfor er køen full?"),
  said("b", "12:10", "er det databasen?"),
  said("c", "12:30", "nå er den gamle versjonen ute"),
  item("pull", "9", "12:32", { title: "tilbake til den gamle" }),
  over("kasse", "12:40"),
  said("d", "12:41", "alt svarer", { signals: { reactions: 3 } }),
  said("e", "13:30", "ferdig", { signals: { reactions: 7 } }),
];

function phasesIn(items: readonly Item[], given: Milestones, story: (candidate: Candidate) => boolean = () => true) {
  const candidates = inTotalOrder(
    candidatesOf(normalizedOf(items), WINDOW, (url) => url),
    orderedOf,
  );
  const scene = withTopic(settingOf(candidates, WINDOW.incidentStart, WINDOW.incidentEnd!), "Kassen svarer ikke");
  return phasesOf(scene, given, candidates.filter(story));
}

describe("phasesOf", () => {
  const { phaseOf, notes } = phasesIn(STORY, milestones(ALL, "found", ["e1"]));

  it.each([
    ["12:00:59", "before"],
    ["12:01", "detection"],
    ["12:04:59", "detection"],
    ["12:05", "diagnosis"],
    ["12:10", "diagnosis"],
    ["12:32", "mitigation"],
    ["12:40", "recovery"],
    ["13:30", "recovery"],
    ["13:31", "after"],
  ])("puts %s into %s, whatever the language", (time, phase) => {
    expect(phaseOf(at(time))).toBe(phase);
    expect(notes).toEqual([]);
  });

  it("tells of a story that falls back into an earlier phase", () => {
    const again = [
      said("f", "12:50", "found it: the cache is empty because the job never ran"),
      said("g", "12:51", "confirmed, turns out the queue is missing since 11:00"),
    ];
    const fallen = phasesIn([...STORY, ...again], milestones(ALL));
    expect(["12:41", "12:51", "13:29"].map((time) => fallen.phaseOf(at(time)))).toEqual(["recovery", "diagnosis", "diagnosis"]);
    expect(fallen.borders.map(({ from }) => from)).toEqual(fallen.borders.map(({ from }) => from).toSorted((a, b) => a - b));
  });

  it("is not led by what does not belong to the story", () => {
    const alone = phasesIn(STORY, milestones(ALL), ({ entry }) => entry.at <= at("12:10"));
    expect(["12:32", "12:40", "13:29"].map((time) => alone.phaseOf(at(time)))).toEqual(["diagnosis", "diagnosis", "diagnosis"]);
  });

  it("falls back to the reported start and end at the ends, and says so", () => {
    const none = phasesIn([], milestones({}));
    expect(["11:59", "12:00", "13:59", "14:00"].map((time) => none.phaseOf(at(time)))).toEqual([
      "before",
      "detection",
      "detection",
      "after",
    ]);
    expect(none.notes).toEqual([
      'The border "impact start" was not found in order; "reported start" stands for it.',
      'The border "acknowledged" was not found in order; "impact start" stands for it.',
      'The border "resolved" was not found in order; "reported end" stands for it.',
    ]);
  });

  it("does not use a border that is out of order", () => {
    const { named, ends } = milestones(ALL);
    const wrong: Milestones = { named: { ...named, resolved: { ...named.resolved, at: at("12:03"), state: "invalid order" } }, ends };
    expect(phasesIn(STORY, wrong).phaseOf(at("13:59"))).toBe("recovery");
  });
});

describe("durationsOf", () => {
  it("gives null where an end is missing or out of order, never zero", () => {
    const found = durationsOf(milestones({ impactStart: "12:00", detected: "12:02" }).named);
    expect(found.map(({ name, micros }) => [name, micros])).toEqual([
      ["time to detect", 120e6],
      ["time to acknowledge", null],
      ["time to declare", null],
      ["time to mitigate", null],
      ["time to recover", null],
      ["time to resolve", null],
    ]);
    expect(durationsOf(milestones({ impactStart: "12:00", detected: "12:02" }, "invalid order").named)[0]!.micros).toBeNull();
  });
});
