import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { styleOfBuild } from "../../src/cli/document-style.js";
import type { ResolvedConfig } from "../../src/config/index.js";
import type { ChosenStyle } from "../../src/contract/template.js";
import { instant, ioAt, openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

const ID = "2026-03-04-checkout-errors";
const TEAM = "# Report\r\n\r\n{{ timeline }}\r\n\r\n## Sign-off\r\n";
let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  writeFileSync(join(bench.folder, "team.md"), TEAM);
  await bench.build({ request: { style: { template: { name: "team.md", text: TEAM.replaceAll("\r\n", "\n") } } } });
});
afterAll(() => bench.close());

const say = (...argv: string[]) => timeline(bench.folder, argv);
const config = (change: object) => {
  const path = join(bench.folder, "timeline.config.json");
  const written = JSON.parse(readFileSync(path, "utf8")) as object;
  writeFileSync(join(bench.folder, "other.config.json"), JSON.stringify({ ...written, ...change }));
  return join(bench.folder, "other.config.json");
};

describe("--template", () => {
  it("is remembered: an export gives what the build wrote", async () => {
    const { code, out } = await say("export", "--format", "md", "--out", "-");

    expect(code).toBe(0);
    expect(out).toBe(bench.markdown());
    expect(out).toMatch(/\n# Report\n\n## Timeline\n/);
    expect(out).toContain("\n## Sign-off\n");
  });

  it("of an export is another look at the same build", async () => {
    expect((await say("export", "--format", "md", "--out", "short", "--template", "short")).code).toBe(0);
    const text = readFileSync(join(bench.folder, "short", `${ID}.md`), "utf8");
    expect(text).toContain("## The four questions");
    expect(text).not.toContain("## Participants");
  });

  it("is refused with everything that is wrong with it, and its lines", async () => {
    writeFileSync(join(bench.folder, "bad.md"), "{{ tiemline }}\nsee {{ rest }}\n");
    const { code, err } = await say("export", "--template", "bad.md");

    expect(code).toBe(2);
    expect(err).toContain("[TEMPLATE_INVALID]");
    expect(err).toContain('line 1: there is no slot "tiemline"; did you mean {{ timeline }}?');
    expect(err).toContain("line 2: {{ rest }} stands on a line of its own");
    expect((await say("export", "--template", "shrot")).err).toContain("there is no such file");
  });

  it("of the config is judged by config check", async () => {
    mkdirSync(join(bench.folder, "templates"), { recursive: true });
    writeFileSync(join(bench.folder, "templates", "t.md"), "{{ tiemline }}");
    const bad = config({ template: "templates/t.md" });

    expect((await say("config", "check", "--config", bad)).err).toContain("[TEMPLATE_INVALID]");
    expect((await say("config", "check", "--config", config({ template: "short" }))).code).toBe(0);
    expect((await say("config", "check", "--config", config({ template: "team.md" }))).code).toBe(0);
  });

  it("that was chosen for an incident stays when it is built again, whatever the config says by then, until another is chosen", async () => {
    const build = (style?: ChosenStyle) => bench.build({ request: style === undefined ? {} : { style } });
    await build({ template: { name: "team.md", text: "{{ timeline }}\n\n## By hand\n" }, chosen: ["template"] });
    const chosen = bench.markdown();
    expect(chosen).toContain("\n## By hand\n");
    await build({ template: { name: "other.md", text: "{{ timeline }}\n\n## Of the config\n" } });
    expect(bench.markdown()).toBe(chosen);
    await build({ chosen: ["template"] });
    expect(bench.markdown()).not.toMatch(/## By hand|## Of the config/);
    await build({ template: { name: "other.md", text: "{{ timeline }}\n\n## Of the config\n" } });
    expect(bench.markdown()).not.toContain("## Of the config");
  });

  it("is chosen by its flag, and by nothing else", async () => {
    const io = ioAt(instant("2026-03-20T09:00:00Z"), bench.folder);
    const resolved = (template: string) => ({ template: { written: template, path: join(bench.folder, template) } }) as ResolvedConfig;

    expect(await styleOfBuild({}, resolved("team.md"), io)).toMatchObject({ template: { name: "team.md" } });
    expect(await styleOfBuild({}, resolved("team.md"), io)).not.toHaveProperty("chosen");
    expect(await styleOfBuild({ template: "default" }, resolved("team.md"), io)).toEqual({ chosen: ["template"] });
    expect(await styleOfBuild({ charts: "files" }, resolved("default"), io)).toEqual({ chosen: ["charts"] });
    expect(await styleOfBuild({ charts: "inline" }, resolved("default"), io)).toEqual({ charts: "inline", chosen: ["charts"] });
  });
});
