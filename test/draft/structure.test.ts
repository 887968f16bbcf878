import { describe, expect, it } from "vitest";
import { candidatesOf } from "../../src/draft/entries.js";
import { settingOf } from "../../src/draft/scene.js";
import { withTopic } from "../../src/draft/topic.js";
import type { Item } from "../../src/contract/item.js";
import { at, item, normalizedOf, WINDOW } from "./builders.js";

const channel = { signals: { incidentChannel: true } } as const;

function message(id: string, time: string, person: string, body: string, extra: Parameters<typeof item>[3] = {}): Item {
  return item("message", id, time, { person: `chat:${person}`, body, scopeName: "#werkbank", ...extra });
}

function sceneOf(items: Item[]) {
  const candidates = candidatesOf(normalizedOf(items), WINDOW, (url) => url);
  const scene = withTopic(settingOf(candidates, at("12:00"), at("14:00")), "Kasse steht");
  const find = (id: string) => candidates.find((each) => each.entry.evidence[0] === `message:${id}`)!;
  return { scene, find };
}

const AT_WORK = [
  message("c1", "12:10", "ute", "kasse antwortet nicht", { ...channel, scopeName: "#vorfall" }),
  message("c2", "12:11", "per", "schaue nach", { ...channel, scopeName: "#vorfall" }),
  message("c3", "12:12", "ute", "der warteraum ist voll", { ...channel, scopeName: "#vorfall" }),
  message("c4", "12:13", "per", "warteraum wird geleert", { ...channel, scopeName: "#vorfall" }),
  message("c5", "12:14", "gast", "viel glueck", { ...channel, scopeName: "#vorfall" }),
  message("c6", "12:15", "per", "warteraum ist leer", { ...channel, scopeName: "#vorfall" }),
];

describe("signals that read no word for its meaning", () => {
  it("counts responders who have a place to themselves, and not those among others", () => {
    const { scene, find } = sceneOf([
      ...AT_WORK,
      message("a1", "11:50", "ute", "hm"),
      message("a2", "11:51", "per", "komisch"),
      message("b1", "11:50", "ute", "mahlzeit", { scopeName: "#kantine" }),
      message("b2", "11:51", "per", "mahlzeit", { scopeName: "#kantine" }),
      ...["x", "y", "z"].map((who) => message(`b-${who}`, "11:52", who, "mahlzeit", { scopeName: "#kantine" })),
    ]);
    expect([find("a1"), find("b1"), find("b-x")].map((each) => scene.company.get(each))).toEqual([2, 1, undefined]);
    expect([...scene.homes]).toEqual(["#werkbank"]);
    expect(scene.responders.has("chat:gast")).toBe(false);
  });

  it("finds who first named what others then spoke of", () => {
    const { scene, find } = sceneOf([...AT_WORK, ...Array.from({ length: 20 }, (_, n) => message(`n${n}`, "09:00", "x", `anderes ${n}`))]);
    expect(scene.firstNamed.get(find("c3"))).toBeGreaterThan(0.1);
    expect(scene.firstNamed.get(find("c4"))).toBe(0);
  });

  it("tells formulas by their sameness at either end", () => {
    const { scene, find } = sceneOf([
      message("f1", "12:00", "a", "bitte denkt an die liste vorne im blauen buch"),
      message("f2", "12:30", "b", "bitte denkt an die liste hinten im roten heft"),
      message("f3", "12:40", "b", "ganz etwas eigenes steht hier geschrieben"),
    ]);
    expect([find("f1"), find("f2"), find("f3")].map((each) => scene.formulas.has(each))).toEqual([true, true, false]);
  });
});
