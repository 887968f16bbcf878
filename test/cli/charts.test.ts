import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UnsafeWriteError } from "../../src/kit/errors.js";
import { openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

const FOLDER = "2026-03-04-checkout-errors.charts";
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.build();
});
afterAll(() => bench.close());

const folder = () => join(bench.folder, "out", FOLDER);
const rebuild = (charts?: "inline" | "none") => bench.build({ request: { style: charts === undefined ? {} : { charts } } });
const say = (...argv: string[]) => timeline(bench.folder, argv);

describe("charts of findings", () => {
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
    await rebuild();
    expect(times()).toEqual(before);
    expect(bench.markdown()).toBe(text);
    expect((await say("export", "--format", "md", "--out", "-")).out).toBe(text);
  });

  it("are told in one line, with their folder", async () => {
    const { out } = await say("export", "--format", "md", "--out", "out");
    expect(out).toMatch(new RegExp(`\n {2}out/${FOLDER}/ {2}\\(\\d+ charts, nothing new\\)\n`));
    expect((await say("export", "--format", "md", "--out", "other", "--dry-run")).out).toContain(`\n  other/${FOLDER}/\n`);
    expect((await say("export", "--format", "json", "--out", "other", "--dry-run")).out).not.toContain(FOLDER);
    expect((await say("export", "--out", "other", "--charts", "none", "--dry-run")).out).not.toContain(FOLDER);
    expect(existsSync(join(bench.folder, "other"))).toBe(false);
  });

  it("stand in the text where no folder does: on standard output, before there is a file", async () => {
    const path = join(bench.folder, "out/2026-03-04-checkout-errors.md");
    const text = readFileSync(path, "utf8");
    rmSync(path);
    const { out } = await say("export", "--format", "md", "--out", "-");
    writeFileSync(path, text);

    expect(out).toContain("█");
    expect(out).not.toContain("![Chart of");
  });

  it("are tried before anything is asked: what stands in the way of their folder is told", async () => {
    rmSync(folder(), { recursive: true });
    const asked = bench.server.calls.length;
    const inTheWay = async () => {
      await expect(bench.build({ request: { refresh: true } })).rejects.toBeInstanceOf(UnsafeWriteError);
      rmSync(folder(), { recursive: true });
    };
    writeFileSync(folder(), "a file");
    await inTheWay();
    mkdirSync(join(bench.folder, "elsewhere"));
    symlinkSync(join(bench.folder, "elsewhere"), folder());
    await inTheWay();

    expect(bench.server.calls).toHaveLength(asked);
    expect(readdirSync(join(bench.folder, "elsewhere"))).toEqual([]);
    await rebuild();
    expect(readdirSync(folder()).length).toBeGreaterThan(0);
  });

  it("change with the choice like any other line of ours: what the owner wrote stays, and so does a file that is as it was", async () => {
    const path = join(bench.folder, "out/2026-03-04-checkout-errors.md");
    const files = bench.markdown();
    await rebuild("inline");
    const inline = bench.markdown();
    expect(inline).toContain("█");
    expect(inline).not.toContain("![Chart of");
    writeFileSync(path, inline.replace("## Coverage", "Mine: `████` is what I saw.\n\n## Coverage"));
    await rebuild();

    const bars = bench.markdown().match(/█/g);
    expect(bars).toHaveLength(4);
    expect(bench.markdown()).toContain("\nMine: `████` is what I saw.\n");
    expect(bench.markdown().match(/!\[Chart of/g)).toEqual(files.match(/!\[Chart of/g));
    writeFileSync(path, files);
    await rebuild();
    expect(bench.markdown()).toBe(files);
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
