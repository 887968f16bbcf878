import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { builtinConnectors } from "../../connectors/index.js";
import { demoIncident } from "../../fixtures/demo-incident.js";
import { loadIncident, type IncidentData } from "../../fixtures/incident-data.js";
import { answerFrom, urlsAt } from "../../fixtures/server/answer.js";
import { fixtureRequest, written, type FixtureRequest } from "../../fixtures/server/http.js";
import { openBuild } from "../../src/cli/open-build.js";
import { loadConfig } from "../../src/config/index.js";
import type { ProgressEvent } from "../../src/contract/progress.js";
import { NOT_NARROWED } from "../../src/contract/selection.js";
import { MICROS_PER_SECOND } from "../../src/kit/instant.js";
import type { WireOptions } from "../../src/kit/wire/types.js";
import { buildTimeline } from "../../src/pipeline.js";
import { eventClock } from "../support/event-clock.js";
import { instant } from "../support/build-fixture.js";

type Transport = NonNullable<WireOptions["transport"]>;

const REPOSITORIES = 20;
/** A page of the services is no longer than this, so that conversation takes its time as it does in a large workspace. */
const PAGE = 15;
/** From here to a vendor and back. */
const ROUND_TRIP_MS = 400;
/** As documented: Slack's tiers by method, GitHub's points a minute. */
const CALLS_A_MINUTE: Readonly<Record<string, number>> = { history: 50, replies: 50, list: 20, github: 900 };

const folder = mkdtempSync(join(tmpdir(), "timeline-first-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The three repositories of the bundled incident again and again, under other names. */
function enlarged(data: IncidentData): { readonly data: IncidentData; readonly repos: string[] } {
  const originals = data.github.repositories.map((each) => each.full_name);
  const repos = Array.from({ length: REPOSITORIES }, (_, index) => `${originals[index % originals.length]!}-${index}`);
  const copied = (value: unknown, from: string, to: string): unknown => JSON.parse(JSON.stringify(value).replaceAll(from, to));
  const github = Object.fromEntries(
    Object.entries(data.github).map(([part, value]) => {
      const copies = repos.map((to, index) =>
        copied(partOf(value, originals[index % originals.length]!), originals[index % originals.length]!, to),
      );
      return [part, Array.isArray(value) ? copies.flat() : Object.assign({}, ...copies)];
    }),
  );
  return { data: { ...data, github: github as unknown as IncidentData["github"] }, repos };
}

function partOf(value: unknown, repository: string): unknown {
  if (Array.isArray(value)) return (value as { full_name: string }[]).filter((each) => each.full_name === repository);
  const members = Object.entries(value as Record<string, unknown>);
  return Object.fromEntries(members.filter(([key]) => key === repository || key.startsWith(`${repository}/`)));
}

function limitedTransport(data: IncidentData, clock: ReturnType<typeof eventClock>): { transport: Transport; calls: () => number } {
  const sent = new Map<string, number[]>();
  let calls = 0;
  const transport = async (...[input, init]: Parameters<Transport>) => {
    calls += 1;
    await clock.sleep(ROUND_TRIP_MS);
    const body = init?.body === undefined || init.body === null ? "" : new TextDecoder().decode(init.body as Uint8Array);
    const url = new URL(input instanceof Request ? input.url : input);
    const request = fixtureRequest({ method: init?.method ?? "GET", url, headers: init?.headers as Record<string, string>, body })!;
    const bucket = bucketOf(request);
    const most = CALLS_A_MINUTE[bucket] ?? Infinity;
    const recent = (sent.get(bucket) ?? []).filter((at) => at > clock.now() - 60 * MICROS_PER_SECOND);
    if (recent.length >= most) {
      const seconds = Math.ceil((recent[0]! + 60 * MICROS_PER_SECOND - clock.now()) / MICROS_PER_SECOND);
      return new Response('{"ok":false,"error":"ratelimited"}', { status: 429, headers: { "retry-after": String(seconds) } });
    }
    sent.set(bucket, [...recent, clock.now()]);
    const { text, ...head } = written(answerFrom(data, request, request.service === "slack" ? PAGE : undefined));
    return new Response(text, head);
  };
  return { transport: transport as unknown as Transport, calls: () => calls };
}

function bucketOf({ service, path }: FixtureRequest): string {
  return service === "slack" ? path.slice(path.lastIndexOf(".") + 1) : service;
}

it(`shows the changes and alerts of ${REPOSITORIES} repositories within 30 s at the documented limits, while the rest goes on`, async () => {
  const { data, repos } = enlarged(loadIncident());
  const start = instant("2026-03-04T12:30:00Z");
  const clock = eventClock(start);
  const { transport, calls } = limitedTransport(data, clock);
  const { config: sections, environment } = demoIncident(urlsAt("http://127.0.0.1:9"));
  const path = join(folder, "config.json");
  writeFileSync(path, JSON.stringify({ ...sections, github: { ...sections.github, repos }, store: "t.db" }));
  const config = await loadConfig({ path, cwd: folder, env: environment, connectors: builtinConnectors });
  const events: { readonly event: ProgressEvent; readonly seconds: number; readonly calls: number }[] = [];
  const progress = (event: ProgressEvent) =>
    void events.push({ event, seconds: (clock.now() - start) / MICROS_PER_SECOND, calls: calls() });
  const times = { start: instant("2026-03-04T11:20:00Z"), end: null, from: null, until: null };
  const request = { id: null, title: "T", ...times, out: folder, refresh: false, narrowing: NOT_NARROWED };
  const build = await openBuild(config, request, { clock, random: () => 0.5, transport, progress });

  await clock.run(buildTimeline(request, build.settings, build.ports));
  await build.close();

  const found = events.filter(({ event }) => event.type === "found");
  const conversation = events.filter(({ event }) => event.type === "source" && event.connector === "slack");
  const last = events.at(-1)!;
  const lastFound = found.at(-1)!;
  console.log(
    `${found.length} changes and alerts of ${repos.length} repositories: the first after ${found[0]!.seconds.toFixed(1)} s, ` +
      `the last after ${lastFound.seconds.toFixed(1)} s and ${lastFound.calls} calls; the build ended after ${last.seconds.toFixed(1)} s and ${last.calls} calls`,
  );
  const bySource = new Map(found.map(({ event, seconds }) => [event.type === "found" ? event.source : "", seconds.toFixed(1)]));
  console.log(`the last of each source: ${[...bySource].map(([source, seconds]) => `${source} ${seconds} s`).join(", ")}`);
  expect(found.length).toBeGreaterThan(REPOSITORIES);
  expect(lastFound.seconds).toBeLessThan(30);
  // Conversation goes on beside it, and longer.
  expect(conversation[0]!.seconds).toBeLessThan(lastFound.seconds);
  expect(last.seconds).toBeGreaterThan(lastFound.seconds);
}, 180_000);
