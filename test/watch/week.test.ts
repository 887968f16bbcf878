import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compile, ROOT } from "../support/program.js";

const base = mkdtempSync(join(tmpdir(), "timeline-week-test-"));

beforeAll(async () => {
  copyFileSync(join(ROOT, "package.json"), join(base, "package.json"));
  for (const name of ["node_modules", "fixtures", "schema"]) symlinkSync(join(ROOT, name), join(base, name));
  await compile(join(base, "dist"));
}, 300_000);
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe("a watch that is killed every few simulated hours", () => {
  it("builds everything that is due, and attaches to each place exactly once", { timeout: 600_000 }, async () => {
    const run = join(ROOT, "test/bench/watch-week/run.mjs");
    const flags = ["--incidents", "4", "--days", "0.3", "--kill-hours", "3", "--trouble", "0.02", "--dist", join(base, "dist")];

    const { stdout } = await promisify(execFile)(process.execPath, [run, ...flags]);

    expect(stdout).toMatch(/ [1-9]\d* kills/);
    expect(stdout).toContain("4 of 4");
    expect(stdout).toMatch(/wrong\s+0\n/);
  });
});
