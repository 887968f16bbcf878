import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoIncident } from "../../fixtures/demo-incident.js";
import { fixturesInProcess } from "../../fixtures/server/in-process.js";
import { buildTimeline, builtinConnectors, fromIso, loadConfig, NOT_NARROWED, openBuild } from "../../src/index.js";
import { virtualClock } from "../support/virtual-clock.js";

/** The page of the bundled incident, with a second time zone beside UTC, in a folder of its own. */
export async function demoPage(): Promise<{ readonly path: string; readonly text: string; clear(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "timeline-page-"));
  const { urls, transport } = fixturesInProcess();
  const incident = demoIncident(urls);
  const config = join(folder, "timeline.config.json");
  writeFileSync(config, JSON.stringify({ store: "timeline.db", timezone: "Europe/Berlin", ...incident.config }));
  const loaded = await loadConfig({ path: config, cwd: folder, env: incident.environment, connectors: builtinConnectors });
  const times = { start: fromIso(incident.start)!, end: fromIso(incident.end), from: null, until: null };
  const request = { id: null, title: incident.title, ...times, out: folder, refresh: false, narrowing: NOT_NARROWED };
  const clock = virtualClock(fromIso("2026-03-20T09:00:00Z")!);
  const build = await openBuild(loaded, request, { formats: ["html"], transport, clock });
  try {
    const { files } = await buildTimeline(request, build.settings, build.ports);
    const { path } = files[0]!;
    return { path, text: readFileSync(path, "utf8"), clear: () => rmSync(folder, { recursive: true, force: true }) };
  } finally {
    await build.close();
  }
}
