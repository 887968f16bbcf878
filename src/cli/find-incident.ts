import { resolve } from "node:path";
import { builtinConnectors } from "../../connectors/index.js";
import type { ResolvedConfig } from "../config/index.js";
import { readIncidentFile } from "../config/incident-file.js";
import { permitted, type Wishing } from "../config/permit.js";
import type { Connector } from "../contract/connector.js";
import type { ReportedAt } from "../contract/history.js";
import type { NoticedIncident, NoticeWishes } from "../contract/notice.js";
import { NOT_NARROWED, type Narrowing } from "../contract/selection.js";
import type { IncidentRecord } from "../contract/store.js";
import { ExitCode, Failure, SourceError, UsageError } from "../kit/errors.js";
import type { EpochMicros } from "../kit/instant.js";
import { oneLine, shorten } from "../kit/text.js";
import { earliestTimeIn, incidentId } from "../window/index.js";
import type { Io } from "./io.js";
import { openSources } from "./open-sources.js";
import { chooseIncident, historyOf, withStore } from "./read-store.js";

/** An incident as it was found: in the store, in a file, or behind a link. Flags stand before what it says. */
export interface FoundIncident {
  /** null: its start date and title. */
  readonly id: string | null;
  readonly title: string;
  readonly start: EpochMicros;
  readonly end: EpochMicros | null;
  /** Where a start comes from that nobody has confirmed yet, in words; null: somebody wrote it. */
  readonly startMeans: string | null;
  readonly narrowing: Narrowing;
  readonly reported: ReportedAt | null;
}

/**
 * What `--incident` means: a link to where people work on it, a JSON file, or the id of one in the store; without it,
 * the only one that is open.
 * @throws {UsageError} when there is none, with what was probably meant.
 */
export async function findIncident(
  named: string | undefined,
  timezone: string | null,
  config: ResolvedConfig,
  io: Io,
): Promise<FoundIncident> {
  if (named === undefined) return stored(await inStore(undefined, config));
  if (/^https?:\/\//i.test(named)) return behindLink(named, timezone, config, io);
  if (!named.toLowerCase().endsWith(".json")) return stored(await inStore(named, config));
  const { severity, url, wishes, ...incident } = await readIncidentFile(resolve(io.cwd, named));
  return { ...incident, startMeans: null, narrowing: wished(wishes, config), reported: { url, severity } };
}

/** A file chooses among what the config names, as any notice does; a service that is unknown is told by the build. */
function wished(wishes: NoticeWishes, config: ResolvedConfig): Narrowing {
  const report: Wishing = { key: "file", name: "", visibility: "public", also: {}, wishes: { ...wishes, services: [] } };
  const { narrowing, refused } = permitted(report, config, builtinConnectors);
  if (refused.length === 0) return { ...narrowing, services: wishes.services };
  throw new UsageError("The incident's file asks for what the config does not name.", {
    id: "INCIDENT_FILE_INVALID",
    problems: refused,
    hint: "Name it in the config, or give --channel and --repo.",
  });
}

async function inStore(named: string | undefined, { store: path }: ResolvedConfig): Promise<IncidentRecord> {
  try {
    return await withStore(path, (store) => chooseIncident(store, named));
  } catch (error) {
    const isEmpty = error instanceof UsageError && (error.id === "STORE_MISSING" || error.id === "STORE_EMPTY");
    if (!isEmpty) throw error;
    throw new UsageError(
      named === undefined ? "When did it begin?" : `There is no incident "${shorten(oneLine(named), 80)}": the store is empty.`,
      {
        id: "INCIDENT_UNKNOWN",
        hint: "Give --start (such as --start -3h), or --incident with a link, or with a JSON file.",
      },
    );
  }
}

function stored(record: IncidentRecord): FoundIncident {
  const { build } = historyOf(record);
  return {
    id: record.id,
    title: record.title,
    start: record.incidentStart,
    end: record.incidentEnd,
    startMeans: null,
    narrowing: build?.narrowing ?? NOT_NARROWED,
    reported: build?.reported ?? null,
  };
}

async function behindLink(text: string, timezone: string | null, config: ResolvedConfig, io: Io): Promise<FoundIncident> {
  if (!URL.canParse(text))
    throw new UsageError("--incident: the link cannot be read.", { id: "INCIDENT_LINK", hint: "Copy it once more." });
  const link = new URL(text);
  const url = `${link.origin}${link.pathname}`;
  const known = await knownByLink(url, config);
  if (known) return stored(known);
  const noticed = await ask(link, ownerOf(link, config), config, io);
  const named = earliestTimeIn(noticed.text, { near: noticed.start, timezone });
  const { title, end, also } = noticed;
  const times =
    named === null
      ? { start: noticed.start, startMeans: `${noticed.startMeans} then` }
      : { start: named, startMeans: "its text names that time" };
  const id = incidentId({ id: null, start: times.start, title: noticed.name });
  return { id, title, ...times, end, narrowing: { ...NOT_NARROWED, also }, reported: { url, severity: null } };
}

/** Whose times were corrected since: the store knows them better than the place does. */
async function knownByLink(url: string, { store: path }: ResolvedConfig): Promise<IncidentRecord | null> {
  try {
    return await withStore(path, async (store) => {
      const known = (await store.incidents()).filter((record) => historyOf(record).build?.reported?.url === url);
      return known.sort((a, b) => b.incidentStart - a.incidentStart)[0] ?? null;
    });
  } catch (error) {
    if (error instanceof UsageError && error.id === "STORE_MISSING") return null;
    throw error;
  }
}

/** The connector of a section whose hosts the link leads to: a link to anywhere else is never followed. */
function ownerOf(link: URL, config: ResolvedConfig): Connector {
  const able = builtinConnectors.filter(({ id, notice }) => notice?.links !== undefined && config.sections.has(id));
  const owner = able.find(({ id, notice }) => notice!.links!.owns(link, config.sections.get(id) as never));
  if (owner) return owner;
  const reads = able.map(({ notice }) => notice!.links!.reads);
  throw new UsageError(`--incident: no source of the config reads links to ${shorten(link.host, 80)}.`, {
    id: "INCIDENT_LINK",
    hint: reads.length === 0 ? "Give --start and --title instead." : `Give ${reads.join(", or ")}; or --start and --title.`,
  });
}

async function ask(link: URL, { id, name, notice }: Connector, config: ResolvedConfig, io: Io): Promise<NoticedIncident> {
  const { fetchFor } = openSources(config, io, {});
  try {
    return await notice!.links!.resolveIncident(link, { config: config.sections.get(id) as never, fetch: fetchFor(id), signal: io.signal });
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const options = { id: "INCIDENT_LINK", cause: error, hint: `${error.hint ?? ""} Or give --start and --title.`.trim() };
    const message = `${name} does not tell of the incident: ${error.message}.`;
    throw error.action === "skip" ? new UsageError(message, options) : new Failure(message, ExitCode.noSource, options);
  }
}
