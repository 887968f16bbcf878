import dns from "node:dns";
import { writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { demoIncident } from "../../fixtures/demo-incident.js";
import { openBench, type Bench } from "../support/build-fixture.js";
import { timeline } from "./support.js";

let bench: Bench;
beforeAll(async () => void (bench = await openBench()));
afterAll(async () => {
  vi.restoreAllMocks();
  await bench.close();
});

it(
  "contacts the hosts of its config and no other, whatever the command: no telemetry, no version check",
  { timeout: 120_000 },
  async () => {
    const contacted = new Set<string>();
    const connect = Reflect.get(Socket.prototype, "connect") as (...args: unknown[]) => Socket;
    vi.spyOn(Socket.prototype, "connect").mockImplementation(function (this: Socket, ...args: unknown[]) {
      contacted.add(addressIn(args));
      return Reflect.apply(connect, this, args);
    });
    const lookups = vi.spyOn(dns, "lookup");
    const incident = demoIncident(bench.server.urls);
    const config = join(bench.folder, "timeline.config.json");
    writeFileSync(config, JSON.stringify(incident.config));
    const build = ["build", "--start", incident.start, "--end", incident.end, "--title", incident.title];
    const commands = [
      ["doctor"],
      build,
      build,
      ["list"],
      ["show"],
      ["diff"],
      ["export", "--out", "exported"],
      ["config", "check"],
      ["demo"],
      ["--version"],
    ];

    const codes: number[] = [];
    for (const argv of commands) codes.push((await timeline(bench.folder, argv, incident.environment)).code);

    expect(codes).toEqual(commands.map(() => 0));
    expect(bench.server.calls.length).toBeGreaterThan(50);
    expect([...contacted]).toEqual([new URL(bench.server.urls.githubApiUrl).host]);
    expect(lookups.mock.calls.map(([host]) => host).filter((host) => host !== "127.0.0.1")).toEqual([]);
  },
);

/** `host:port` of what `connect` was given, in whichever form it takes it. */
function addressIn(args: readonly unknown[]): string {
  const [first] = args.flat() as [{ host?: string; path?: string; port?: number | string }];
  return typeof first === "object" ? (first.path ?? `${first.host}:${first.port}`) : String(first);
}
