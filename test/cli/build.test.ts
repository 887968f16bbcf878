import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { z } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoIncident } from "../../fixtures/demo-incident.js";
import { run } from "../../src/cli/run.js";
import { Interrupted } from "../../src/cli/interrupted.js";
import { BuildEventJson } from "../../src/cli/schemas/build-event.js";
import type { Clock } from "../../src/kit/clock.js";
import { instant, ioAt, openBench, type Bench } from "../support/build-fixture.js";
import { earlierStore } from "../store/earlier-store.js";
import { timeline } from "./support.js";

let bench: Bench;
let env: Readonly<Record<string, string>>;
const START = "2026-03-04T11:20:00Z";
const BUILD = [
  "build",
  "--start",
  START,
  "--end",
  "2026-03-04T13:05:00Z",
  "--title",
  "Checkout errors",
  "--out",
  "out",
  "--service",
  "stock",
];

beforeAll(async () => {
  bench = await openBench();
  const incident = demoIncident(bench.server.urls);
  env = { ...incident.environment, TIMELINE_CONFIG: "config.json" };
  const services = { stock: { channels: ["team-shop", "team-warehouse"], repos: ["tillerby/stock"], metrics: [] } };
  writeFileSync(join(bench.folder, "config.json"), JSON.stringify({ ...incident.config, services, store: "t.db" }));
});
afterAll(() => bench.close());

const shipped = new URL("../../schema/incident-timeline-events-1.schema.json", import.meta.url);
const made = `${JSON.stringify(z.toJSONSchema(BuildEventJson, { target: "draft-2020-12" }), null, 2)}\n`;
if (process.env["UPDATE_SCHEMAS"]) writeFileSync(shipped, made);

/** Each line fits the schema. */
function eventsOf(out: string): Record<string, unknown>[] {
  const validate = new Ajv2020({ strict: true, allErrors: true }).compile(JSON.parse(made) as object);
  return out
    .trimEnd()
    .split("\n")
    .map((line) => {
      const event = JSON.parse(line) as Record<string, unknown>;
      expect(validate(event), `${line}\n${JSON.stringify(validate.errors)}`).toBe(true);
      return event;
    });
}

describe("timeline build --dry-run", () => {
  it("leaves a store of an earlier version as it is, and says so", async () => {
    const store = await earlierStore(1);
    const before = readFileSync(store);
    writeFileSync(join(bench.folder, "older.json"), JSON.stringify({ ...demoIncident(bench.server.urls).config, store }));
    for (const command of [BUILD, ["build"], ["note", "seen"], ["export"]]) {
      const { code, err } = await timeline(bench.folder, [...command, "--dry-run", "--config", "older.json"], env);
      expect(err).toContain("[STORE_OLDER]");
      expect(code).toBe(4);
    }
    expect(readFileSync(store).equals(before)).toBe(true);
  });

  it("tells what would be asked and written, and does nothing", async () => {
    const calls = bench.server.calls.length;
    const { code, out } = await timeline(bench.folder, [...BUILD, "--dry-run"], env);
    expect(code).toBe(0);
    expect(out).toMatch(
      /slack messages at 127\.0\.0\.1:\d+: conversations\.history\n {4}channels: team-shop, team-warehouse; what there is of it is asked first/,
    );
    expect(out).toMatch(
      /github pulls at .*: GraphQL search\n {4}tillerby\/stock: 2026-02-24 11:20:00Z to 2026-03-03 11:20:00Z; 2026-03-03 11:20:00Z to 2026-03-04 15:05:00Z\n/,
    );
    expect(out).toContain(
      "Would be written\n  out/2026-03-04-checkout-errors.md\n  out/2026-03-04-checkout-errors.json\n  out/2026-03-04-checkout-errors.charts/\n  t.db  (made anew)",
    );
    expect(bench.server.calls.length).toBe(calls);
    expect(existsSync(join(bench.folder, "t.db"))).toBe(false);
    expect(existsSync(join(bench.folder, "out"))).toBe(false);
  });

  it("is an event for programs", async () => {
    const [begin, plan] = eventsOf((await timeline(bench.folder, [...BUILD, "--dry-run", "--json"], env)).out);
    expect(begin).toMatchObject({ event: "begin", format: "incident-timeline-events/1", start: START, narrowed: { services: ["stock"] } });
    const files = [".md", ".json", ".charts/"].map((extension) => `out/2026-03-04-checkout-errors${extension}`);
    expect(plan).toMatchObject({ event: "plan", files });
  });
});

describe("timeline build --json", () => {
  it("ships the schema that its format says (UPDATE_SCHEMAS=1 writes it)", () => {
    expect(readFileSync(shipped, "utf8")).toBe(made);
  });

  it("writes events, one a line, and nothing else", async () => {
    const { code, out, err } = await timeline(bench.folder, [...BUILD, "--json"], env);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const events = eventsOf(out);
    const kinds = new Set(events.map(({ event }) => event));
    expect(kinds).toEqual(new Set(["begin", "done", "found", "gap", "page", "source done", "step"]));
    expect(events.at(-1)).toMatchObject({ event: "done", status: "gaps", gaps: 1, incident: { id: "2026-03-04-checkout-errors" } });
    expect(events.filter(({ event }) => event === "found").map(({ text }) => text)).toContain("Alert: Stock reservations are slow");
  });

  it("knows then what is known, in a dry run", async () => {
    const { out } = await timeline(bench.folder, [...BUILD, "--dry-run"], env);
    expect(out).toContain("tillerby/stock: nothing, all of it is known");
    expect(out).toContain("#team-shop: nothing, all of it is known");
  });

  it("ends with what failed", async () => {
    const bad = { ...env, SLACK_BOT_TOKEN: "bad-1", GITHUB_TOKEN: "bad-1", DD_API_KEY: "bad-1", TIMELINE_STORE: "other.db" };
    const { code, out, err } = await timeline(bench.folder, [...BUILD, "--json"], bad);
    expect(code).toBe(3);
    expect(err).toContain("[NO_SOURCE_READ]");
    expect(eventsOf(out).at(-1)).toMatchObject({ event: "failed", id: "NO_SOURCE_READ", exitCode: 3 });
    const text = await timeline(bench.folder, [...BUILD, "--quiet"], bad);
    expect(text.err.endsWith("\nfailed\n")).toBe(true);
  });
});

describe("Ctrl-C", () => {
  it("ends a build at a checkpoint, with what to do next", async () => {
    const controller = new AbortController();
    const io = ioAt(instant("2026-03-20T09:00:00Z"), bench.folder, controller.signal);
    const err = { write: (text: string) => (controller.abort(new Interrupted()), io.err.write(text)) };
    const code = await run([...BUILD, "--refresh"], { ...io, err, env });
    expect(code).toBe(130);
    expect(io.said.at(-1)).toBe("Interrupted: what was read is kept. Run the same again, and it goes on from there.\n");
  });
});

describe("timeline build --follow", () => {
  const follow = [
    "build",
    "--start",
    START,
    "--title",
    "Open",
    "--out",
    "open",
    "--repo",
    "tillerby/stock",
    "--channel",
    "team-shop",
    "--follow",
  ];

  /** Ends the incident, or interrupts, when it has slept so long. */
  function followedUntil(
    now: string,
    end: (round: number) => Promise<void> | void,
  ): { io: ReturnType<typeof ioAt>; controller: AbortController } {
    const controller = new AbortController();
    const io = ioAt(instant(now), bench.folder, controller.signal);
    let slept = 0;
    const clock: Clock = {
      now: () => io.clock.now(),
      sleep: async (ms, signal) => {
        slept += ms;
        if (slept % 120_000 === 0) await end(slept / 120_000);
        await io.clock.sleep(ms, signal);
      },
    };
    return { io: { ...io, clock }, controller };
  }

  it("shows what is new in each round, and stops with Ctrl-C", async () => {
    const { io, controller } = followedUntil("2026-03-04T11:33:00Z", (round) =>
      round === 3 ? controller.abort(new Interrupted()) : undefined,
    );
    expect(await run(follow, { ...io, env })).toBe(130);
    const told = io.told.slice(1).join("");
    expect(io.told[0]).toContain("still open");
    expect(told).toMatch(/11:34:18Z .*Checkout errors at 6 % and climbing/);
    expect(told).toMatch(/^\d+ new; \d+ gaps?$/m);
    expect(told).not.toContain("11:30:20Z");
    expect(io.told.slice(1).length).toBeLessThanOrEqual(2);
    expect(io.said.filter((text) => text === "following\n").length).toBeGreaterThanOrEqual(6);
  });

  it("ends when somebody says that the incident is over", async () => {
    const { io } = followedUntil("2026-03-04T12:30:00Z", async () => {
      const other = ioAt(instant("2026-03-04T12:31:00Z"), bench.folder);
      await run(["build", "--incident", "2026-03-04-open", "--end", "2026-03-04T12:25:00Z", "--out", "open", "--quiet"], { ...other, env });
    });
    expect(await run(follow, { ...io, env })).toBe(0);
    expect(io.said.at(-1)).toBe("the incident is over since 2026-03-04 12:25:00Z: following ends\n");
    expect(readdirSync(join(bench.folder, "open")).filter((name) => name.endsWith(".md") && !name.includes(".previous."))).toEqual([
      "2026-03-04-open.md",
    ]);
  });

  it("takes no shorter pause than 30 seconds", async () => {
    const { code, err } = await timeline(bench.folder, [...follow, "--every", "5s"], env);
    expect(code).toBe(2);
    expect(err).toContain("--every");
  });
});
