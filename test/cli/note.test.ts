import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench, type TimelineJson } from "../support/build-fixture.js";
import { timeline } from "./support.js";

const ID = "2026-03-04-checkout-errors";
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.build();
});
afterAll(() => bench.close());

const say = (...argv: string[]) => timeline(bench.folder, argv);
const idIn = (out: string) => /\[(note:[0-9a-f]{12})\]/.exec(out)![1]!;
const notes = async () => {
  const { out } = await say("show", "--json", "--kind", "owner.note");
  return (
    JSON.parse(out) as { entries: { id: string; at: string; phase: string; text: string; because: string[]; highlighted: boolean }[] }
  ).entries;
};

describe("timeline note", () => {
  it("is shown at once, without network, and by the next build in every format, in total order", async () => {
    const calls = bench.server.calls.length;
    const { code, out } = await say("note", "switched", "the", "cards", "to", "the", "old", "bundle", "--at", "12:05");
    expect(code).toBe(0);
    expect(out).toContain(`Noted in ${ID} at 2026-03-04 12:05:00Z: switched the cards to the old bundle [note:`);
    const id = idIn(out);
    const shown = { id, at: "2026-03-04T12:05:00Z", text: "switched the cards to the old bundle" };
    expect(await notes()).toMatchObject([{ ...shown, because: ["added by hand"], highlighted: true }]);
    expect(bench.server.calls.length).toBe(calls);

    await bench.build();
    const file = bench.json();
    const places = file.entries.map(({ at }) => at);
    expect(places).toEqual([...places].sort((a, b) => Date.parse(a) - Date.parse(b)));
    expect(file.entries.find((entry) => entry.id === id)).toMatchObject({ ...shown, kind: "owner.note", evidence: [id] });
    const place = file.entries.findIndex((entry) => entry.id === id);
    expect(file.entries[place]!.phase).toBe(file.entries[place - 1]!.phase);
    expect(file.evidence.find((each) => each.id === id)).toBeDefined();
    expect(bench.markdown()).toMatch(/- \*\*12:05\*\* _new_ · switched the cards to the old bundle/);
  });

  it.each([
    [["--at", "12:05:30"], "2026-03-04 12:05:30Z", 1e6],
    [["--at", "9:07"], "2026-03-04 09:07:00Z", 60e6],
    [["--at", "13:07", "--tz", "Europe/Berlin"], "2026-03-04 12:07:00Z", 60e6],
    [["--at", "2026-03-04T12:06:07.250Z"], "2026-03-04 12:06:07Z", 1000],
    [["--at", "2026-03-03T10:00Z"], "2026-03-03 10:00:00Z", 60e6],
    [["--at", "-10m"], "2026-03-20 08:50:00Z", 60e6],
    [[], "2026-03-20 09:00:00Z", 1e6],
  ])("takes %j for %s", async (flags, at, precisionMicros) => {
    const { code, out } = await say("note", `said with ${flags.join(" ")}`, ...flags);
    expect(code).toBe(0);
    expect(out).toContain(`at ${at}`);
    const explained = await say("explain", "--json", idIn(out));
    expect(JSON.parse(explained.out)).toMatchObject({ evidence: [{ times: [{ meaning: "noted", precisionMicros }] }] });
    await say("note", "--remove", idIn(out));
  });

  it("masks secrets before it is written", async () => {
    const token = ["xoxb", "210987654321", "1098765432109", "AbCdEfGhIjKlMnOpQrStUvWx"].join("-");
    const { out } = await say("note", `used ${token} by mistake`, "--at", "12:10");
    expect(out).toContain("masked before it was written: slack token");
    expect(readFileSync(join(bench.folder, "store/timeline.db")).includes(token)).toBe(false);
    expect((await notes()).some(({ text }) => text === "used [masked: slack token] by mistake")).toBe(true);
    await say("note", "--remove", idIn(out));
  });

  it("can be withdrawn, and noted again", async () => {
    const { out } = await say("note", "one too many", "--at", "12:11");
    const before = await notes();
    expect((await say("note", "--remove", idIn(out), "--dry-run")).out).toContain("Would be withdrawn");
    expect(await notes()).toEqual(before);
    const gone = await say("note", "--remove", idIn(out));
    expect(gone).toMatchObject({ code: 0, out: `Withdrawn from ${ID}: 2026-03-04 12:11:00Z one too many\n` });
    expect((await notes()).map(({ text }) => text)).not.toContain("one too many");
    expect((await say("note", "--remove", idIn(out))).code).toBe(2);
    await say("note", "one too many", "--at", "12:11");
    expect(await notes()).toEqual(before);
    await say("note", "--remove", idIn(out));
  });

  it("writes nothing in a dry run, and the same note once", async () => {
    const before = await notes();
    expect((await say("note", "only asked", "--at", "12:12", "--dry-run")).out).toContain("Would be noted");
    expect(await notes()).toEqual(before);
    await say("note", "said twice", "--at", "12:13");
    await say("note", "said twice", "--at", "12:13");
    expect(await notes()).toHaveLength(before.length + 1);
  });

  it("survives a build that reads everything anew", async () => {
    await say("note", "kept for good", "--at", "12:14");
    await bench.build({ request: { refresh: true } });
    const file = JSON.parse(readFileSync(join(bench.folder, "out", `${ID}.json`), "utf8")) as TimelineJson;
    expect(file.entries.filter(({ kind }) => kind === "owner.note").map(({ text }) => text)).toContain("kept for good");
  });

  it("keeps a text of many forms as it was typed", async () => {
    const text = "<script>alert(1)</script> | *bold* -- `x` \u202e \u0000 =1+1";
    const { code } = await say("note", "--at", "12:15", "--", text);
    expect(code).toBe(0);
    const { out } = await say("show", "--kind", "owner.note");
    expect(out).toContain("<script>alert(1)</script> | *bold* -- `x` \\u202e ␀ =1+1");
  });
});

describe("bad input", () => {
  it.each([
    [["note"], "NOTE_EMPTY", "Nothing is said to note"],
    [["note", "  "], "NOTE_EMPTY", "Nothing is said to note"],
    [["note", "much longer than a note ".repeat(200)], "NOTE_LONG", "at most 4000"],
    [["note", "x", "--at", "23:30"], "TIME_INVALID", "no day within six hours of the incident"],
    [["note", "x", "--at", "yesterday"], "TIME_INVALID", "not a time that can be used"],
    [["note", "x", "--at", "25:61"], "TIME_INVALID", "no such date, time"],
    [["note", "x", "--at", "2027-01-01T00:00:00Z"], "TIME_INVALID", "lies ahead"],
    [["note", "x", "--tz", "Europe/Berln", "--at", "12:00"], "USAGE", "not a time zone"],
    [["note", "--remove", "note:000000000000"], "NOTE_UNKNOWN", "has no note"],
    [["note", "x", "--remove", "note:000000000000"], "FLAG_INVALID", "neither a text nor --at"],
    [["note", "x", "--incident", "2026-03-04-chekout-errors"], "INCIDENT_UNKNOWN", `Did you mean ${ID}?`],
  ])("%# %s ends with 2", async (argv, id, words) => {
    const { code, out, err } = await say(...argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`[${id}]`);
    expect(err).toContain(words);
  });
});
