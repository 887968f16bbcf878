import { setMaxListeners } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtinConnectors } from "../../connectors/index.js";
import { demoIncident } from "../../fixtures/demo-incident.js";
import { serveFixtures, type ServeOptions } from "../../fixtures/server/index.js";
import { NO_STYLES } from "../../src/cli/styles.js";
import type { Io } from "../../src/cli/io.js";
import { runBuild } from "../../src/cli/run-build.js";
import { loadConfig } from "../../src/config/index.js";
import type { Progress } from "../../src/contract/progress.js";
import { NOT_NARROWED } from "../../src/contract/selection.js";
import { fromIso, type EpochMicros } from "../../src/kit/instant.js";
import type { BuildOutcome, BuildRequest } from "../../src/pipeline.js";
import { virtualClock } from "./virtual-clock.js";

/** As far as tests look into the JSON export. */
export interface TimelineJson {
  readonly format: string;
  readonly entries: readonly {
    readonly id: string;
    readonly at: string;
    readonly text: string;
    readonly role: string | null;
    readonly kind: string;
    readonly evidence: readonly string[];
    readonly highlighted: boolean;
    readonly because: readonly string[];
    readonly visibility: string;
    readonly group: string | null;
    readonly phase: string;
  }[];
  readonly evidence: readonly { readonly id: string; readonly version: number; readonly visibility: string }[];
  readonly coverage: readonly {
    readonly connector: string;
    readonly source: string;
    readonly name: string;
    readonly state: string;
    readonly gaps: readonly { readonly reason: string; readonly hint: string | null }[];
  }[];
  readonly changes: readonly { readonly entries: readonly string[] }[];
  readonly milestones: Readonly<Record<string, { readonly state: string }>>;
}

export interface BuildOptions {
  readonly now?: string;
  readonly request?: Partial<BuildRequest>;
  /** Members of the config's sections that are other than the demo's. */
  readonly sections?: { readonly slack?: object; readonly github?: object; readonly datadog?: object };
  readonly settings?: object;
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
}

export interface Bench {
  readonly folder: string;
  readonly server: Awaited<ReturnType<typeof serveFixtures>>;
  build(options?: BuildOptions): Promise<BuildOutcome>;
  markdown(): string;
  text(): string;
  json(): TimelineJson;
  /** Both files as they are, apart from what is about the build. */
  bytes(): string;
  /** Forgets everything that was collected and written. */
  clear(): void;
  close(): Promise<void>;
}

/** The bundled incident, its services on loopback, and an empty folder: the real pipeline on a clock that jumps. */
export async function openBench(options: ServeOptions = {}): Promise<Bench> {
  const server = await serveFixtures(options);
  const folder = mkdtempSync(join(tmpdir(), "timeline-"));
  const file = (extension: string) => readFileSync(join(folder, "out", `2026-03-04-checkout-errors.${extension}`), "utf8");
  const bench: Bench = {
    folder,
    server,
    build: (each = {}) => build(folder, server.urls, each),
    markdown: () => file("md"),
    text: () => file("json"),
    json: () => JSON.parse(file("json")) as TimelineJson,
    bytes: () => withoutStamp(file("md"), file("json")),
    clear: () => {
      rmSync(join(folder, "store"), { recursive: true, force: true });
      rmSync(join(folder, "out"), { recursive: true, force: true });
    },
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return bench;
}

async function build(folder: string, urls: Bench["server"]["urls"], options: BuildOptions): Promise<BuildOutcome> {
  const incident = demoIncident(urls);
  const { slack, github, datadog, ...others } = incident.config as { slack: object; github: object; datadog: object };
  const path = join(folder, "timeline.config.json");
  const written = {
    ...others,
    store: "store/timeline.db",
    ...options.settings,
    slack: { ...slack, ...options.sections?.slack },
    github: { ...github, ...options.sections?.github },
    datadog: { ...datadog, ...options.sections?.datadog },
  };
  writeFileSync(path, JSON.stringify(written));
  const env = { ...incident.environment, ...options.environment };
  const config = await loadConfig({ path, cwd: folder, env, connectors: builtinConnectors });
  const request: BuildRequest = {
    id: null,
    title: incident.title,
    start: instant(incident.start),
    end: instant(incident.end),
    from: null,
    until: null,
    out: join(folder, "out"),
    refresh: false,
    narrowing: NOT_NARROWED,
    ...options.request,
  };
  return runBuild(config, request, ioAt(instant(options.now ?? "2026-03-20T09:00:00Z"), folder, options.signal), {
    formats: ["md", "json"],
    ...(options.progress && { reporter: { progress: options.progress, end: () => undefined } }),
  });
}

export function ioAt(
  now: EpochMicros,
  cwd: string,
  signal = new AbortController().signal,
): Io & { readonly said: string[]; readonly told: string[] } {
  setMaxListeners(0, signal);
  const said: string[] = [];
  const told: string[] = [];
  return {
    env: {},
    cwd,
    clock: virtualClock(now),
    random: () => 0.5,
    out: (text) => void told.push(text),
    err: { write: (text) => void said.push(text) },
    styles: NO_STYLES,
    signal,
    said,
    told,
  };
}

export function instant(iso: string): EpochMicros {
  const at = fromIso(iso);
  if (at === null) throw new Error(`no instant: ${iso}`);
  return at;
}

function withoutStamp(markdown: string, json: string): string {
  const { build: _build, ...rest } = JSON.parse(json) as Record<string, unknown>;
  const lines = markdown.split("\n").filter((line) => !/^(?:generated: |_Built at |stamp )/.test(line));
  return `${lines.join("\n")}\n${JSON.stringify(rest)}`;
}
