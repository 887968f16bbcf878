import { access } from "node:fs/promises";
import { builtinConnectors } from "../../connectors/index.js";
import type { ConnectorInput } from "../collect/index.js";
import { loadConfig } from "../config/index.js";
import type { Diagnosis } from "../contract/connector.js";
import { formatDuration } from "../kit/duration.js";
import { ExitCode, Failure, SourceError } from "../kit/errors.js";
import { oneLine, visible } from "../kit/text.js";
import { libraryVersion } from "../store/library-version.js";
import { openStore } from "../store/open-store.js";
import type { Io } from "./io.js";
import { openSources, type Sources } from "./open-sources.js";

export interface DoctorFlags {
  readonly config?: string;
  readonly json?: boolean;
}

interface SourceHealth {
  readonly connector: string;
  readonly host: string;
  readonly reachable: boolean;
  readonly problem: string | null;
  readonly hint: string | null;
  readonly diagnosis: Diagnosis | null;
  /** Its clock minus ours. */
  readonly clockOffsetMs: number | null;
}

interface StoreHealth {
  readonly path: string;
  readonly sqlite: string;
  readonly state: "writable" | "not made yet" | "unusable";
  readonly problem: string | null;
  readonly hint: string | null;
}

/** A doctor does not wait for a quarter of an hour, as a build does. */
const IMPATIENT = { maxTries: 2, maxWaitMs: 5000, wholeMs: 20_000 };
/** More would move entries of one source past those of another. */
const CLOCKS_AGREE_MS = 2000;

/** 0: all is well; 1: something is missing; 3: no source can be reached; 4: the store cannot be used. */
export async function runDoctorCommand(flags: DoctorFlags, io: Io): Promise<ExitCode> {
  const config = await loadConfig({ path: flags.config ?? null, cwd: io.cwd, env: io.env, connectors: builtinConnectors });
  const opened = openSources(config, io, { limits: IMPATIENT });
  const sources = await Promise.all(opened.connectors.map((input) => examine(input, opened, io)));
  const store = await examineStore(config.store);
  if (flags.json === true) io.out(`${JSON.stringify({ config: config.path, node: process.versions.node, sources, store }, null, 2)}\n`);
  else io.out(`${visible([...sources.flatMap(sourceText), ...storeText(store)].join("\n"))}\n`);
  if (store.state === "unusable") return ExitCode.unsafeWrite;
  if (sources.every(({ reachable }) => !reachable)) return ExitCode.noSource;
  const isWell = sources.every(({ reachable, diagnosis }) => reachable && (diagnosis?.missing.length ?? 0) === 0);
  return isWell ? ExitCode.done : ExitCode.checkFailed;
}

async function examine({ connector, config, host }: ConnectorInput, { fetchFor, wire }: Sources, io: Io): Promise<SourceHealth> {
  const offset = () => wire.records().find((record) => record.connector === connector.id)?.clockOffsetMs ?? null;
  try {
    const context = { config: config as never, fetch: fetchFor(connector.id), signal: io.signal };
    const diagnosis = (await connector.diagnose?.(context)) ?? null;
    return { connector: connector.id, host, reachable: true, problem: null, hint: null, diagnosis, clockOffsetMs: offset() };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { message, hint } = error;
    return {
      connector: connector.id,
      host,
      reachable: false,
      problem: message,
      hint: hint ?? null,
      diagnosis: null,
      clockOffsetMs: offset(),
    };
  }
}

/** One that is there is opened as a build would; none is made. */
async function examineStore(path: string): Promise<StoreHealth> {
  const sqlite = await libraryVersion();
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return { path, sqlite, state: "not made yet", problem: null, hint: null };
  try {
    await (await openStore(path)).close();
    return { path, sqlite, state: "writable", problem: null, hint: null };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { path, sqlite, state: "unusable", problem: error.message, hint: error.hint ?? null };
  }
}

function sourceText({ connector, host, reachable, problem, hint, diagnosis, clockOffsetMs }: SourceHealth): string[] {
  if (!reachable)
    return [`${connector} at ${host}: cannot be read`, `  ${oneLine(problem ?? "")}`, ...(hint === null ? [] : [`  ${hint}`])];
  const { who = null, granted = null, missing = [], notes = [] } = diagnosis ?? {};
  return [
    `${connector} at ${host}: reachable${who === null ? "" : `, as ${oneLine(who)}`}`,
    ...(granted === null ? [] : [`  granted: ${granted.map(oneLine).join(", ")}`]),
    ...missing.map(({ scope, without }) => `  missing: ${oneLine(scope)}; without it ${oneLine(without)}`),
    ...(clockOffsetMs === null ? [] : [`  ${clockText(clockOffsetMs)}`]),
    ...notes.map((note) => `  ${note}`),
  ];
}

function clockText(ms: number): string {
  if (Math.abs(ms) <= CLOCKS_AGREE_MS) return "clocks agree";
  return `its clock is ${formatDuration(Math.abs(ms) * 1000)} ${ms > 0 ? "ahead of" : "behind"} ours: set this machine's clock, or mind it when reading`;
}

function storeText({ path, sqlite, state, problem, hint }: StoreHealth): string[] {
  const line = `store ${path}: ${state === "not made yet" ? "not made yet; the first build makes it" : state}, SQLite ${sqlite}`;
  return [line, ...(problem === null ? [] : [`  ${problem}`]), ...(hint === null ? [] : [`  ${hint}`])];
}
