import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

const ID = "2026-03-04-checkout-errors";
/** Its channel is private, and read since it is named exactly. */
const SLACK = { channels: ["inc-*", "inc-0304-partners"] };
const SECTIONS = ["Summary for customers", "What helped"];
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.build({ settings: { public: { sections: SECTIONS } }, sections: { slack: SLACK } });
  await timeline(bench.folder, ["note", "secret words of a note", "--at", "12:05"]);
  const path = join(bench.folder, `out/${ID}.md`);
  const own =
    "## Summary for customers\n\nCarts were empty for an hour. <!-- not this -->\n\n## For us alone\n\nplanted-owner-words\n\n## Coverage";
  writeFileSync(path, readFileSync(path, "utf8").replace("## Coverage", own));
  await bench.build({ settings: { public: { sections: SECTIONS } }, sections: { slack: SLACK }, request: { publicSections: SECTIONS } });
});
afterAll(() => bench.close());

const summary = () => readFileSync(join(bench.folder, `out/${ID}.public.md`), "utf8");
const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[a-z0-9_-]{6,}/g) ?? []);

describe("--audience public", () => {
  it("is written as one more file, with milestones and durations", () => {
    expect(summary()).toMatch(
      /^# Incident of 2026-03-04\n\n## Summary\n\nThere was an incident from 2026-03-04 11:\d\d:\d\d UTC to 2026-03-04 1\d:\d\d:\d\d UTC\. The impact lasted /,
    );
    expect(summary()).toMatch(/## What happened\n\n- 2026-03-04 \d\d:\d\d:\d\d UTC: /);
    expect(summary()).toMatch(/computed from \d+ of \d+ records; [1-9]\d* are not public\./);
  });

  it("holds no link, host, channel, quote, title or role of anything that was collected", () => {
    const text = summary();
    const { entries, evidence, coverage } = bench.json() as ReturnType<Bench["json"]> & { evidence: readonly { id: string }[] };

    expect(text).not.toMatch(/https?:|www\.|#[a-z]|@/i);
    for (const { id } of evidence) expect(text).not.toContain(id);
    for (const { name } of coverage.filter((each) => each.name.length > 4)) expect(text).not.toContain(name);
    for (const { role } of entries) if (role !== null) expect(text).not.toContain(role);
    expect(text).not.toContain("Checkout errors");
    // Whatever else a source wrote with a digit or a dash in it: names of hosts, builds, queries.
    const said = wordsOf(text.slice(0, text.indexOf("## What is left out")));
    const odd = (word: string) => /[0-9_-]/.test(word) && !/^2026-03-0\d$/.test(word);
    expect(entries.flatMap((entry) => [...wordsOf(entry.text)].filter((word) => odd(word) && said.has(word)))).toEqual([]);
  });

  it("is computed from public evidence alone", () => {
    const { evidence } = bench.json();
    const restricted = evidence.filter(({ visibility }) => visibility === "private");
    const notes = evidence.filter(({ id }) => id.startsWith("note:"));

    expect(restricted.length).toBeGreaterThan(0);
    expect(notes).toHaveLength(1);
    const read = evidence.length - restricted.length - notes.length;
    expect(summary()).toContain(`computed from ${read} of ${evidence.length} records; ${restricted.length} are not public.`);
  });

  it("takes of the owner's words what the config allows, and nothing that was generated", () => {
    expect(summary()).toContain("## What we are doing\n\n### Summary for customers\n\nCarts were empty for an hour.\n");
    expect(summary()).not.toMatch(/planted-owner-words|not this|secret words of a note|What helped|What went well/);
  });

  it("gives the same bytes from an export, and leaves an edited one alone", async () => {
    const say = (...argv: string[]) => timeline(bench.folder, ["export", "--format", "json", ...argv, "--audience", "public"]);

    expect((await say("--out", "-")).out).toBe(summary());
    const { out } = await say("--out", "other", "--dry-run");
    expect(out).toContain(`  other/${ID}.public.md`);
    expect(existsSync(join(bench.folder, "other"))).toBe(false);
    expect((await say("--out", "out")).out).toContain(`out/${ID}.public.md  (nothing new)`);
    writeFileSync(join(bench.folder, `out/${ID}.public.md`), "Edited.\n");
    expect((await say("--out", "out")).out).toContain(`${ID}.public.new.md`);
    expect(summary()).toBe("Edited.\n");
  });

  it("does not tell a turn that only a private record tells of, nor its words", async () => {
    const { entries, milestones } = bench.json() as unknown as {
      readonly entries: ReturnType<Bench["json"]>["entries"];
      readonly milestones: Readonly<Record<string, { readonly at: string; readonly entries: readonly string[] }>>;
    };
    const { at, entries: ids } = milestones["acknowledged"]!;
    const turn = `- ${at.slice(0, 19).replace("T", " ")} UTC: somebody took it on`;
    const say = async () => (await timeline(bench.folder, ["export", "--format", "md", "--out", "-", "--audience", "public"])).out;
    expect(await say()).toContain(turn);

    const store = new Database(join(bench.folder, "store/timeline.db"));
    const hide = store.prepare("update record set evidence = json_set(evidence, '$.visibility', 'private', '$.title', ?) where id = ?");
    const hidden = entries.filter(({ id }) => ids.includes(id)).flatMap(({ evidence }) => evidence);
    const rows = hidden.map((id) => hide.run("planted https://wiki.internal.example/x db-7.internal.example", id).changes);
    store.close();

    expect(Math.max(...rows)).toBe(1);
    expect(await say()).not.toContain(turn);
    expect(await say()).not.toMatch(/planted|internal\.example/);
  });

  it("has nothing of private evidence, whatever field it stands in, and no time that only a private place told", async () => {
    const store = new Database(join(bench.folder, "store/timeline.db"));
    const rows = store.prepare("select record, evidence from record").all() as { record: number; evidence: string }[];
    const plant = store.prepare("update record set evidence = ? where record = ?");
    for (const { record, evidence } of rows) {
      const each = JSON.parse(evidence) as Planted;
      if (!isHidden(each)) continue;
      const planted = { ...each, visibility: "private", title: "plantedtitle", url: "https://plantedurl.example/", actor: null };
      const body = [{ type: "paragraph", inlines: [{ type: "text", text: "plantedbody db-7.internal.example" }] }];
      const more = { body, refs: [{ type: "tag", id: "plantedref" }], payload: { planted: "plantedpayload" } };
      plant.run(JSON.stringify({ ...planted, ...more }), record);
    }
    store.prepare("update series set visibility = 'private'").run();
    store.prepare("update incident set start_at = start_at + 61234567").run();
    store.close();

    const { out, code } = await timeline(bench.folder, ["export", "--format", "md", "--out", "-", "--audience", "public"]);
    const { incident } = JSON.parse((await timeline(bench.folder, ["show", "--json"])).out) as { incident: { start: string } };
    expect(code).toBe(0);
    expect(out).not.toMatch(/planted|internal\.example|inc-0304|C002DB9A2B/);
    expect(out).not.toContain(incident.start.slice(11, 19));
    const open = rows.map(({ evidence }) => JSON.parse(evidence) as Planted).filter((each) => !isHidden(each));
    expect(rows.length - open.length).toBeGreaterThan(100);
    const told = new Set(open.flatMap(({ times }) => times.flatMap(({ at }) => (at === null ? [] : [secondOf(at)]))));
    const printed = out.match(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g) ?? [];
    expect(out).toContain("When it began is not known from public records.");
    expect(printed.filter((time) => !told.has(time))).toEqual([]);
  });
});

interface Planted {
  readonly visibility: string;
  readonly connector: string;
  readonly times: readonly { readonly at: number | null }[];
}

/** What is private in this test: all but what stands at GitHub, so that no public record tells of a beginning. */
function isHidden({ visibility, connector }: Planted): boolean {
  return visibility === "private" || connector !== "github";
}

function secondOf(at: number): string {
  return new Date(Math.floor(at / 1_000_000) * 1000).toISOString().slice(0, 19).replace("T", " ");
}
