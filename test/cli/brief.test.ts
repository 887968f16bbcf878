import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadIncident } from "../../fixtures/incident-data.js";
import { run } from "../../src/cli/run.js";
import { instant, ioAt, openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
  await bench.build();
});
afterAll(() => bench.close());

async function onTerminal(...argv: string[]) {
  const io = { ...ioAt(instant("2026-03-20T09:00:00Z"), bench.folder), columns: 120 };
  const code = await run(argv, io);
  return { code, out: io.told.join(""), err: io.said.join("") };
}

/** Every file below the folder with what it holds, but for the store's own book-keeping. */
function filesIn(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => !/-(wal|shm)$/.test(name));
  return names.map((name) => `${name} ${statSync(join(folder, name)).size}`).toSorted();
}

it("shows one page with every part, on a terminal", async () => {
  const { code, out } = await onTerminal("brief");
  expect(code).toBe(0);
  const parts = ["The story", "Where it was hard to go on", "Words to clear up", "Whom to ask about what", "Passages to meet with care"];
  expect(parts.map((part) => out.indexOf(`\n${part}\n`)).every((at, index, all) => at > (all[index - 1] ?? 0))).toBe(true);
  expect(out.split("\n").length).toBeLessThan(75);
  expect(out).toMatch(/\n {2}(responder|author|support|incident commander|on-call)[^:\n]*: .+ at \d\d:\d\d:\d\d/);
});

it("holds no name of a person, and no role beside a passage", async () => {
  const { out } = await onTerminal("brief");
  const users = loadIncident().slack.users as unknown as { profile: { real_name: string }; name: string; is_bot?: boolean }[];
  for (const { profile, name } of users.filter((user) => user.is_bot !== true)) {
    expect(out).not.toContain(profile.real_name);
    expect(out).not.toContain(name);
  }
  const passages = out.slice(out.indexOf("Passages to meet with care"));
  expect(passages).not.toMatch(/responder|author|support [A-Z]/);
});

it("leaves no trace: neither a file nor anything in the store", async () => {
  const before = filesIn(bench.folder);
  await onTerminal("brief");
  expect(filesIn(bench.folder)).toEqual(before);
});

it("goes into no file and no pipe", async () => {
  for (const argv of [["brief"], ["brief", "--out", "brief.md"]]) {
    const { code, out, err } = await timeline(bench.folder, argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("[BRIEF_NOT_STORED]");
  }
  const { code, out } = await onTerminal("brief", "--out", "-");
  expect({ code, out }).toEqual({ code: 2, out: "" });
});
