import { describe, expect, it } from "vitest";
import { draftOf, entryOf, fired, item, over, textOf } from "./builders.js";

const run = (attempt: number, time: string, outcome: "success" | "failure") =>
  item("deploy", `9/${attempt}`, time, {
    title: "Deploy the shop",
    change: "pull:9",
    refs: [{ type: "run", id: "acme/shop/9", relation: "is" }],
    signals: { deploys: true, outcome },
  });
const bot = (id: string, time: string, body: string, fields: Parameters<typeof item>[3] = {}) =>
  item("message", id, time, { body, program: "watcher", scopeName: "#alerts", signals: { automated: true }, ...fields });
const CHANGE = { id: "pull:9", items: [], title: [], revertedBy: [] };

describe("one happening is one entry", () => {
  it("folds what a monitor repeats and how it flaps, with a count, and keeps its last recovery", () => {
    const result = draftOf([
      fired("cart errors", "12:00"),
      fired("cart errors", "12:04"),
      over("cart errors", "12:06"),
      fired("cart errors", "12:10"),
      over("cart errors", "12:20"),
      fired("cart errors", "13:30"),
    ]);
    expect(result.entries.map((each) => each.evidence)).toEqual([
      ["alert:cart errors 12:00", "alert:cart errors 12:04", "alert:cart errors 12:06", "alert:cart errors 12:10"],
      ["alert:cart errors 12:20"],
      ["alert:cart errors 13:30"],
    ]);
    expect(textOf(result.entries[0]!.text)).toContain("(3 times in 10 min)");
    expect(result.evidence).toHaveLength(6);
  });

  it("folds the attempts of a run into the last one", () => {
    const result = draftOf([run(1, "12:00", "failure"), run(2, "12:07", "success")], { normalized: { changes: [CHANGE] } });
    expect(result.entries).toHaveLength(1);
    expect(result.entries[0]).toMatchObject({ evidence: ["deploy:9/1", "deploy:9/2"], at: entryOf(result, "deploy:9/2").at });
    expect(textOf(result.entries[0]!.text)).toContain("succeeded");
    expect(textOf(result.entries[0]!.text)).toContain("(first tried 7 min before)");
  });

  it("folds what a program wrote of an alert or a change into it, and nothing that a person wrote", () => {
    const result = draftOf(
      [
        fired("cart errors", "12:00"),
        bot("copy", "12:00:20", "[Triggered] cart errors"),
        item("message", "person", "12:00:30", { body: "cart errors again", person: "chat:u1" }),
        bot("later", "12:40", "cart errors: weekly report"),
        run(1, "12:50", "success"),
        bot("deployed", "12:50:30", "deployed", { mentions: ["pull:9"] }),
        bot("secret", "12:50:40", "deployed", { mentions: ["pull:9"], visibility: "private" }),
      ],
      { normalized: { changes: [CHANGE] } },
    );
    expect(result.entries.map((each) => each.evidence)).toEqual([
      ["alert:cart errors 12:00", "message:copy"],
      ["message:person"],
      ["message:later"],
      ["deploy:9/1", "message:deployed"],
      ["message:secret"],
    ]);
    expect(result.entries[0]!.links).toHaveLength(2);
  });

  it("tells monitors apart", () => {
    expect(draftOf([fired("cart errors", "12:00"), fired("disk", "12:01")]).entries).toHaveLength(2);
  });
});
