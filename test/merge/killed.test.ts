import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { replaceFile } from "../../src/merge/replace-file.js";
import { compile, ROOT } from "../support/program.js";

const OLD = "old words\n".repeat(20_000);
const NEW = "new words\n".repeat(20_000);
const MOST_STEPS = 60;
let base: string;
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), "timeline-killed-"));
  symlinkSync(join(ROOT, "node_modules"), join(base, "node_modules"));
  writeFileSync(join(base, "package.json"), '{ "type": "module" }');
  await compile(join(base, "dist"));
  const lines = [
    'import { readFileSync } from "node:fs";',
    'import { replaceFile } from "./dist/src/merge/replace-file.js";',
    `await replaceFile(process.argv[2], readFileSync(process.argv[2], "utf8"), ${JSON.stringify(NEW.slice(0, 10))}.repeat(20_000));`,
  ];
  writeFileSync(join(base, "replace.mjs"), lines.join("\n"));
}, 300_000);
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Another process replaces the file, and does not come to its end. */
function interrupted(how: "kill" | "fail", step: number) {
  const folder = join(base, `${how}-${step}`);
  mkdirSync(folder);
  const path = join(folder, "draft.md");
  writeFileSync(path, OLD);
  const preload = join(import.meta.dirname, "killed-preload.mjs");
  const { status, signal, stdout } = spawnSync(process.execPath, ["--import", preload, join(base, "replace.mjs"), path], {
    env: { HOW: how, STEP: String(step) },
  });
  return {
    path,
    folder,
    ended: signal ?? status,
    reached: stdout.length > 0,
    hidden: () => readdirSync(folder).filter((name) => name.startsWith(".")),
  };
}

describe.each(["kill", "fail"] as const)("a write that ends in the middle (%s)", (how) => {
  it("leaves the old file or the new one at every step, and nothing that stays", { timeout: 300_000 }, async () => {
    const seen = new Set<string>();
    let steps = 0;
    for (; steps < MOST_STEPS; steps++) {
      const { path, folder, ended, reached, hidden } = interrupted(how, steps + 1);
      const text = readFileSync(path, "utf8");
      expect([how, steps, text === OLD || text === NEW]).toEqual([how, steps, true]);
      if (!reached) break;
      seen.add(text === OLD ? "old" : "new");
      // A folder that cannot be synced is no failure: the new file is in its place by then.
      if (how === "kill") expect(ended).toBe("SIGKILL");
      else expect([1, 0]).toContain(ended);
      if (ended === 0) expect(text).toBe(NEW);
      if (how === "fail") expect(hidden()).toEqual([]);
      await replaceFile(path, text, NEW);
      expect(hidden()).toEqual([]);
      expect(readFileSync(path, "utf8")).toBe(NEW);
      expect(readFileSync(join(folder, "draft.previous.md"), "utf8")).toBe(text);
    }
    expect(steps).toBeGreaterThan(10);
    expect(steps).toBeLessThan(MOST_STEPS);
    expect([...seen].sort()).toEqual(["new", "old"]);
  });
});
