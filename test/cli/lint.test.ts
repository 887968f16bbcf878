import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Io } from "../../src/cli/io.js";
import { run } from "../../src/cli/run.js";
import { NO_STYLES } from "../../src/cli/styles.js";
import { systemClock } from "../../src/kit/clock.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "timeline-lint-"));
  await writeFile(join(folder, "clean.md"), "Responder A opened the graph at 11:33.\n");
  await writeFile(join(folder, "blame.md"), "# Story\n\nWe should have rolled back.\n");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function timeline(...argv: string[]) {
  const said = { out: "", err: "" };
  const io: Io = {
    env: {},
    cwd: folder,
    clock: systemClock,
    random: () => 0,
    out: (text) => void (said.out += text),
    err: { isTTY: false, columns: 80, write: (text: string) => ((said.err += text), true) },
    styles: NO_STYLES,
    signal: new AbortController().signal,
  };
  return { exitCode: await run(argv, io), ...said };
}

it("exits 0 when there is nothing to look at", async () => {
  expect(await timeline("lint", "clean.md")).toEqual({ exitCode: 0, out: "No findings in 1 file.\n", err: "" });
});

it("exits 1 with place, rule, reason and rewrite, over several files", async () => {
  const { exitCode, out } = await timeline("lint", "clean.md", "blame.md");
  expect(exitCode).toBe(1);
  expect(out).toMatch(/^blame\.md:3:4 {2}counterfactual {2}"should have rolled"\n {4}\S.*\n {4}Instead: .*\n1 finding in 2 files\.\n$/);
});

it("writes JSON", async () => {
  const { out } = await timeline("lint", "--format", "json", "blame.md");
  const place = { rule: "counterfactual", line: 3, column: 4, endLine: 3, endColumn: 22 };
  expect(JSON.parse(out)).toMatchObject({ format: "incident-timeline-lint/1", files: [{ file: "blame.md", findings: [place] }] });
});

it("writes GitHub's workflow commands", async () => {
  const { out } = await timeline("lint", "--format", "github", "blame.md");
  expect(out).toMatch(/^::warning file=blame\.md,line=3,endLine=3,col=4,endColumn=22,title=counterfactual::.*\n$/);
});

it("leaves out what is allowed", async () => {
  expect((await timeline("lint", "--allow", "counterfactual,outage", "blame.md")).exitCode).toBe(0);
});

it.each([
  ["an unknown rule", ["lint", "--allow", "nonsense", "blame.md"], 'there is no rule "nonsense"'],
  ["a file that is not there", ["lint", "blame.md", "absent.md"], "absent.md: there is no such file"],
  ["a folder", ["lint", "."], "this is a folder"],
  ["an unknown format", ["lint", "--format", "xml", "blame.md"], "Allowed choices are text, json, github"],
  ["no file", ["lint"], "missing required argument"],
])("exits 2 for %s", async (_, argv, words) => {
  const { exitCode, out, err } = await timeline(...argv);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
  expect(err).toContain(words);
});
