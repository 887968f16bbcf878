import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fromIso } from "../../src/kit/instant.js";
import { openStore } from "../../src/store/index.js";
import { openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

const ID = "2026-03-04-checkout-errors";
let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
  await bench.build();
});
afterEach(() => bench.close());

const say = (...argv: string[]) => timeline(bench.folder, argv);
const entriesShown = async () => (JSON.parse((await say("show", "--json", "--all")).out) as { entries: unknown[] }).entries;

/** Texts of messages as the store has them. */
async function texts(): Promise<string[]> {
  const store = await openStore(join(bench.folder, "store/timeline.db"));
  const record = await store.incident(ID);
  const { scopes } = (record!.history as unknown as { build: { scopes: never[] } }).build;
  const found: string[] = [];
  for await (const { evidence } of store.evidence(scopes, { from: 0, until: fromIso("2027-01-01T00:00:00Z")! }))
    for (const match of JSON.stringify(evidence.body).matchAll(/"text":"([^"\\]{30,})"/g)) found.push(match[1]!);
  await store.close();
  return found;
}

function inFiles(words: readonly string[]): string[] {
  const folder = join(bench.folder, "store");
  const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  return words.filter((word) => bytes.some((each) => each.includes(word)));
}

describe("timeline purge", () => {
  it("leaves no byte of old evidence, says so in every ledger, and no build asks for it again unless it is told to", async () => {
    const said = await texts();
    const before = await entriesShown();
    const dry = await say("purge", "--older-than", "2026-03-20", "--dry-run");
    const afterDry = await entriesShown();

    const { code, out } = await say("purge", "--older-than", "2026-03-20");
    const left = inFiles(said);
    await say("export", "--format", "md,json,csv", "--out", join(bench.folder, "out"));
    const [calls, ledger] = [bench.server.calls.length, purgedIn(bench)];
    await bench.build();
    const asked = bench.server.calls.slice(calls).filter(({ path }) => /history|replies|search|runs|query/.test(path));

    expect(said.length).toBeGreaterThan(20);
    expect([dry.code, afterDry]).toEqual([0, before]);
    expect([code, out]).toEqual([0, dry.out.replace("Would be purged", "Purged")]);
    expect(left).toEqual([]);
    expect(ledger.length).toBeGreaterThan(3);
    expect(ledger[0]).toMatch(/^Purged on 2026-03-20: what was older than 2026-03-20$/);
    expect(bench.markdown()).toContain("Purged on 2026-03-20");
    expect(readFileSync(join(bench.folder, "out", `${ID}.csv`), "utf8")).toContain("Purged on 2026-03-20");
    expect(asked).toEqual([]);
    expect(new Set(purgedIn(bench))).toEqual(new Set(ledger));

    await bench.build({ now: "2026-03-20T10:00:00Z", request: { refresh: true } });

    expect(await texts()).toEqual(said);
    expect(purgedIn(bench)).toEqual([]);
  });

  it("goes by the config, and keeps evidence where that says nothing", async () => {
    const before = await entriesShown();
    const none = await say("purge");
    const kept = await entriesShown();
    await bench.build({ settings: { retention: { private: "P3D" } } });
    const closed = await say("purge", "--dry-run");
    await bench.build({ settings: { retention: { public: "P3D" } } });
    const open = await say("purge", "--dry-run");

    expect([none.code, kept]).toEqual([0, before]);
    expect(none.out).toContain('neither --older-than nor "retention" in the config says how long');
    expect(closed.out).toMatch(/^Would be purged: 0 records/);
    expect(open.out).toMatch(/^Would be purged: [1-9]\d* records/);
  });

  it("removes one incident with its notes", async () => {
    await say("note", "asked", "the", "provider");

    const { code, out } = await say("purge", "--incident", ID);

    expect(code).toBe(0);
    expect(out).toMatch(/^Purged: [1-9]\d* records .*, 1 note\n {2}the incident and its notes go too; files that were written stay\n$/);
    expect((await say("list")).out).toBe("No incidents yet: `timeline build` adds one.\n");
  });
});

describe("timeline hold", () => {
  it("keeps an incident's evidence until it is released", async () => {
    const before = await entriesShown();
    const held = await say("hold", ID, "--reason", "asked for by counsel");
    const purged = await say("purge", "--older-than", "2026-03-20");
    const gone = await say("purge", "--incident", ID);
    const list = await say("list");

    expect(held.out).toBe(`Held: ${ID}. Its evidence stays whatever is purged.\n`);
    expect(purged.out).toMatch(new RegExp(`kept: [1-9]\\d* records and slices, since held incidents draw on them \\(${ID}\\)`));
    expect([gone.code, gone.err]).toEqual([2, expect.stringContaining("[INCIDENT_HELD]")]);
    expect(list.out).toContain("; held\n");
    expect(await entriesShown()).toEqual(before);
    expect((await say("hold")).out).toBe(`${ID}\n  since 2026-03-20 09:00:00Z: asked for by counsel\n`);

    const released = await say("hold", ID, "--release");
    const again = await say("hold", ID, "--release");
    await say("purge", "--older-than", "2026-03-20");

    expect(released.code).toBe(0);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining("[HOLD_UNKNOWN]")]);
    expect((await entriesShown()).length).toBeLessThan(before.length);
  });
});

function purgedIn(from: Bench): string[] {
  const gaps = from.json().coverage.flatMap((line) => line.gaps as unknown as readonly { reason: string; detail: string }[]);
  return gaps.filter(({ reason }) => reason === "purged").map(({ detail }) => detail);
}
