import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench } from "../support/build-fixture.js";
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
});
