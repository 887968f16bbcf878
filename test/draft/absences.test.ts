import { expect, it } from "vitest";
import { at, draftOf, fired, item, over, said } from "./builders.js";

const [ONE, TWO] = [{ person: "chat:u1" }, { person: "chat:u2" }];
const TALK = Array.from({ length: 10 }, (_, index) =>
  said(`t${index}`, `12:${10 + 2 * index}`, `checkout step ${index} of shard${index}`, index % 2 === 0 ? ONE : TWO),
);
const ALERTS = [fired("checkout errors", "12:04"), over("checkout errors", "12:35")];
const QUIET = [
  said("m1", "12:30", "still checkout", ONE),
  said("m2", "12:40", "checkout answers again", TWO),
  said("m3", "12:50", "looks fine", ONE),
];

function asked(items: Parameters<typeof draftOf>[0]): Map<string, string[]> {
  const { questions, entries } = draftOf([...ALERTS, ...TALK, ...QUIET, ...items], { highlights: { most: 60 } });
  const found = new Map<string, string[]>();
  for (const { entry, text } of questions) {
    const evidence = entries.find(({ id }) => id === entry)?.evidence[0] ?? "";
    found.set(evidence, [...(found.get(evidence) ?? []), text]);
  }
  return found;
}

const textsOf = (items: Parameters<typeof draftOf>[0]) => [...asked(items).values()].flat().join("\n");

it("asks what was done while nobody wrote for long", () => {
  expect(textsOf([])).not.toContain("Nobody at work wrote");
  const late = [said("late", "13:40", "checkout copy is done, 4 of 4 shards", TWO)];
  expect(textsOf(late)).toContain("Nobody at work wrote in the incident's channel for 50 min after this.");
});

it("asks how a sign would have been known that nobody spoke after", () => {
  expect(textsOf([])).not.toContain("Nobody is seen to have spoken");
  const later = TALK.filter(({ at: instant }) => instant > at("12:20"));
  const { questions, entries } = draftOf([...ALERTS, ...later, ...QUIET]);
  const unseen = questions.find(({ text }) => text.startsWith("Nobody is seen to have spoken within 15 min of this."));
  expect(entries.find(({ id }) => id === unseen?.entry)?.evidence).toEqual([ALERTS[0]!.id]);
});

it("asks what was looked at after an act that nothing tells the end of", () => {
  const act = item("pull", "8", "13:10", {
    title: "Revert the checkout shard",
    refs: [{ type: "pull", id: "7", relation: "reverts" }],
    change: "pull:8",
  });
  const changes = [{ id: "pull:8", items: ["pull:8"], title: [], revertedBy: [] }];
  const naming = said("names", "12:44", "the revert of the checkout shard is up", { ...ONE, mentions: ["pull:8"] });
  const questions = (items: Parameters<typeof draftOf>[0]) =>
    draftOf([...ALERTS, ...TALK, ...QUIET, naming, act, ...items], { highlights: { most: 60 }, normalized: { changes } }).questions.map(
      ({ text }) => text,
    );
  expect(questions([]).join("\n")).toContain("What was looked at to see whether it had worked?");
  expect(questions([said("seen", "13:15", "checkout errors at zero", TWO)]).join("\n")).not.toContain("whether it had worked");
});

it("asks for the other ways where a decision stands alone", () => {
  const alone = said("decide", "13:10", "let's fail over the checkout shard, go ahead", ONE);
  expect(asked([alone]).get("message:decide")?.join(" ")).toContain("No other way is seen to have been talked over");
  const weighed = [said("ask", "13:05", "fail over the checkout shard, or wait for it?", TWO), alone];
  expect(textsOf(weighed)).not.toContain("No other way");
});

it("asks what would have shown a first sign that came long before it was detected", () => {
  const early = fired("checkout queue", "11:20", { signals: { transition: "triggered", severity: "critical" } });
  expect(asked([early]).get(early.id)?.join(" ")).toContain("This was 44 min before it was detected.");
  expect(textsOf([])).not.toContain("before it was detected");
});
