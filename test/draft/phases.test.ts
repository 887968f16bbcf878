import { describe, expect, it } from "vitest";
import type { Milestone, MilestoneName } from "../../src/contract/draft.js";
import { MILESTONES } from "../../src/contract/draft.js";
import type { Milestones } from "../../src/draft/milestones.js";
import { durationsOf } from "../../src/draft/durations.js";
import { phasesOf } from "../../src/draft/phases.js";
import { at, item } from "./builders.js";

type Times = Partial<Record<MilestoneName, string>>;

function milestones(times: Times, firstMitigation: string | null, state: Milestone["state"] = "found"): Milestones {
  const named = Object.fromEntries(
    MILESTONES.map((name): [MilestoneName, Milestone] => {
      const time = times[name];
      return [name, { state: time === undefined ? "missing" : state, at: time === undefined ? null : at(time), entries: [], because: "" }];
    }),
  ) as Record<MilestoneName, Milestone>;
  const action = item("message", "m", firstMitigation ?? "00:00");
  const entry = { at: action.at } as NonNullable<Milestones["firstMitigation"]>["entry"];
  return {
    named,
    firstMitigation: firstMitigation === null ? null : { entry, item: action, anomaly: null, plain: "" },
    isMitigatedByAct: false,
  };
}

const ALL: Times = { impactStart: "12:01", acknowledged: "12:05", mitigated: "12:40", resolved: "13:30" };

describe("phasesOf", () => {
  it.each([
    ["12:00:59", "before"],
    ["12:01", "detection"],
    ["12:04:59", "detection"],
    ["12:05", "diagnosis"],
    ["12:20", "mitigation"],
    ["12:40", "recovery"],
    ["13:29:59", "recovery"],
    ["13:30", "after"],
  ])("puts %s into %s", (time, phase) => {
    const { phaseOf, notes } = phasesOf(milestones(ALL, "12:20"), at("12:00"), at("14:00"));
    expect(phaseOf(at(time))).toBe(phase);
    expect(notes).toEqual([]);
  });

  it("lets the next border that was found stand for a missing one, and says so", () => {
    const { phaseOf, notes } = phasesOf(milestones({ ...ALL, acknowledged: undefined! }, null), at("12:00"), at("14:00"));
    expect([at("12:39"), at("12:40")].map(phaseOf)).toEqual(["detection", "recovery"]);
    expect(notes).toEqual([
      'The border "acknowledged" was not found in order; "first mitigating action" stands for it.',
      'The border "first mitigating action" was not found in order; "mitigated" stands for it.',
    ]);
  });

  it("leaves the act that mitigates in the mitigation, and the message that ends it in the recovery", () => {
    const { named, ...rest } = milestones(ALL, "12:20");
    const resolved = { ...named.resolved, entries: ["e1"] };
    const { phaseOf } = phasesOf({ ...rest, named: { ...named, resolved }, isMitigatedByAct: true }, at("12:00"), at("14:00"));
    expect([at("12:40"), at("12:40") + 1, at("13:30"), at("13:30") + 1].map(phaseOf)).toEqual([
      "mitigation",
      "recovery",
      "recovery",
      "after",
    ]);
  });

  it("falls back to the reported start and end at the ends", () => {
    const { phaseOf, notes } = phasesOf(milestones({}, null), at("12:00"), at("14:00"));
    expect([at("11:59"), at("12:00"), at("13:59"), at("14:00")].map(phaseOf)).toEqual(["before", "detection", "detection", "after"]);
    expect(notes).toHaveLength(5);
  });

  it("does not use a border that is out of order", () => {
    const { phaseOf } = phasesOf(milestones({ ...ALL, acknowledged: "12:50" }, "12:20"), at("12:00"), at("14:00"));
    expect(phaseOf(at("12:19"))).toBe("detection");
    expect(phaseOf(at("12:20"))).toBe("mitigation");
  });
});

describe("durationsOf", () => {
  it("gives null where an end is missing or out of order, never zero", () => {
    const found = durationsOf(milestones({ impactStart: "12:00", detected: "12:02" }, null).named);
    expect(found.map(({ name, micros }) => [name, micros])).toEqual([
      ["time to detect", 120e6],
      ["time to acknowledge", null],
      ["time to declare", null],
      ["time to mitigate", null],
      ["time to recover", null],
      ["time to resolve", null],
    ]);
    expect(durationsOf(milestones({ impactStart: "12:00", detected: "12:02" }, null, "invalid order").named)[0]!.micros).toBeNull();
  });
});
