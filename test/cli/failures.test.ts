import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FAILURES } from "../../src/cli/failures.js";
import { timeline } from "./support.js";

const TOKEN = "xoxb-not-to-be-seen-anywhere";
const folder = mkdtempSync(join(tmpdir(), "timeline-failures-"));
const ROOT = join(import.meta.dirname, "../..");

beforeAll(() => {
  mkdirSync(join(folder, "a-folder"));
  writeFileSync(join(folder, "empty.json"), "");
  writeFileSync(join(folder, "broken.json"), '{ "slack": ');
  writeFileSync(join(folder, "pasted.json"), JSON.stringify({ slack: { token: TOKEN } }));
  writeFileSync(join(folder, "nothing.json"), "{}");
  writeFileSync(join(folder, "good.json"), JSON.stringify({ slack: { channels: ["inc-*"] } }));
  writeFileSync(join(folder, "other.json"), JSON.stringify({ store: "good.json", slack: {} }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const START = ["--start", "2026-03-04T11:20:00Z"];
const BAD: readonly (readonly [argv: readonly string[], code: number, id: string | null])[] = [
  [["build"], 2, null],
  [["build", "--start", "yesterday"], 2, "TIME_INVALID"],
  [["build", ...START, "--format", "pdf"], 2, "FLAG_INVALID"],
  [["build", ...START, "--frmat", "md"], 2, null],
  ...["build", "list", "show", "explain", "doctor", "config"].flatMap((command): [string[], number, string][] => {
    const argv = { build: ["build", ...START], explain: ["explain", "x"], config: ["config", "check"] }[command] ?? [command];
    return [
      [argv, 2, "CONFIG_NOT_FOUND"],
      [[...argv, "--config", "none.json"], 2, "CONFIG_UNREADABLE"],
      [[...argv, "--config", "a-folder"], 2, "CONFIG_UNREADABLE"],
      [[...argv, "--config", "empty.json"], 2, "CONFIG_UNREADABLE"],
      [[...argv, "--config", "broken.json"], 2, "CONFIG_INVALID"],
    ];
  }),
  [["config", "check", "--config", "pasted.json"], 2, "CONFIG_INVALID"],
  [["doctor", "--config", "nothing.json"], 2, "CONFIG_NO_SOURCE"],
  [["build", ...START, "--config", "good.json"], 2, "CONFIG_INVALID"],
  [["list", "--config", "good.json"], 2, "STORE_MISSING"],
  [["show", "--config", "good.json"], 2, "STORE_MISSING"],
  [["list", "--config", "other.json"], 4, "WRITE_UNSAFE"],
  [["config", "chek"], 2, null],
  [["help", "CONFIG_INVALD"], 2, "USAGE"],
  [["buidl"], 2, null],
];

describe("bad input", () => {
  it.each(BAD)("%j ends with %i and %s", async (argv, code, id) => {
    const ran = await timeline(folder, argv, { SLACK_TOKEN: TOKEN });
    expect({ code: ran.code, out: ran.out }).toEqual({ code, out: "" });
    if (id !== null) expect(ran.err).toContain(`[${id}] \`timeline help ${id}\``);
    expect(ran.err).not.toMatch(/\n\s+at /);
    expect(ran.err).not.toContain(TOKEN);
    expect(ran.err.trim().split("\n").length).toBeLessThan(24);
  });
});

describe("timeline help", () => {
  it.each([...FAILURES.keys()])("explains %s", async (id) => {
    const { code, out } = await timeline(folder, ["help", id]);
    expect(code).toBe(0);
    expect(out).toBe(`${id}\n  ${FAILURES.get(id)!.what}\n  ${FAILURES.get(id)!.todo}\n`);
  });

  it("explains a command", async () => {
    expect((await timeline(folder, ["help", "config", "show"])).out).toContain("--origin");
  });

  it("knows each id that is given to a failure", () => {
    const files = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    const given = files.flatMap((name) =>
      [...readFileSync(join(ROOT, "src", name), "utf8").matchAll(/\bid: "([A-Z_]{4,})"/g)].map((match) => match[1]!),
    );
    expect(given.length).toBeGreaterThan(10);
    expect([...new Set(given)].filter((id) => !FAILURES.has(id))).toEqual([]);
  });

  it.each([
    ["buidl", "build"],
    ["lst", "list"],
    ["shwo", "show"],
    ["explan", "explain"],
    ["doctr", "doctor"],
    ["inti", "init"],
    ["demp", "demo"],
    ["confg", "config"],
  ])("suggests for %s: %s", async (typo, meant) => {
    expect((await timeline(folder, [typo])).err).toContain(`(Did you mean ${meant}?)`);
  });
});
