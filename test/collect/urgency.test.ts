import { describe, expect, it } from "vitest";
import { announced } from "../../src/collect/announce.js";
import { createTally } from "../../src/collect/tally.js";
import { urgencyOf } from "../../src/collect/urgency.js";
import type { Signals } from "../../src/contract/evidence.js";
import { at, hashed, message } from "../store/samples.js";
import { windowOf } from "../../src/contract/testing/collect-scenario.js";
import { toIso } from "../../src/kit/instant.js";

describe("urgencyOf", () => {
  it("puts changes and alerts of the window first, then the rest of it, then context", () => {
    const of = (categories: readonly ("change" | "alert" | "metric" | "conversation")[], purpose: "window" | "lookback" | "baseline") =>
      urgencyOf({ categories }, purpose);
    expect(of(["change"], "window")).toBeLessThan(of(["conversation"], "window"));
    expect(of(["change", "alert"], "window")).toBe(of(["alert"], "window"));
    expect(of(["metric"], "window")).toBeLessThan(of(["change"], "lookback"));
    expect(of(["metric"], "baseline")).toBe(of(["change"], "lookback"));
    expect(urgencyOf({ categories: ["change"], costly: true }, "window")).toBe(of(["change"], "lookback"));
  });
});

describe("createTally", () => {
  it("counts each part of each scope once", () => {
    const tally = createTally(200);
    expect(tally.share()).toBe(0);
    tally.done("a", { from: 0, until: 50 });
    tally.done("a", { from: 25, until: 75 });
    expect(tally.share()).toBe(0.375);
    tally.done("b", { from: 0, until: 50 });
    expect(tally.share()).toBe(0.625);
    tally.done("b", { from: 0, until: 500 });
    expect(tally.share()).toBe(1);
    expect(createTally(0).share()).toBe(1);
  });
});

describe("announced", () => {
  const kinds = {
    "chat.message.posted": { placedBy: ["posted"], category: "conversation", says: "{body}" },
    "ci.run.ended": { placedBy: ["posted"], category: "change", says: "{actor}: run {outcome} in {scope}: {title}" },
  } as const;
  const window = windowOf(toIso(at - 1_000_000), toIso(at + 1_000_000));
  const run = (id: string, signals: Signals, placedAt = at) =>
    hashed(message(id, placedAt, { kind: "ci.run.ended", title: "Deploy\nmain", signals }));
  const from = { connector: "ci", source: "runs", scope: "acme/shop", kinds, window };

  it("tells of what deploys, fails or changes something, in the order of time, and of nothing routine", () => {
    const page = [
      run("late", { outcome: "failure" }, at + 10),
      run("deploys", { outcome: "success", deploys: true }),
      run("passed", { outcome: "success" }),
      run("again", { transition: "renotified" }),
      run("outside", { outcome: "failure" }, at + 5_000_000),
      hashed(message("talk", at)),
    ];
    const found = announced(page, from);
    expect(found.map(({ id }) => id)).toEqual(["deploys", "late"]);
    expect(found[0]).toMatchObject({ type: "found", at, category: "change", connector: "ci", source: "runs", scope: "acme/shop" });
    expect(found[0]!.text).toBe("somebody: run success in acme/shop: Deploy main");
  });
});
