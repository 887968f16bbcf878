import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoIncident, type DemoIncident } from "../../fixtures/demo-incident.js";
import { serveFixtures, type FixtureServer } from "../../fixtures/server/index.js";
import { compiledProgram, type Ended, type Program } from "../support/program.js";

/** How many builds run at once: a few where the tests run, more when somebody wants to know. */
const MANY = Number(process.env["TIMELINE_BUILDS_AT_ONCE"] ?? 4);
const TIMEOUT = 60_000 + MANY * 15_000;

let program: Program;
let server: FixtureServer;
let incident: DemoIncident;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "timeline-many-"));
  [program, server] = await Promise.all([compiledProgram(), serveFixtures()]);
  incident = demoIncident(server.urls);
}, 120_000);
afterAll(async () => {
  await server.close();
  program.clear();
  rmSync(folder, { recursive: true, force: true });
});

/** A project folder with a config of its own; nothing was built in it yet. */
function project(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(join(path, "timeline.config.json"), JSON.stringify(incident.config));
  return path;
}

function build(cwd: string, ...flags: readonly string[]): Promise<Ended> {
  return program.run(cwd, buildOf(flags), incident.environment);
}

function buildOf(flags: readonly string[]): string[] {
  const { title, start, end } = incident;
  return ["build", "--start", start, "--end", end, "--title", title, "--quiet", ...flags];
}

/** Everything in a file but what is about the build. */
function draftIn(path: string): string {
  const { build: _build, ...rest } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  return JSON.stringify(rest);
}

const failures = (ran: readonly Ended[]) => ran.filter(({ code }) => code !== 0).map(({ code, err }) => `${code}: ${err}`);

describe(`${MANY} builds at once on one store`, () => {
  let alone: string;
  beforeAll(async () => {
    const cwd = project("alone");
    expect(failures([await build(cwd, "--out", "out", "--format", "json")])).toEqual([]);
    alone = draftIn(join(cwd, "out/2026-03-04-checkout-errors.json"));
  }, TIMEOUT);

  it(
    "of one incident into one folder all end well and write what one alone writes, once",
    async () => {
      const cwd = project("one");

      const ran = await Promise.all(Array.from({ length: MANY }, () => build(cwd, "--out", "out")));

      expect(failures(ran)).toEqual([]);
      expect(readdirSync(join(cwd, "out")).sort()).toEqual([".charts", ".json", ".md"].map((end) => `2026-03-04-checkout-errors${end}`));
      expect(draftIn(join(cwd, "out/2026-03-04-checkout-errors.json"))).toBe(alone);
    },
    TIMEOUT,
  );

  it(
    "of as many incidents each write what one alone writes",
    async () => {
      const cwd = project("several");
      const ids = Array.from({ length: MANY }, (_, index) => `incident-${index}`);

      const ran = await Promise.all(ids.map((id) => build(cwd, "--out", id, "--id", id, "--format", "json")));

      expect(failures(ran)).toEqual([]);
      for (const id of ids) expect(draftIn(join(cwd, id, `${id}.json`)).replaceAll(id, "2026-03-04-checkout-errors")).toBe(alone);
      const listed = await program.run(cwd, ["list", "--json"], incident.environment);
      expect(ids.filter((id) => !listed.out.includes(`"${id}"`))).toEqual([]);
    },
    TIMEOUT,
  );

  it(
    "wait for none that was killed",
    async () => {
      const cwd = project("killed");
      const killing = new AbortController();
      const before = server.calls.length;
      const killed = program.run(cwd, buildOf(["--out", "out"]), incident.environment, killing.signal);
      while (server.calls.length < before + 20) await delay(5);
      killing.abort();

      expect((await killed).code).toBeNull();
      expect(failures([await build(cwd, "--out", "out")])).toEqual([]);
      expect(draftIn(join(cwd, "out/2026-03-04-checkout-errors.json"))).toBe(alone);
      expect(readdirSync(join(cwd, ".timeline"))).toEqual(["timeline.db"]);
    },
    TIMEOUT,
  );
});
