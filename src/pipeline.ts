import { collect, coverageOf, type Collected, type CollectedScope, type ConnectorInput } from "./collect/index.js";
import type { BuildInfo, Draft } from "./contract/draft.js";
import type { AnyExporter } from "./contract/export.js";
import {
  EMPTY_HISTORY,
  type BuildBefore,
  type History,
  type RememberedBuild,
  type ReportedAt,
  type SeenScope,
} from "./contract/history.js";
import type { JsonValue } from "./contract/evidence.js";
import type { Progress } from "./contract/progress.js";
import { isNarrowed, type Narrowing } from "./contract/selection.js";
import type { IncidentRecord, Run, Store } from "./contract/store.js";
import { keptStyle, type ChosenStyle } from "./contract/template.js";
import { chartSeries } from "./detect/index.js";
import { draftFromStore } from "./draft-from-store.js";
import { exportFiles } from "./export-files.js";
import type { Clock } from "./kit/clock.js";
import { ExitCode, Failure } from "./kit/errors.js";
import { canonicalJson } from "./kit/hash.js";
import type { EpochMicros } from "./kit/instant.js";
import { compareText } from "./kit/text.js";
import type { WireFetch, WireRecord } from "./kit/wire/types.js";
import { marksOf, memoryOf, nextHistory, readOwnersFile, refuseClosed, type OwnersFileWritten, type Written } from "./merge/index.js";
import { nameless } from "./normalize/index.js";
import { checkTargets, ownersFilePath } from "./output-paths.js";
import { writePublicSummary, type PublicRequest } from "./write-public-summary.js";
import { incidentId, resolveWindow, type ResolvedWindow, type WindowRequest } from "./window/index.js";

/** What somebody asks for: one incident, its times, where the files go. */
export interface BuildRequest extends Pick<WindowRequest, "start" | "end" | "from" | "until"> {
  readonly id: string | null;
  readonly title: string;
  readonly out: string;
  /** Build also where the owner has closed the file: it goes back to review. */
  readonly reopen?: boolean;
  /** Ask the sources for everything anew. */
  readonly refresh: boolean;
  /** To what the sections of the config were narrowed. */
  readonly narrowing: Narrowing;
  /** How the Markdown is laid out; what was chosen for this incident by hand before stays. */
  readonly style?: ChosenStyle;
  /** Where it was found, when a link or a file told of it. */
  readonly reported?: ReportedAt | null;
  /** How many entries to put forward at the most; left out, the draft decides. */
  readonly highlights?: number | undefined;
  /** Headings of the owner's file whose text may go into the public summary; absent: none is written. */
  readonly publicSections?: readonly string[];
}

/** What the config says for every build. Durations are microseconds. */
export interface BuildSettings extends Pick<WindowRequest, "leadIn" | "leadOut" | "changeLookBack"> {
  readonly recheckFor: number;
  readonly timezone: string;
  /** Of the config: remembered, so that looking at the draft later can tell when another config is in force. */
  readonly fingerprint: string;
  /** Accounts of one person each: `<connector>:<account id>`. */
  readonly roster: readonly (readonly string[])[];
}

/** The outside world, handed in by the composition root. */
export interface BuildPorts {
  readonly connectors: readonly ConnectorInput[];
  readonly fetchFor: (connector: string, urgency?: number) => WireFetch;
  wireRecords(): readonly WireRecord[];
  readonly store: Store;
  readonly exporters: readonly AnyExporter[];
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
  /** Beside the Markdown, a file each. */
  readonly charts: readonly Written[];
  /** What became of the owner's file; null where Markdown was not asked for. */
  readonly owners: OwnersFileWritten | null;
  /** What of the owner's words was not taken into the summary for people outside, and why. */
  readonly remarks: readonly string[];
}

/**
 * The main job: window, collect, store, normalize, detect, draft, merge, export.
 *
 * @throws {Failure} with the exit code of the README: impossible times, nothing readable, a file that cannot be written.
 */
export async function buildTimeline(request: BuildRequest, settings: BuildSettings, ports: BuildPorts): Promise<BuildOutcome> {
  const { store, signal, progress } = ports;
  const onWait = () =>
    progress({ type: "warning", text: `another build of ${incidentId(request)}, or a purge, is at work on this store: waiting for it` });
  const letGo = await store.holdIncident(incidentId(request), { signal, onWait });
  try {
    return await buildAlone(request, settings, ports);
  } finally {
    await letGo();
  }
}

async function buildAlone(request: BuildRequest, settings: BuildSettings, ports: BuildPorts): Promise<BuildOutcome> {
  const { store, clock, progress } = ports;
  const now = clock.now();
  const resolved = resolveWindow({ ...settings, ...request, now });
  const incident = { id: incidentId(request), title: request.title, start: request.start, end: resolved.window.incidentEnd };
  const history = historyOf(await store.incident(incident.id));
  const style = keptStyle(request.style ?? {}, history.build?.style);
  const forPublic = request.publicSections !== undefined;
  await checkTargets({ incident: incident.id, exporters: ports.exporters, out: request.out, style, forPublic });
  const ownersFile = ownersFilePath(request.out, incident.id);
  await refuseClosed(ownersFile, request.reopen === true);

  progress({ type: "step", step: "collect" });
  const run = await store.beginRun(incident.id, now);
  const collected = await collectAll(run, now, resolved, request, settings, ports);
  ports.signal.throwIfAborted();

  const known = knownTo(collected);
  const file = await readOwnersFile(ownersFile);
  const beside = toldBeside({ ...request, style }, history);
  const basis = { incident, window: resolved.window, ...known, ...beside, history, memory: memoryOf(file.text), roster: settings.roster };
  const { draft, roles, series } = await draftFromStore(basis, ports);

  ports.signal.throwIfAborted();
  progress({ type: "step", step: "export" });
  const build = buildInfo(now, collected, resolved, ports);
  const input = { draft, roles, build, timezone: settings.timezone, series: series.map(chartSeries), style };
  const asked = {
    window: resolved.window,
    openUntil: resolved.openUntil,
    ...known,
    fingerprint: settings.fingerprint,
    ownersFile,
    ...beside,
  };
  const remembered = remember(history, { at: now, version: ports.version, ...asked, marks: marksOf(draft), counts: countsOf(draft) });
  await store.putIncident(toRecord(incident, { ...nextHistory(draft, roles, history), ...remembered }));
  const exported = await exportFiles(input, ports.exporters, request.out, file);
  const shared = await publicSummary({ basis, internal: input, file: exported.owners?.text ?? file.text }, request, ports);
  await store.finishRun(run, clock.now());
  return { draft, roles, build, ...exported, files: [...exported.files, ...(shared ? [shared] : [])], remarks: shared?.remarks ?? [] };
}

/** For people outside, where it was asked for. */
async function publicSummary(made: Omit<PublicRequest, "sections">, { publicSections: sections, out }: BuildRequest, ports: BuildPorts) {
  return sections === undefined ? null : writePublicSummary({ ...made, sections }, out, ports);
}

async function collectAll(
  run: Run,
  now: EpochMicros,
  { window }: ResolvedWindow,
  { refresh }: BuildRequest,
  { recheckFor }: BuildSettings,
  { connectors, store, progress, signal, fetchFor }: BuildPorts,
): Promise<Collected> {
  const collected = await collect({ connectors, window, store, run, now, recheckFor, refresh, fetchFor, progress, signal, nameless });
  if (collected.readable) return collected;
  const gaps = [...collected.planGaps, ...collected.scopes.flatMap((scope) => scope.gaps)];
  const reasons = [...new Set(gaps.map((gap) => `${gap.connector}: ${[gap.detail, gap.hint].filter(Boolean).join(". ")}`))];
  throw new Failure(`No source could be read.\n  ${reasons.slice(0, 10).join("\n  ")}`, ExitCode.noSource, {
    id: "NO_SOURCE_READ",
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

/** Of what was collected, what the draft is made from. Ordered: sources are done in whatever order they answer. */
function knownTo(collected: Collected): Pick<RememberedBuild, "scopes" | "owners" | "coverage"> {
  return {
    scopes: collected.scopes
      .map(seenScope)
      .sort((a, b) => compareText(a.connector, b.connector) || compareText(a.source, b.source) || compareText(a.scope, b.scope)),
    owners: collected.identities.map(({ connector, identity }) => ({ connector, tenant: identity.tenant })),
    coverage: coverageOf(collected),
  };
}

/** What is not said stays away, so that a build without it is remembered as ever. */
function toldBeside(
  { narrowing, reported, highlights, style = {} }: BuildRequest,
  { build }: History,
): Pick<RememberedBuild, "narrowing" | "reported" | "highlights" | "style"> {
  const at = reported ?? build?.reported;
  return {
    ...(isNarrowed(narrowing) ? { narrowing } : {}),
    ...(at === undefined ? {} : { reported: at }),
    ...(highlights === undefined ? {} : { highlights }),
    ...(Object.keys(style).length === 0 ? {} : { style }),
  };
}

/** Baselines are no evidence: metric points are cut to them elsewhere. */
function seenScope({ connector, tenant, source, scope, name, wanted, lastDeployment }: CollectedScope): SeenScope {
  const spans = wanted.filter(({ purpose }) => purpose !== "baseline").map(({ from, until }) => ({ from, until }));
  return { connector, tenant, source, scope, name, spans: spans.sort((a, b) => a.from - b.from), lastDeployment };
}

function countsOf({ entries, coverage }: Draft): RememberedBuild["counts"] {
  return {
    entries: entries.length,
    highlighted: entries.filter((entry) => entry.highlighted).length,
    gaps: coverage.reduce((sum, line) => sum + line.gaps.length, 0),
  };
}

/** A build that asks and finds what the last one did writes nothing: the time of that one stays, and the one before it. */
function remember({ build: last, before }: History, next: RememberedBuild): Pick<History, "build" | "before"> {
  if (last !== undefined && canonicalJson({ ...last, at: next.at }) === canonicalJson(next))
    return before ? { build: last, before } : { build: last };
  return last?.marks === undefined ? { build: next } : { build: next, before: beforeOf(last, last.marks) };
}

function beforeOf({ at, version, window, coverage }: RememberedBuild, marks: BuildBefore["marks"]): BuildBefore {
  return { at, version, window, coverage, marks };
}

function toRecord({ id, title, start, end }: Draft["incident"], history: History): IncidentRecord {
  return { id, title, incidentStart: start, incidentEnd: end, history: history as unknown as JsonValue };
}

function historyOf(record: IncidentRecord | null): History {
  return record === null ? EMPTY_HISTORY : (record.history as unknown as History);
}
