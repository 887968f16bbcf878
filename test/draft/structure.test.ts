import { describe, expect, it } from "vitest";
import { candidatesOf } from "../../src/draft/entries.js";
import { isResponder, settingOf } from "../../src/draft/scene.js";
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
  it("tells those at work from bystanders by how much they say", () => {
    const { scene } = sceneOf(AT_WORK);
    expect(["ute", "per", "gast", "niemand"].map((who) => isResponder(scene, `chat:${who}`))).toEqual([true, true, false, false]);
  });

  it("knows what the incident is about from what several texts say and others do not, in any language", () => {
    const others = Array.from({ length: 20 }, (_, n) => message(`n${n}`, "09:00", "x", `anderes ${n} 会議 ${n}`));
    const { scene, find } = sceneOf([
      ...AT_WORK,
      message("d1", "12:20", "ute", "決済が停止 しました", { ...channel, scopeName: "#vorfall" }),
      message("d2", "12:21", "per", "決済は まだ停止", { ...channel, scopeName: "#vorfall" }),
      message("e1", "12:25", "x", "warteraum? 停止?"),
      message("e2", "12:26", "x", "mahlzeit"),
      ...others,
    ]);
    expect(scene.topicOf(find("c4"))).toBeGreaterThan(0.1);
    expect(scene.topicOf(find("d2"))).toBeGreaterThan(0.1);
    expect(scene.topicOf(find("e1"))).toBeGreaterThan(0.1);
    expect(scene.topicOf(find("e2"))).toBe(0);
    expect(scene.topicOf(find("n1"))).toBe(0);
  });

  it("lets nothing speak for itself: what one message alone says is no topic", () => {
    const { scene, find } = sceneOf([...AT_WORK, message("f", "12:16", "per", "quarkspeise", { ...channel, scopeName: "#vorfall" })]);
    expect(scene.topicOf(find("f"))).toBe(0);
    expect(scene.words.rare(find("f"))).toBe(1);
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
