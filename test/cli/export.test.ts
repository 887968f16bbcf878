import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Format } from "../../src/contract/export.js";
import { json } from "../../src/export/json.js";
import { exporters } from "../../src/export/index.js";
import { csvRows } from "../export/support/csv-rows.js";
import { openBench, type Bench, type TimelineJson } from "../support/build-fixture.js";
import { timeline } from "./support.js";

const ID = "2026-03-04-checkout-errors";
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.build();
  await timeline(bench.folder, ["note", "turned the feature off", "--at", "12:05"]);
  await bench.build();
});
afterAll(() => bench.close());

const say = (...argv: string[]) => timeline(bench.folder, argv);
const read = (folder: string, extension: string) => readFileSync(join(bench.folder, folder, `${ID}.${extension}`), "utf8");
const toOut = async (format: Format) => (await say("export", "--format", format, "--out", "-")).out;

describe("timeline export", () => {
  it("writes what the build wrote, apart from the stamp, without network", async () => {
    const calls = bench.server.calls.length;
    const { code, out } = await say("export", "--format", "md,json,csv,jsonl,html", "--out", "again");
    expect(code).toBe(0);
    const files = exporters.map(({ extension }) => `  again/${ID}${extension}\n`).join("");
    const charts = readdirSync(join(bench.folder, `again/${ID}.charts`));
    expect(out).toBe(`Written\n${files}  again/${ID}.charts/  (${charts.length} charts)\n`);
    expect(bench.server.calls.length).toBe(calls);
    expect(read("again", "md")).toBe(read("out", "md"));
    expect(json.untouchedHash(read("again", "json"))).toBe(json.untouchedHash(read("out", "json")));
    expect((await say("export", "--out", "out")).out).toContain(`out/${ID}.md  (nothing new)`);
  });

  it("gives the same bytes again, in a file and on standard output", async () => {
    await say("export", "--format", "md,json,csv,jsonl,html", "--out", "again");
    for (const { format } of exporters) expect(await toOut(format)).toBe(read("again", format));
  });

  it("has the same entries in the same order, the ledger and the counts in every format", async () => {
    const file = JSON.parse(await toOut("json")) as TimelineJson & { counts: { entries: { shown: number; total: number } } };
    const ids = file.entries.map(({ id }) => id);
    const table = csvRows(await toOut("csv"));
    const ofRow = (row: readonly string[], name: string) => row[table[0]!.indexOf(name)];
    const lines = (await toOut("jsonl"))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(table.filter((row) => ofRow(row, "record") === "entry").map((row) => ofRow(row, "id"))).toEqual(ids);
    expect(lines.filter(({ record }) => record === "entry").map(({ id }) => id)).toEqual(ids);
    const { shown, total } = file.counts.entries;
    const [markdown, html] = [await toOut("md"), await toOut("html")];
    for (const text of [markdown, html]) expect(text.includes("turned the feature off")).toBe(true);
    expect(lines.filter(({ record }) => record === "shown").at(-1)!["message"]).toBe(`${shown} of ${total} entries shown`);
    expect([...html.matchAll(/<li class="row"/g)].length).toBe(total);
    expect([...html.matchAll(/<li id="e-\d+"/g)].length).toBe(shown);
    const [messages, csv] = [lines.map(({ message }) => String(message)).join("\n"), await toOut("csv")];
    expect(file.coverage.filter(({ name }) => !messages.includes(name) || !csv.includes(name)).map(({ name }) => name)).toEqual([]);
    for (const text of [markdown, html]) expect(text).toContain("not in channel");
  });

  it("does not overwrite what somebody changed", async () => {
    await say("export", "--format", "csv", "--out", "edited");
    writeFileSync(join(bench.folder, "edited", `${ID}.csv`), "mine");
    const { out } = await say("export", "--format", "csv", "--out", "edited");
    expect(out).toContain(`edited/${ID}.new.csv  (beside the file`);
    expect(read("edited", "csv")).toBe("mine");
  });

  it("writes nothing in a dry run", async () => {
    const { out } = await say("export", "--format", "html", "--out", "dry", "--dry-run");
    expect(out).toBe(`Would be written\n  dry/${ID}.html\n`);
    expect(readdirSync(bench.folder)).not.toContain("dry");
  });
});

describe("bad input", () => {
  it.each([
    [["export", "--format", "htm"], 2, "FLAG_INVALID", "Did you mean html?"],
    [["export", "--format", "md,json", "--out", "-"], 2, "FLAG_INVALID", "standard output takes one format"],
    [["export", "--incident", "2026-03-04-checkout-erors"], 2, "INCIDENT_UNKNOWN", `Did you mean ${ID}?`],
    [["export", "--out", "timeline.config.json"], 4, "OUTPUT_UNUSABLE", "timeline.config.json"],
    [["export", "--format", "csv", "--out", "linked"], 4, "OUTPUT_UNUSABLE", "linked"],
    [["export", "--format", "csv", "--out", "taken"], 4, "OUTPUT_UNUSABLE", "taken"],
  ])("%j ends with %i and %s", async (argv, expected, id, words) => {
    for (const folder of ["linked", "taken"]) mkdirSync(join(bench.folder, folder), { recursive: true });
    mkdirSync(join(bench.folder, "taken", `${ID}.csv`), { recursive: true });
    try {
      symlinkSync("/dev/full", join(bench.folder, "linked", `${ID}.csv`));
    } catch {
      // It is there already.
    }
    const { code, out, err } = await say(...argv);
    expect({ code, out }).toEqual({ code: expected, out: "" });
    expect(err).toContain(`[${id}]`);
    expect(err).toContain(words);
  });
});
