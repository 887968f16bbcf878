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

it("tells on a terminal who is behind a role, with every account", async () => {
  const { code, out } = await onTerminal("who", "responder", "B");
  const user = loadIncident().slack.users.find(({ id }) => out.includes(`slack:${String(id)}: `))!;
  expect(code).toBe(0);
  expect(out).toMatch(/^responder B: \d+ entr(y|ies), the first at 2026-03-0[34] /);
  expect(out).toContain((user as { profile: { real_name: string } }).profile.real_name);
  expect(out).toContain("github:");
  expect((await onTerminal("who", "b")).out).toBe(out);
});

it("lists everybody without a role", async () => {
  const { out } = await onTerminal("who");
  const roles = bench.json().entries.flatMap(({ role }) => (role === null ? [] : [role]));
  for (const role of new Set(roles)) expect(out).toContain(`${role}: `);
});

it("prints no name where the output is no terminal, unless that is asked for", async () => {
  const refused = await timeline(bench.folder, ["who", "responder", "B"]);
  expect({ code: refused.code, out: refused.out }).toEqual({ code: 2, out: "" });
  expect(refused.err).toContain("[NAMES_NOT_PRINTED]");
  expect((await timeline(bench.folder, ["who", "responder", "B", "--print-names"])).out).toBe(
    (await onTerminal("who", "responder", "B")).out,
  );
});

it("names the nearest role for one that there is not", async () => {
  const { code, err } = await onTerminal("who", "respnder", "C");
  expect(code).toBe(2);
  expect(err).toContain("Did you mean responder C?");
});

it("proposes lines for the config, and joins nothing by itself", async () => {
  const known = await onTerminal("who", "--suggest");
  bench.server.mutate(({ slack }) => {
    for (const user of slack.users) delete (user as { profile: { email?: string } }).profile.email;
  });
  await bench.build({ now: "2026-03-22T09:00:00Z", request: { refresh: true } });
  const { code, out } = await onTerminal("who", "--suggest");
  expect(code).toBe(0);
  expect(known.out).not.toContain("rtamblyn");
  expect(out).toContain('  {"github":"rtamblyn","slack":"U04551918A"}\n    both are called rose tamblyn');
});
