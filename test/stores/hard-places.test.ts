import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { demoIncident, type DemoIncident } from "../../fixtures/demo-incident.js";
import { serveFixtures, type FixtureServer } from "../../fixtures/server/index.js";
import { compiledProgram, type Ended, type Program } from "../support/program.js";
import { skipBecause } from "../support/skip.js";
import { STORAGE_FAILURES } from "../../src/cli/failures/storage.js";

const REFUSED = canMount() ? null : "file systems of a test's own cannot be mounted here: unshare is missing or refused";

let program: Program;
let server: FixtureServer;
let incident: DemoIncident;
let folder: string;
beforeAll(async () => {
  if (REFUSED !== null) return;
  [program, server] = await Promise.all([compiledProgram(), serveFixtures()]);
  incident = demoIncident(server.urls);
}, 120_000);
afterAll(async () => {
  await server?.close();
  program?.clear();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "timeline-hard-"));
  mkdirSync(join(folder, "small"));
  return () => rmSync(folder, { recursive: true, force: true });
});

/** A build with `prepare` run before it by a shell that sees mounts of its own, and `after` behind it: its words follow on standard error. */
async function buildWhere(prepare: string, store: string, out: string, after = "true"): Promise<Ended> {
  writeFileSync(join(folder, "timeline.config.json"), JSON.stringify({ store, ...incident.config }));
  const { title, start, end } = incident;
  const argv = ["build", "--start", start, "--end", end, "--title", title, "--quiet", "--out", out];
  const script = `${prepare} || exit 99; "$@"; code=$?; ${after} >&2; exit $code`;
  return program.runUnder(["unshare", "-rm", "sh", "-c", script, "sh"], folder, argv, incident.environment);
}

function canMount(): boolean {
  try {
    execFileSync("unshare", ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function expectRefusal({ code, out, err }: Ended, expected: RegExp): void {
  expect({ code, out }).toEqual({ code: 4, out: "" });
  expect(err).toMatch(expected);
  expect(Object.keys(STORAGE_FAILURES)).toContain(/^ {2}\[([A-Z_]+)\] `timeline help/m.exec(err)?.[1]);
  expect(err).not.toMatch(/\n\s+at /);
  expect(err.split("\n").length).toBeLessThan(24);
}

describe.skipIf(REFUSED !== null)("a disk", () => {
  it.each([400, 1024])("of %i kB that gets full while evidence is stored ends a build with 4; the next one goes on", async (size) => {
    const keep = "cp small/timeline.db* saved/";
    mkdirSync(join(folder, "saved"));
    const ran = await buildWhere(`mount -t tmpfs -o size=${size}k none small`, "small/timeline.db", "out", keep);

    expectRefusal(ran, /no space is left for the store/);
    expect(readdirSync(join(folder, "out"))).toEqual([]);
    expect(server.calls.length).toBeGreaterThan(0);
    const again = await buildWhere("true", "saved/timeline.db", "out");
    expect({ code: again.code, err: again.err }).toEqual({ code: 0, err: "" });
  });

  it("that gets full while a file is written leaves no part of it", async () => {
    const ran = await buildWhere("mount -t tmpfs -o size=40k none small", "timeline.db", "small", "ls -A small");

    expectRefusal(ran, /could not be written \(ENOSPC\)/);
    // Nothing is listed behind it.
    expect(ran.err.trimEnd().split("\n").at(-1)).toBe("failed");
  });

  it("that may only be read ends a build with 4, for the store and for the files", async () => {
    const readOnly = "mount --bind small small && mount -o remount,ro,bind small";
    expectRefusal(await buildWhere(readOnly, "small/timeline.db", "out"), /read-only/);
    expectRefusal(await buildWhere(readOnly, "timeline.db", "small"), /Files cannot be created in/);
    expect(readdirSync(join(folder, "small"))).toEqual([]);
  });

  it("that may only be read holds a store that stays as it is", async () => {
    expect((await buildWhere("true", "small/timeline.db", "out")).code).toBe(0);
    const before = readFileSync(join(folder, "small/timeline.db"));
    const ran = await buildWhere("mount --bind small small && mount -o remount,ro,bind small", "small/timeline.db", "out");

    expectRefusal(ran, /read-only/);
    expect(readFileSync(join(folder, "small/timeline.db")).equals(before)).toBe(true);
  });
});

it("could be made for these tests", (test) => {
  if (REFUSED !== null) skipBecause(test, REFUSED);
});
