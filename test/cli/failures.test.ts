import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failureId, FAILURES } from "../../src/cli/failures.js";
import { GAP_REASONS } from "../../src/kit/errors.js";
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
  [["build", ...START, "--frmat", "md"], 2, "FLAG_UNKNOWN"],
  ...["build", "list", "show", "explain", "diff", "note", "export", "who", "doctor", "watch", "config", "purge", "hold"].flatMap(
    (command): [string[], number, string][] => {
      const argv = {
        build: ["build", ...START],
        explain: ["explain", "x"],
        note: ["note", "x"],
        who: ["who", "--print-names"],
        config: ["config", "check"],
      }[command] ?? [command];
      return [
        [argv, 2, "CONFIG_NOT_FOUND"],
        [[...argv, "--config", "none.json"], 2, "CONFIG_UNREADABLE"],
        [[...argv, "--config", "a-folder"], 2, "CONFIG_UNREADABLE"],
        [[...argv, "--config", "empty.json"], 2, "CONFIG_UNREADABLE"],
        [[...argv, "--config", "broken.json"], 2, "CONFIG_INVALID"],
      ];
    },
  ),
  [["config", "check", "--config", "pasted.json"], 2, "CONFIG_INVALID"],
  [["watch", "--config", "good.json"], 2, "CONFIG_INVALID"],
  [["watch", "--format", "pdf"], 2, "FLAG_INVALID"],
  [["watch", "--onec"], 2, "FLAG_UNKNOWN"],
  [["doctor", "--config", "nothing.json"], 2, "CONFIG_NO_SOURCE"],
  [["build", ...START, "--config", "good.json"], 2, "CONFIG_INVALID"],
  [["list", "--config", "good.json"], 2, "STORE_MISSING"],
  [["show", "--config", "good.json"], 2, "STORE_MISSING"],
  [["list", "--config", "other.json"], 4, "STORE_NOT_OURS"],
  [["config", "chek"], 2, "COMMAND_UNKNOWN"],
  [["help", "CONFIG_INVALD"], 2, "COMMAND_UNKNOWN"],
  [["buidl"], 2, "COMMAND_UNKNOWN"],
  [["demo", "--outt", "x"], 2, "FLAG_UNKNOWN"],
  [["demo", "--out"], 2, "ARGUMENT_MISSING"],
  [["demo", "--out", "good.json"], 4, "OUTPUT_UNUSABLE"],
  [["list", "more"], 2, "ARGUMENT_EXCESS"],
  [["explain"], 2, "ARGUMENT_MISSING"],
  [["init", "--yes", "--api", "nowhere"], 2, "FLAG_INVALID"],
  [["init", "--yes"], 2, "INIT_NO_SOURCE"],
  [["lint"], 2, "ARGUMENT_MISSING"],
  [["verify"], 2, "ARGUMENT_MISSING"],
  [["verify", "--jso", "x.json"], 2, "FLAG_UNKNOWN"],
  [["lint", "absent.md"], 2, "USAGE"],
  [["lint", "--format", "xml", "good.json"], 2, "FLAG_INVALID"],
  [["completion", "tcsh"], 2, "FLAG_INVALID"],
  [["who"], 2, "NAMES_NOT_PRINTED"],
  [["brief"], 2, "BRIEF_NOT_STORED"],
  [["brief", "--out", "brief.md"], 2, "BRIEF_NOT_STORED"],
  [["export", "--format", "pdf"], 2, "FLAG_INVALID"],
  [["diff", "--jso"], 2, "FLAG_UNKNOWN"],
  [["purge", "--older-than", "soon"], 2, "TIME_INVALID"],
  [["purge", "--older-than", "2190-01-01"], 2, "FLAG_INVALID"],
  [["purge", "--visibility", "secret"], 2, "FLAG_INVALID"],
  [["purge", "--older-then", "90d"], 2, "FLAG_UNKNOWN"],
  [["hold", "--reason", "counsel"], 2, "ARGUMENT_MISSING"],
  [["hold", "some-incident"], 2, "ARGUMENT_MISSING"],
  [["hold", "some-incident", "--release", "--reason", "over"], 2, "FLAG_INVALID"],
  [["hold", "--config", "good.json"], 2, "STORE_MISSING"],
];

/** Of a folder, without the table of failures itself. */
function codeIn(folder: string): string {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  const code = files.filter((name) => name.endsWith(".ts") && !name.startsWith("cli/failures/"));
  return code.map((name) => readFileSync(join(ROOT, folder, name), "utf8")).join("\n");
}

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

it("has bad input for every command", async () => {
  const { out } = await timeline(folder, ["--help"]);
  const commands = [...out.slice(out.indexOf("Commands:")).matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name!);
  const tried = new Set(BAD.map(([[command]]) => command));
  expect(commands.length).toBeGreaterThan(12);
  expect(commands.filter((name) => !tried.has(name))).toEqual([]);
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

  it("explains the reason of a gap as the ledger writes it", async () => {
    for (const reason of GAP_REASONS) {
      const { code, out } = await timeline(folder, ["help", ...reason.split(" ")]);
      expect({ reason, code }).toEqual({ reason, code: 0 });
      expect(out).toContain(FAILURES.get(failureId(reason))!.what);
    }
  });

  it("knows each id that is given to a failure, and no other", () => {
    const code = ["src", "connectors"].map(codeIn).join("\n");
    const given = new Set([...code.matchAll(/\bid: "([A-Z_]{4,})"/g)].map(([, id]) => id!));
    const isUsed = (id: string) => code.includes(`"${id}"`) || GAP_REASONS.some((reason) => failureId(reason) === id);
    expect([...given].filter((id) => !FAILURES.has(id))).toEqual([]);
    expect([...FAILURES.keys()].filter((id) => !isUsed(id))).toEqual([]);
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
