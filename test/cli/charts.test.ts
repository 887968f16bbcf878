import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

const FOLDER = "2026-03-04-checkout-errors.charts";
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.build({ request: { style: { charts: "files" } } });
});
afterAll(() => bench.close());

const folder = () => join(bench.folder, "out", FOLDER);
const rebuild = (charts: "files" | "none") => bench.build({ request: { style: { charts } } });

describe("--charts files", () => {
  it("draws each series once, in a file that the Markdown links to", () => {
    const files = readdirSync(folder());
    const linked = [...bench.markdown().matchAll(/!\[Chart of [^\]]+\]\(([^)]+)\)/g)].map(([, path]) => path!);

    expect(files.length).toBeGreaterThan(0);
    expect(linked.sort()).toEqual(files.map((name) => `${FOLDER}/${name}`).sort());
    expect(bench.markdown()).not.toContain("most extreme`");
    expect(bench.markdown()).not.toContain("█");
  });

  it("holds no script and nothing that is fetched, and is drawn for dark pages too", () => {
    for (const name of readdirSync(folder())) {
      const text = readFileSync(join(folder(), name), "utf8");
      expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
      expect(text).toContain("prefers-color-scheme:dark");
      expect(text).toContain("<polyline ");
      expect(text).not.toMatch(/<script|href|url\(|NaN|undefined/);
    }
  });

  it("writes nothing again that is unchanged, and is remembered by an export", async () => {
    const times = () => readdirSync(folder()).map((name) => statSync(join(folder(), name)).mtimeMs);
    const [before, text] = [times(), bench.markdown()];
    await rebuild("files");
    expect(times()).toEqual(before);
    expect(bench.markdown()).toBe(text);
    expect((await timeline(bench.folder, ["export", "--format", "md", "--out", "-"])).out).toBe(text);
  });

  it("removes those that are gone, but none that somebody has changed and none that is not ours", async () => {
    const [changed] = readdirSync(folder());
    writeFileSync(join(folder(), changed!), "<svg>mine</svg>\n");
    writeFileSync(join(folder(), "own.svg"), "<svg/>\n");
    await rebuild("none");
    expect(readdirSync(folder()).sort()).toEqual([changed!, "own.svg"].sort());
    expect(bench.markdown()).not.toMatch(/!\[|█/);
  });
});
