import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoIncident } from "../../fixtures/demo-incident.js";
import { serveFixtures, type FixtureServer } from "../../fixtures/server/index.js";
import { compiledProgram, type Ended, type Program } from "../support/program.js";

/** A terminal of 100 columns, long enough that nothing needs a pager. */
const TERMINAL = ["bash", "-c", `script -qec "stty cols 100 rows 5000; $(printf '%q ' "$@")" /dev/null`, "terminal"] as const;
const HAS_TERMINAL = spawnSync("script", ["--version"]).status === 0;
if (!HAS_TERMINAL) process.stderr.write("skipped: commands on a terminal, since script of util-linux is not installed\n");

let program: Program;
let server: FixtureServer;
let tokens: Readonly<Record<string, string>>;
let folder: string;
beforeAll(async () => {
  [program, server] = await Promise.all([compiledProgram(), serveFixtures()]);
  folder = mkdtempSync(join(tmpdir(), "timeline-terminal-"));
  writeFileSync(join(folder, "draft.md"), "We should have rolled back at 11:20:00Z.\n");
  const { config, environment } = demoIncident(server.urls);
  writeFileSync(join(folder, "live.json"), JSON.stringify({ store: "live.db", ...config }));
  tokens = environment;
  const { code } = await inPipe(["demo", "--out", "."]);
  expect(code).toBe(0);
}, 120_000);
afterAll(async () => {
  await server.close();
  program.clear();
  rmSync(folder, { recursive: true, force: true });
});

const CONFIG = { TIMELINE_CONFIG: ".timeline/demo.config.json", TERM: "xterm-256color" };
const inPipe = (argv: readonly string[], env = {}) => program.run(folder, argv, { ...CONFIG, ...tokens, ...env });
const onTerminal = (argv: readonly string[], env = {}) => program.runUnder(TERMINAL, folder, argv, { ...CONFIG, ...tokens, ...env });

// oxlint-disable-next-line no-control-regex -- colours are controls
const withoutColour = (text: string) => text.replace(/\u001b\[[0-9;]*m/g, "");
/** Ids and times in their order, whatever the lines are wrapped at. */
function factsIn({ out }: Ended): string[] {
  const text = withoutColour(out).replace(/\s+/g, " ");
  return [...text.matchAll(/\be[0-9a-f]{15}\b|note:[0-9a-f]{12}|\b\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|\b)/g)].map(([fact]) => fact);
}

const TIMES = ["--start", "2026-03-04T11:20:00Z", "--end", "2026-03-04T13:05:00Z"] as const;
/** From services on loopback: the first run asks for everything, the second is a rebuild. */
const LIVE_BUILD = ["build", "--config", "live.json", "--out", "live", "--title", "Live", "--quiet", ...TIMES] as const;

const COMMANDS: readonly (readonly [argv: readonly string[], least: number])[] = [
  [["demo", "--out", ".", "--quiet"], 10],
  [[...LIVE_BUILD, "--dry-run"], 10],
  [LIVE_BUILD, 10],
  [["list"], 2],
  [["show"], 60],
  [["show", "--all"], 300],
  [["show", "--around", "11:31"], 10],
  [["explain", "github-pr:tillerby/payments#377"], 5],
  [["diff"], 1],
  [["note", "--at", "12:05", "--dry-run", "one"], 2],
  [["who", "--print-names"], 5],
  [["export", "--format", "md", "--out", "-"], 100],
  [["lint", "draft.md"], 0],
  [["config", "check"], 0],
  [["help", "STORE_EMPTY"], 0],
];

describe.skipIf(!HAS_TERMINAL)("a command on a terminal and in a pipe", () => {
  it.each(COMMANDS)("gives the same ids and times: %j", { timeout: 120_000 }, async (argv, least) => {
    const [piped, shown] = [await inPipe(argv), await onTerminal(argv)];
    expect(shown.code).toBe(piped.code);
    expect(factsIn(shown)).toEqual(factsIn(piped));
    expect(factsIn(piped).length).toBeGreaterThanOrEqual(least);
    expect(piped.out).not.toContain("\u001b");
  });

  it("has colour on a terminal, and none with NO_COLOR", { timeout: 120_000 }, async () => {
    expect((await onTerminal(["show"])).out).toContain("\u001b[1m");
    expect((await onTerminal(["show"], { NO_COLOR: "1" })).out).not.toContain("\u001b");
  });

  it("wraps lines at the width of the terminal, and not in a pipe", { timeout: 120_000 }, async () => {
    const longest = ({ out }: Ended) =>
      Math.max(
        ...withoutColour(out)
          .split(/\r?\n/)
          .map((line) => line.length),
      );
    expect(longest(await inPipe(["show"]))).toBeGreaterThan(150);
    expect(longest(await onTerminal(["show"]))).toBeLessThanOrEqual(100);
  });
});

it("is quiet when its reader goes away", { timeout: 120_000 }, async () => {
  const reader = ["bash", "-c", `"$@" | head -1; echo "\${PIPESTATUS[0]}" >&2`, "reader"] as const;
  const { out, err } = await program.runUnder(reader, folder, ["export", "--format", "json", "--out", "-"], CONFIG);
  expect(out).toBe("{\n");
  expect(err).toBe("0\n");
});
