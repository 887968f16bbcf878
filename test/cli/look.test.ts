import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench, type TimelineJson } from "../support/build-fixture.js";
import { timeline } from "./support.js";

interface Shown {
  readonly shown: number;
  readonly total: number;
  readonly entries: readonly {
    id: string;
    at: string;
    phase: string;
    category: string;
    highlighted: boolean;
    text: string;
    evidence: string[];
  }[];
}

const ID = "2026-03-04-checkout-errors";
let bench: Bench;
let file: TimelineJson;

beforeAll(async () => {
  bench = await openBench();
  await bench.build();
  file = JSON.parse(readFileSync(join(bench.folder, "out", `${ID}.json`), "utf8")) as TimelineJson;
});
afterAll(() => bench.close());

const say = (...argv: string[]) => timeline(bench.folder, argv);
const show = async (...flags: string[]) => JSON.parse((await say("show", "--json", ...flags)).out) as Shown;

describe("timeline list", () => {
  it("shows each incident with what its last build found", async () => {
    const { code, out } = await say("list");
    expect(code).toBe(0);
    const forward = file.entries.filter((entry) => entry.highlighted).length;
    expect(out).toContain(
      `${ID}\n  Checkout errors\n  2026-03-04 11:20:00Z to 2026-03-04 13:05:00Z; ${forward} of ${file.entries.length} entries`,
    );
    expect(JSON.parse((await say("list", "--json")).out)).toMatchObject({
      incidents: [{ id: ID, lastBuild: { entries: file.entries.length } }],
    });
  });
});

describe("timeline show", () => {
  it("makes the draft of the build again, without network and token", async () => {
    const calls = bench.server.calls.length;
    const { shown, total, entries } = await show("--all");
    expect(bench.server.calls.length).toBe(calls);
    expect({ shown, total }).toEqual({ shown: file.entries.length, total: file.entries.length });
    expect(entries.map(({ id, at, phase }) => ({ id, at, phase }))).toEqual(file.entries.map(({ id, at, phase }) => ({ id, at, phase })));
  });

  it("puts forward what the draft puts forward, in the terminal's words as well", async () => {
    const { entries, total } = await show();
    const { out } = await say("show");
    expect(entries.every((entry) => entry.highlighted)).toBe(true);
    expect(out).toContain(`${entries.length} of ${total} entries shown`);
    for (const { id } of entries) expect(out).toContain(`[${id}]`);
    expect(out).toMatch(/▁+.*█.* {2}\d\d:\d\dZ to \d\d:\d\dZ, \S+ to \S+\n/);
    expect(out).not.toContain("\u001b");
  });

  it("puts fewer or more forward when it is told how many", async () => {
    const [few, usual, many] = [await show("--highlights", "12"), await show(), await show("--highlights", "200")];
    expect(few.shown).toBe(12);
    expect(usual.shown).toBeGreaterThan(few.shown);
    expect(many.shown).toBeGreaterThanOrEqual(usual.shown);
    expect((await say("show", "--highlights", "none")).code).toBe(2);
  });

  it("finds by phase, kind, source, text and time of day", async () => {
    const { entries: all } = await show("--all");
    const ids = async (...flags: string[]) => (await show(...flags)).entries.map(({ id }) => id);
    const idsOf = (test: (entry: Shown["entries"][number]) => boolean) => all.filter(test).map(({ id }) => id);
    expect(await ids("--all", "--phase", "mitigation")).toEqual(idsOf((entry) => entry.phase === "mitigation"));
    expect(await ids("--kind", "change")).toEqual(idsOf((entry) => entry.category === "change"));
    expect(await ids("--source", "datadog")).toEqual(idsOf((entry) => entry.evidence.some((id) => id.startsWith("datadog-"))));
    expect(await ids("--text", "STOCK")).toEqual(idsOf((entry) => entry.text.replace(/\s+/g, " ").toLowerCase().includes("stock")));
    const near = await ids("--around", "11:31");
    expect(near).toEqual(idsOf((entry) => entry.at >= "2026-03-04T11:16:00Z" && entry.at <= "2026-03-04T11:46:00Z"));
    expect(near.length).toBeGreaterThan(5);
  });

  it("lists the changes before an entry, the nearest first", async () => {
    const { entries: all } = await show("--all");
    const alert = all.find((entry) => entry.category === "alert")!;
    const { entries } = await show("--before", alert.id);
    const expected = all.filter((entry) => entry.category === "change" && entry.at < alert.at).map(({ at }) => at);
    expect(entries.map(({ at }) => at)).toEqual(expected.reverse());
  });

  it("shows local times beside UTC when the config names a zone", async () => {
    const { out } = await timeline(bench.folder, ["show"], { TIMELINE_TIMEZONE: "Europe/Berlin" });
    expect(out).toContain("11:31:10Z (12:31:10 +01:00)");
  });
});

describe("the owner's file", () => {
  it("is what show and explain show, with what was generated beside it", async () => {
    const path = join(bench.folder, "out", `${ID}.md`);
    const before = readFileSync(path, "utf8");
    const [changed, deleted] = file.entries.filter(({ highlighted, kind }) => highlighted && kind === "slack.message.posted");
    const lineOf = (id: string) => before.split("\n").find((line) => line.includes(`<!-- e:${id} `))!;
    const ours = lineOf(changed!.id).replace(/\*\* .* <!--/, "** in the words of the owner <!--");
    writeFileSync(path, before.replace(lineOf(changed!.id), ours).replace(`${lineOf(deleted!.id)}\n`, ""));
    const shown = (...argv: string[]) =>
      timeline(bench.folder, ["show", ...argv, "--json"]).then(({ out }) => JSON.parse(out) as OwnersShown);
    const [some, all, anew] = [await shown(), await shown("--all"), await shown("--highlights", "400")];
    const { out } = await timeline(bench.folder, ["explain", changed!.id]);
    writeFileSync(path, before);

    expect(some.entries.find(({ id }) => id === changed!.id)).toMatchObject({
      text: "in the words of the owner",
      original: { text: changed!.text },
    });
    expect(some.entries.map(({ id }) => id)).not.toContain(deleted!.id);
    expect(all.entries.find(({ id }) => id === deleted!.id)).toMatchObject({ highlighted: false, original: { highlighted: true } });
    expect(anew.entries.map(({ id }) => id)).toContain(deleted!.id);
    expect(out).toContain("the owner has changed it; generated was text: ");
  });
});

interface OwnersShown {
  readonly entries: readonly {
    readonly id: string;
    readonly text: string;
    readonly highlighted: boolean;
    readonly original: object | null;
  }[];
}

describe("timeline explain", () => {
  it("tells every time, version, reason and link of a message", async () => {
    const { entries } = await show();
    const message = entries.find((entry) => entry.evidence[0]!.startsWith("slack:"))!;
    const { code, out } = await say("explain", message.id);
    expect(code).toBe(0);
    expect(out).toContain(`Evidence ${message.evidence[0]}`);
    expect(out).toMatch(/posted: 2026-03-04T.*Z, to 1 µs, written "\d+\.\d+"/);
    expect(out).toContain("version 1 of 1, sha-256 ");
    expect(out).toContain("put forward, score ");
    expect((await say("explain", message.evidence[0]!)).out).toBe(out);
  });
});

describe("timeline explain, of a finding", () => {
  it("tells what is usual, and the test that fired with its figures", async () => {
    const [id] = (await show()).entries.map(({ evidence }) => evidence[0]!).filter((each) => each.startsWith("datadog-metric:"));
    const { out } = await say("explain", id!);
    expect(out).toContain(`Finding ${id} (`);
    expect(out.replaceAll(/\s+/g, " ")).toMatch(
      /usual is told from the samples before.* test of levels: .* changed by \S+; such changes scatter by/,
    );
  });
});

describe("timeline explain, of a change", () => {
  it("names the others of its change with what links them", async () => {
    const { entries } = await show("--all");
    const change = file.changes.find((each) => each.entries.length > 2)!;
    const pull = entries.find((entry) => change.entries.includes(entry.id) && entry.evidence[0]!.startsWith("github-pr:"))!;
    const { out } = await say("explain", pull.id);
    expect(out).toContain(`with ${change.entries.length - 1} other entries`);
    for (const id of change.entries.filter((each) => each !== pull.id)) expect(out).toContain(`[${id}]`);
    expect(out).toMatch(/\[e[0-9a-f]{15}\], by (pull|sha) \S+/);
  });
});

describe("bad input", () => {
  it.each([
    [["show", "--incident", "2026-03-04-chekout-errors"], `Did you mean ${ID}?`],
    [["show", "--phase", "mitigaton"], "Did you mean mitigation?"],
    [["show", "--around", "25:99"], "is not a time that can be used"],
    [["show", "--before", "nothing"], 'There is no entry "nothing"'],
    [["explain", "nothing"], 'There is no entry or evidence "nothing"'],
    [["list", "--config", "none.json"], "does not exist"],
    [["lst"], "(Did you mean list?)"],
    [["show", "--al"], "(Did you mean --all?)"],
  ])("%j ends with 2 and says what to do", async (argv, words) => {
    const { code, out, err } = await say(...argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n\s+at /);
    expect(err.split("\n").length).toBeLessThan(24);
  });
});
