import { join } from "node:path";
import { collect, coverageOf, readEvidence, readReferences, readSeries, type Collected, type ConnectorInput } from "./collect/index.js";
import type { BuildInfo, Draft } from "./contract/draft.js";
import type { Exporter } from "./contract/export.js";
import { EMPTY_HISTORY, type History } from "./contract/history.js";
import type { JsonValue } from "./contract/evidence.js";
import type { Progress } from "./contract/progress.js";
import type { IncidentRecord, Run, Store } from "./contract/store.js";
import { assembleSeries, chartSeries, detectAnomalies } from "./detect/index.js";
import { draft } from "./draft/index.js";
import type { Clock } from "./kit/clock.js";
import { ExitCode, Failure } from "./kit/errors.js";
import type { EpochMicros } from "./kit/instant.js";
import type { WireFetch, WireRecord } from "./kit/wire/types.js";
import { assignRoles, checkWritable, keepIds, nextHistory, writeOutput, type Written } from "./merge/index.js";
import { normalize, scopeKey } from "./normalize/index.js";
import { incidentId, resolveWindow, type ResolvedWindow, type WindowRequest } from "./window/index.js";

/** What somebody asks for: one incident, its times, where the files go. */
export interface BuildRequest extends Pick<WindowRequest, "start" | "end" | "from" | "until"> {
  readonly id: string | null;
  readonly title: string;
  readonly out: string;
  /** Ask the sources for everything anew. */
  readonly refresh: boolean;
}

/** What the config says for every build. Durations are microseconds. */
export interface BuildSettings extends Pick<WindowRequest, "leadIn" | "leadOut" | "changeLookBack"> {
  readonly recheckFor: number;
  readonly timezone: string;
  /** Accounts of one person each: `<connector>:<account id>`. */
  readonly roster: readonly (readonly string[])[];
}

/** The outside world, handed in by the composition root. */
export interface BuildPorts {
  readonly connectors: readonly ConnectorInput[];
  readonly fetchFor: (connector: string) => WireFetch;
  readonly wireRecords: () => readonly WireRecord[];
  readonly store: Store;
  readonly exporters: readonly Exporter[];
  readonly clock: Clock;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Of the program: part of the stamp. */
  readonly version: string;
}

export interface BuildOutcome {
  readonly draft: Draft;
  readonly roles: Readonly<Record<string, string>>;
  readonly build: BuildInfo;
  readonly files: readonly Written[];
}

/**
 * The main job: window, collect, store, normalize, detect, draft, merge, export.
 *
 * @throws {Failure} with the exit code of the README: impossible times, nothing readable, a file that cannot be written.
 */
export async function buildTimeline(request: BuildRequest, settings: BuildSettings, ports: BuildPorts): Promise<BuildOutcome> {
  const { store, clock, progress } = ports;
  const now = clock.now();
  const resolved = resolveWindow({ ...settings, ...request, now });
  const incident = { id: incidentId(request), title: request.title, start: request.start, end: resolved.window.incidentEnd };
  await checkWritable(
    request.out,
    ports.exporters.map((exporter) => fileName(incident.id, exporter)),
  );

  progress({ type: "step", step: "collect" });
  const run = await store.beginRun(incident.id, now);
  const collected = await collectAll(run, now, resolved, request, settings, ports);

  progress({ type: "step", step: "normalize" });
  const normalized = normalize({
    evidence: await readEvidence(store, collected, ports.connectors, resolved.window),
    references: await readReferences(store, collected),
    kinds: Object.fromEntries(ports.connectors.flatMap(({ connector }) => Object.entries(connector.kinds))),
    scopeNames: new Map(collected.scopes.map((each) => [scopeKey(each.connector, each.source, each.scope), each.name])),
    window: resolved.window,
    roster: settings.roster,
  });

  progress({ type: "step", step: "detect" });
  const stored = await readSeries(store, collected, resolved.window);
  const series = stored.flatMap(({ connector, chunks }) => assembleSeries(connector, chunks, resolved.window));
  const anomalies = detectAnomalies(series.map((each) => each.points));

  progress({ type: "step", step: "draft" });
  const generated = draft({
    incident,
    window: resolved.window,
    normalized,
    anomalies,
    series: series.map((each) => each.facts),
    coverage: coverageOf(collected),
    roles: normalized.roles,
  });

  progress({ type: "step", step: "merge" });
  const history = historyOf(await store.incident(incident.id));
  const merged = keepIds(generated, history);
  const roles = assignRoles(merged.people, history);

  progress({ type: "step", step: "export" });
  const build = buildInfo(now, collected, resolved, ports);
  const input = { draft: merged, roles, build, timezone: settings.timezone, series: series.map((each) => chartSeries(each.points)) };
  const files: Written[] = [];
  for (const exporter of ports.exporters) {
    const text = exporter.render(input);
    files.push(await writeOutput(join(request.out, fileName(incident.id, exporter)), text, exporter));
  }
  await store.putIncident(toRecord(incident, nextHistory(merged, roles, history)));
  await store.finishRun(run, clock.now());
  return { draft: merged, roles, build, files };
}

async function collectAll(
  run: Run,
  now: EpochMicros,
  { window }: ResolvedWindow,
  { refresh }: BuildRequest,
  { recheckFor }: BuildSettings,
  { connectors, store, progress, signal, fetchFor }: BuildPorts,
): Promise<Collected> {
  const collected = await collect({ connectors, window, store, run, now, recheckFor, refresh, fetchFor, progress, signal });
  if (collected.readable) return collected;
  const gaps = [...collected.planGaps, ...collected.scopes.flatMap((scope) => scope.gaps)];
  const reasons = [...new Set(gaps.map((gap) => `${gap.connector}: ${[gap.detail, gap.hint].filter(Boolean).join(". ")}`))];
  throw new Failure(`No source could be read.\n  ${reasons.slice(0, 10).join("\n  ")}`, ExitCode.noSource, {
    hint: "Nothing was written. What is needed for each source is in its README under connectors/.",
  });
}

function buildInfo(now: EpochMicros, { checkedSince }: Collected, { openUntil }: ResolvedWindow, ports: BuildPorts): BuildInfo {
  return {
    at: now,
    version: ports.version,
    tookMs: Math.round((ports.clock.now() - now) / 1000),
    calls: ports.wireRecords(),
    openUntil,
    checkedSince,
  };
}

function fileName(incident: string, exporter: Exporter): string {
  return `${incident}${exporter.extension}`;
}

function toRecord({ id, title, start, end }: Draft["incident"], history: History): IncidentRecord {
  return { id, title, incidentStart: start, incidentEnd: end, history: history as unknown as JsonValue };
}

function historyOf(record: IncidentRecord | null): History {
  return record === null ? EMPTY_HISTORY : (record.history as unknown as History);
}
