import { access } from "node:fs/promises";
import type { ConnectorInput } from "../collect/index.js";
import type { Selectable } from "../contract/selection.js";
import { Failure, SourceError } from "../kit/errors.js";
import { oneLine, shorten } from "../kit/text.js";
import { libraryVersion } from "../store/library-version.js";
import { openStore } from "../store/open-store.js";
import type { Io } from "./io.js";
import type { Sources } from "./open-sources.js";
import type { SourceHealth, StoreHealth } from "./schemas/doctor.js";

const LONGEST_LIST = 300;

/** Asks one source as whom we come and what it lets us read. What fails is told, not thrown. */
export async function examineSource(
  { connector, config, host }: ConnectorInput,
  { fetchFor, wire }: Sources,
  io: Io,
): Promise<SourceHealth> {
  const context = { config: config as never, fetch: fetchFor(connector.id), signal: io.signal, now: io.clock.now() };
  const about = { connector: connector.id, host, reads: named(connector.config.selects ?? [], config) };
  const offset = () => wire.records().find((record) => record.connector === connector.id)?.clockOffsetMs ?? null;
  try {
    const diagnosis = await connector.diagnose?.(context);
    const { who = null, granted = null, missing = [], notes = [], reads = about.reads, limits = [] } = diagnosis ?? {};
    return {
      ...about,
      reachable: true,
      problem: null,
      hint: null,
      who,
      granted: granted === null ? null : [...granted],
      missing: missing.map((each) => ({ ...each })),
      reads: [...reads],
      limits: [...limits],
      notes: [...notes],
      clockOffsetMs: offset(),
    };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const problem = error.id === undefined ? error.message : `${error.message} [${error.id}]`;
    return { ...unusable(problem, error.hint ?? null), ...about, clockOffsetMs: offset() };
  }
}

/** A section without its secrets is not asked; the others are. */
export function withoutSecret(connector: string, missing: readonly string[]): SourceHealth {
  return { ...unusable(missing.join("; "), "Set them, or leave the section out."), connector };
}

function unusable(problem: string, hint: string | null): Omit<SourceHealth, "connector"> {
  const nothing = { who: null, granted: null, missing: [], reads: [], limits: [], notes: [], clockOffsetMs: null };
  return { host: null, reachable: false, problem, hint, ...nothing };
}

/** `channels: inc-*, #ops`: what the lists of a section hold. */
function named(selects: readonly Selectable<never>[], config: unknown): string[] {
  return selects.flatMap((select) => {
    const names = select.names(config as never);
    return names === null || names.length === 0 ? [] : [`${select.key}: ${shorten(names.map(oneLine).join(", "), LONGEST_LIST)}`];
  });
}

/** One that is there is opened as a build would; none is made. */
export async function examineStore(path: string): Promise<StoreHealth> {
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
