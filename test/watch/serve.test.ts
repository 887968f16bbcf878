import { createHmac, randomBytes } from "node:crypto";
import { request as httpRequest } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { builtinConnectors } from "../../connectors/index.js";
import { NO_STYLES } from "../../src/cli/styles.js";
import type { Io } from "../../src/cli/io.js";
import { listen } from "../../src/cli/watch/listen.js";
import { openWatch, type OpenedWatch } from "../../src/cli/watch/open-watch.js";
import { loadConfig } from "../../src/config/index.js";
import { systemClock } from "../../src/kit/clock.js";
import type { Serving } from "../../src/watch/serve.js";
import { createWatcher } from "../../src/watch/watch.js";
import { DAY, HOUR, MINUTE, SCHEDULE } from "./samples.js";

/** In the suite few, by hand 10,000. */
const BODIES = Number(process.env["NOTICE_BODIES"] ?? 300);
const SECRET = "a-shared-secret-of-these-tests-only";
let folder: string;
let opened: OpenedWatch;
let serving: Serving;
let logged: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "timeline-serve-"));
  logged = "";
  const path = join(folder, "timeline.config.json");
  const receive = [{ name: "ours", shape: "generic", secret: { env: "HOOK_SECRET" } }];
  writeFileSync(path, JSON.stringify({ watch: { port: 0 }, slack: { channels: ["#ops"] }, webhook: { receive } }));
  const env = { SLACK_BOT_TOKEN: "xoxb-not-to-be-seen", HOOK_SECRET: SECRET };
  const config = await loadConfig({ path, cwd: folder, env, connectors: builtinConnectors });
  const err = { write: (text: string) => ((logged += text), true) };
  const io: Io = {
    env,
    cwd: folder,
    clock: systemClock,
    random: Math.random,
    out: () => {},
    err,
    styles: NO_STYLES,
    signal: new AbortController().signal,
  };
  opened = await openWatch(config, io, { out: join(folder, "timelines"), formats: ["md"], told: { json: false, quiet: false } });
  const settings = { schedule: SCHEDULE, lookEvery: MINUTE, lookBack: 2 * DAY, sameBy: [], atOnce: 1, alertAfter: 2 * HOUR } as const;
  const watcher = await createWatcher(settings, opened.ports, opened.events);
  serving = (await listen(config, watcher, opened))!;
});
afterEach(async () => {
  await serving.close();
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

const told = () => opened.store.watch.watched();
const url = (path: string) => `http://127.0.0.1:${serving.port}${path}`;
const incident = (title: string) => JSON.stringify({ id: "inc-7", title, start: new Date(Date.now() - 60_000).toISOString() });

/** As Standard Webhooks signs: the id, the time and the body, with the secret. */
function signed(body: string, id: string, at = Math.floor(Date.now() / 1000)): RequestInit {
  const signature = createHmac("sha256", SECRET).update(`${id}.${at}.${body}`).digest("base64");
  const headers = { "webhook-id": id, "webhook-timestamp": String(at), "webhook-signature": `v1,${signature}` };
  return { method: "POST", headers, body };
}

describe("what is served on loopback", () => {
  it("tells that it lives, whether it is ready, and what Prometheus reads", async () => {
    expect((await fetch(url("/health"))).status).toBe(200);
    expect(await (await fetch(url("/ready"))).json()).toMatchObject({ status: "ready", incidents: 0 });
    const metrics = await (await fetch(url("/metrics"))).text();
    expect(metrics).toMatch(/^incident_timeline_oldest_due_seconds 0$/m);
    expect(metrics).not.toContain(SECRET);
    expect((await fetch(url("/elsewhere"))).status).toBe(404);
    expect((await fetch(url("/health"), { method: "DELETE" })).status).toBe(405);
  });

  it("takes a signed notice once, and the same delivery never again", async () => {
    const request = signed(incident("Checkout errors"), "msg_1");

    expect((await fetch(url("/notices/ours"), request)).status).toBe(202);
    expect((await told()).map(({ id, reports }) => [id, reports[0]?.title])).toEqual([["inc-7", "Checkout errors"]]);

    expect(await (await fetch(url("/notices/ours"), request)).json()).toEqual({ status: "had it before" });
    expect((await fetch(url("/notices/ours"), signed(incident("Checkout errors, EU"), "msg_2"))).status).toBe(202);
    expect((await told()).map(({ reports }) => reports[0]?.title)).toEqual(["Checkout errors, EU"]);
  });

  it.each([
    ["a wrong signature", () => ({ ...signed(incident("x"), "m"), body: incident("y") }), 401],
    ["an old one", () => signed(incident("x"), "m", Math.floor(Date.now() / 1000) - 3600), 401],
    ["none", () => ({ method: "POST", body: incident("x") }), 401],
    ["no incident", () => signed("[]", "m"), 400],
    ["another method", () => ({ method: "GET" }), 405],
  ] as const)("refuses a request with %s, counts it, and changes nothing", async (_what, request, status) => {
    const answer = await fetch(url("/notices/ours"), request());
    expect(answer.status).toBe(status);
    expect(await told()).toEqual([]);
    if (status !== 405) expect(await (await fetch(url("/metrics"))).text()).toContain('outcome="refused"');
  });

  it("refuses ten megabytes without reading them, and goes on", async () => {
    expect(await sendMegabytes(10)).toBe(413);
    expect((await fetch(url("/health"))).status).toBe(200);
    expect(await told()).toEqual([]);
  });

  it("survives whatever is sent, and logs neither bodies nor secrets", { timeout: 600_000 }, async () => {
    const statuses = new Set<number>();
    for (let round = 0; round < BODIES; round += 1) {
      const body = randomBytes((round % 400) * 3).toString("latin1");
      const request = round % 3 === 0 ? signed(body, `m${round}`) : { method: "POST", body };
      statuses.add((await fetch(url(`/notices/${round % 7 === 0 ? "nobody" : "ours"}`), request)).status);
    }
    expect([...statuses].sort((a, b) => a - b)).toEqual([400, 401, 404]);
    expect(await told()).toEqual([]);
    if (BODIES > 1000) console.log(`${BODIES} bodies: heap ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`);
    expect(logged).not.toContain(SECRET);
    expect(logged.split("\n").every((line) => line === "" || /^\d{4}-\S+ warning notice refused connector=webhook name=/.test(line))).toBe(
      true,
    );
  });
});

function sendMegabytes(count: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url("/notices/ours"), { method: "POST", headers: { "content-length": count * 1_048_576 } });
    request.on("response", (response) => resolve(response.statusCode ?? 0));
    request.on("error", reject);
    request.write(Buffer.alloc(1024));
  });
}
