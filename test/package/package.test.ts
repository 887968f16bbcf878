import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../support/program.js";
import { skipBecause } from "../support/skip.js";
import { filesOf, pack, type Packed } from "./packed.js";

const run = promisify(execFile);
let packed: Packed;
beforeAll(async () => void (packed = await pack()), 120_000);
afterAll(() => packed.clear());

describe("the packed package", () => {
  it("holds the compiled program, the demo, the schemas and what people read, and nothing else", () => {
    const sources = ["src", "connectors", "fixtures"].flatMap((folder) => filesOf(join(ROOT, folder)).map((name) => `${folder}/${name}`));
    const compiled = sources
      .filter((name) => name.endsWith(".ts"))
      .flatMap((name) => [".js", ".d.ts"].map((end) => `dist/${name.slice(0, -3)}${end}`));
    const shown = sources.filter((name) =>
      /^connectors\/.*README\.md$|^fixtures\/checkout\/.*\.json$|^connectors\/slack\/manifest\.yaml$/.test(name),
    );
    const schemas = filesOf(join(ROOT, "schema")).map((name) => `schema/${name}`);
    const root = ["CHANGELOG.md", "LICENSE", "README.md", "config.example.json", "package.json"];

    expect(compiled).toContain("dist/src/cli/main.js");
    expect(shown).toContain("fixtures/checkout/incident.json");
    expect(schemas).toContain("schema/timeline.config.schema.json");
    expect(packed.files).toEqual([...compiled, ...shown, ...schemas, ...root].sort());
  });

  it("is what publint wants of a package", async () => {
    const { messages, pkg } = await publint({ pkgDir: packed.folder, pack: false, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it("lets its exports be imported, and nothing beside them", async () => {
    const script = `
      const names = async (path) => Object.keys(await import(path)).length > 0;
      const refused = await import("incident-timeline/dist/src/pipeline.js").catch((error) => error.code);
      console.log(JSON.stringify([await names("incident-timeline"), await names("incident-timeline/connector"), await names("incident-timeline/detect"), refused]));`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd: packed.project });
    expect(JSON.parse(stdout)).toEqual([true, true, true, "ERR_PACKAGE_PATH_NOT_EXPORTED"]);
  });

  it("is written for by a program of somebody else: types, a connector, a build, the detector", async () => {
    const consumer = join(packed.project, "consumer");
    cpSync(join(import.meta.dirname, "consumer"), consumer, { recursive: true });
    const compiled = await run(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", consumer]).catch(
      ({ stdout }: { stdout: string }) => ({ stdout }),
    );
    expect(compiled.stdout).toBe("");

    const { stdout, stderr } = await run(process.execPath, ["out/main.js"], { cwd: consumer });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual({
      problems: [],
      anomalies: [{ kind: "level_shift", onset: "2026-03-04T13:20:00.000000Z", end: "2026-03-04T14:00:00.000000Z" }],
      entries: ["2026-03-04T11:40:00.250000Z statuspage:shop:a", "2026-03-04T12:20:00.000000Z statuspage:shop:c"],
      gaps: ["malformed"],
    });
  }, 60_000);

  it("gives a command that runs the demo in an empty folder without any network interface", async (test) => {
    const folder = mkdtempSync(join(tmpdir(), "timeline-empty-"));
    const main = join(
      packed.folder,
      (JSON.parse(readFileSync(join(packed.folder, "package.json"), "utf8")) as { bin: { timeline: string } }).bin.timeline,
    );
    try {
      const alone = await run("unshare", ["-rn", "true"]).catch(() => null);
      if (alone === null) skipBecause(test, "a process cannot be cut off from the network here: unshare is missing or refused");
      const { stdout } = await run("unshare", ["-rn", process.execPath, main, "demo"], { cwd: folder, timeout: 60_000 });
      expect(stdout).toMatch(/\d+ of \d+ entries put forward/);
      expect(existsSync(join(folder, "timelines/demo/2026-03-04-checkout-errors.md"))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 90_000);
});
