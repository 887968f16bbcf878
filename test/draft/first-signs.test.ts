import { describe, expect, it } from "vitest";
import { draftOf, entryOf, fired, item, over, said } from "./builders.js";

/** What is at work from 12:10 on, and an alert of the outbreak. */
const OUTBREAK = [
  fired("checkout errors", "12:02"),
  over("checkout errors", "13:00"),
  ...["12:10", "12:14", "12:18", "12:22"].map((time, index) => said(`s${index}`, time, `checkout replica ${index} is behind`)),
];
const EARLIER = item("message", "seed", "11:12", {
  body: "emptied the data dir of the replica, starting a base copy",
  person: "chat:u1",
  scopeName: "#team-db",
});
const scoreOf = (items: Parameters<typeof draftOf>[0], evidence: string) => entryOf(draftOf([...OUTBREAK, EARLIER, ...items]), evidence);

describe("what led up to the outbreak", () => {
  it("lifts what those at work said since the first alert that was still firing when it broke out", () => {
    const lag = fired("replica lag", "11:05");
    const without = scoreOf([], "message:seed");
    const since = scoreOf([lag], "message:seed");
    expect(since.score).toBeGreaterThan(2 * without.score);
    expect(since.because).toContain("between the first signs and the incident channel");
    expect(scoreOf([lag], lag.id).because).toContain("was still firing when the impact began");
  });

  it.each([
    ["that was over before", [fired("replica lag", "11:05"), over("replica lag", "11:30")]],
    ["of another day", [fired("replica lag", "08:00")]],
    ["that only warns", [fired("replica lag", "11:05", { signals: { transition: "warned", severity: "warning" } })]],
  ])("is not led by an alert %s", (_, alerts) => {
    expect(scoreOf(alerts, "message:seed").because).not.toContain("between the first signs and the incident channel");
  });
});
