import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFile } from "node:fs/promises";
import {
  buildTimeline,
  fromIso,
  loadConfig,
  NOT_NARROWED,
  openBuild,
  toIso,
  type BuildRequest,
  type Draft,
  type Entry,
} from "incident-timeline";
import { detectAnomalies, type Anomaly } from "incident-timeline/detect";
import { problems, scenario, statuspage } from "./statuspage.js";

/** Everything that the package offers to programs, used once. What it found is printed as JSON. */
const MINUTE = 60_000_000;
const from = fromIso("2026-03-04T10:00:00Z")!;
const times = Float64Array.from({ length: 480 }, (_, index) => from + index * MINUTE);
const values = times.map((_, index) => 10 + (index % 3) + (index >= 200 && index < 240 ? 50 : 0));
const series = { times, values, stepMicros: MINUTE, type: "gauge" as const, window: { from, until: from + 480 * MINUTE } };
const anomalies: readonly Anomaly[] = detectAnomalies(series);

const server = createServer((request, response) => {
  const page = new URL(request.url!, "http://127.0.0.1").searchParams.get("page");
  const exchange = scenario.exchanges.find(({ params }) => params?.["page"] === page);
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(exchange?.body));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
await writeFile("timeline.config.json", JSON.stringify({ statuspage: { apiUrl, pages: ["shop"] } }));

const connectors = [statuspage];
const env = { STATUSPAGE_TOKEN: "made-up" };
const config = await loadConfig({ path: "timeline.config.json", cwd: process.cwd(), env, connectors });
const request: BuildRequest = {
  id: null,
  title: "Checkout",
  start: fromIso("2026-03-04T11:30:00Z")!,
  end: fromIso("2026-03-04T12:30:00Z"),
  from: null,
  until: null,
  out: "timelines",
  refresh: false,
  narrowing: NOT_NARROWED,
};
const build = await openBuild(config, request, { connectors, formats: ["json"] });
let draft: Draft;
try {
  ({ draft } = await buildTimeline(request, build.settings, build.ports));
} finally {
  await build.close();
  server.close();
}
const told = (entry: Entry) => `${toIso(entry.at)} ${entry.evidence.join(" ")}`;
process.stdout.write(
  JSON.stringify({
    problems: await problems,
    anomalies: anomalies.map(({ kind, onset, end }) => ({ kind, onset: toIso(onset), end: end === null ? null : toIso(end) })),
    entries: draft.entries.map(told),
    gaps: draft.coverage.flatMap(({ gaps }) => gaps.map(({ reason }) => reason)),
  }),
);
