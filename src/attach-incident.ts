import { attachmentFor, attachTo, errorOf, inOrder, summarize, wouldBe, type PlaceOutcome } from "./attach/index.js";
import { contentMaker, type Content } from "./attach-content.js";
import type { ConnectorInput } from "./collect/index.js";
import type { AboutIncident, AttachContext, Attachment, Destination, Place, Readers, Remote, Stage } from "./contract/destination.js";
import type { NoticeReport } from "./contract/notice.js";
import type { IncidentRecord, Store } from "./contract/store.js";
import type { AttachedRecord, WatchStore } from "./contract/watch.js";
import type { DraftBasis, DraftPorts } from "./draft-from-store.js";
import type { Clock } from "./kit/clock.js";
import { ExitCode, Failure } from "./kit/errors.js";
import type { WireFetch } from "./kit/wire/types.js";
import { rememberedBasis } from "./remembered-basis.js";

export interface AttachRequest {
  /** It was built before: what is attached is made from the store and the owner's file. */
  readonly incident: string;
  /** What the places tell that it was noticed at, the leading one first; none: somebody built it by hand. */
  readonly reports: readonly NoticeReport[];
  readonly stage: Stage;
  /** Ids of places; null: every place that the config names. */
  readonly destinations: readonly string[] | null;
  /** Ask who can read, tell what would be sent, and send nothing. */
  readonly dryRun?: boolean;
}

/** What the config says for every incident. */
export interface AttachSettings extends Pick<DraftBasis, "roster"> {
  readonly timezone: string;
  readonly publicSections: readonly string[];
  /** Folder of the config file. */
  readonly folder: string;
}

/** The outside world, handed in by the composition root. */
export interface AttachPorts {
  readonly store: Store;
  readonly watch: Pick<WatchStore, "attached" | "putAttached">;
  /** Every connector: whatever was collected is drafted by its kinds. */
  readonly connectors: DraftPorts["connectors"];
  /** Those of the config that can attach. */
  readonly destinations: readonly ConnectorInput[];
  readonly fetchToWriteFor: (connector: string) => WireFetch;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** One connector that attaches, and what its places are brought up to date with. */
interface Way {
  readonly connector: string;
  readonly destination: Destination<never>;
  readonly request: AttachRequest;
  readonly context: Omit<AttachContext<never>, "within">;
  readonly contentOf: (readers: Readers, connector: string) => Promise<Content>;
  readonly known: ReadonlyMap<string, AttachedRecord>;
  readonly ports: AttachPorts;
}

/**
 * Brings every place that the config names for an incident up to date: made where it is not, changed where it differs,
 * left alone where somebody took it away. One place that fails stops no other.
 *
 * @throws {Failure} when the incident was never built.
 */
export async function attachIncident(request: AttachRequest, settings: AttachSettings, ports: AttachPorts): Promise<PlaceOutcome[]> {
  const { store, signal } = ports;
  const letGo = await store.holdIncident(request.incident, { signal, onWait: () => undefined });
  try {
    return await attachAlone(request, settings, ports);
  } finally {
    await letGo();
  }
}

async function attachAlone(request: AttachRequest, settings: AttachSettings, ports: AttachPorts): Promise<PlaceOutcome[]> {
  const record = await ports.store.incident(request.incident);
  const remembered = record === null ? null : await rememberedBasis(record, settings.roster);
  if (record === null || remembered === null) throw neverBuilt(request.incident);
  const about = aboutOf(record, remembered.build.window.until, request);
  const { store, connectors } = ports;
  const contentOf = contentMaker({ remembered, ...request, ...settings, ports: { store, connectors, progress: () => {} } });
  const attached = await ports.watch.attached(request.incident);
  const outcomes: PlaceOutcome[] = [];
  for (const { connector, config } of ports.destinations) {
    const destination = connector.destination;
    if (destination === undefined) continue;
    const known = new Map(attached.filter((each) => each.connector === connector.id).map((each) => [each.place, each]));
    const context = {
      config,
      signal: ports.signal,
      fetch: ports.fetchToWriteFor(connector.id),
      about,
      now: ports.clock.now(),
      folder: settings.folder,
    } as Way["context"];
    outcomes.push(...(await attachConnector({ connector: connector.id, destination, request, context, contentOf, known, ports })));
  }
  return outcomes;
}

async function attachConnector(way: Way): Promise<PlaceOutcome[]> {
  const { destinations } = way.request;
  const places = inOrder(way.destination.places(way.context.config, way.context.about)).filter(
    ({ id, within }) => destinations === null || destinations.includes(id) || (within !== undefined && destinations.includes(within)),
  );
  const remotes = new Map<string, Remote | null>();
  const outcomes: PlaceOutcome[] = [];
  for (const place of places) outcomes.push(await attachPlace(place, remotes, way));
  return outcomes;
}

async function attachPlace(place: Place, remotes: Map<string, Remote | null>, way: Way): Promise<PlaceOutcome> {
  const told = { connector: way.connector, place: place.id, name: place.name, error: null, preview: null };
  try {
    const within = place.within === undefined ? null : (remotes.get(place.within) ?? null);
    if (place.within !== undefined && within === null && way.request.dryRun !== true) return { ...told, outcome: "skipped" };
    const context: AttachContext<never> = { ...way.context, within };
    const attachment = await attachmentOf(place, context, way);
    const task = { incident: way.request.incident, connector: way.connector, place, attachment, known: way.known.get(place.id) ?? null };
    if (way.request.dryRun === true) return { ...told, ...wouldBe(task, way.destination) };
    const { outcome, remote } = await attachTo(task, { ...way, context, records: way.ports.watch, clock: way.ports.clock });
    remotes.set(place.id, remote);
    return { ...told, outcome };
  } catch (error) {
    if (way.ports.signal.aborted) throw way.ports.signal.reason;
    return { ...told, outcome: "failed", error: errorOf(error) };
  }
}

/** Who can read is asked each time: a channel can be opened to others. */
async function attachmentOf(place: Place, context: AttachContext<never>, way: Way): Promise<Attachment> {
  const readers = (await way.destination.readers?.(place, context)) ?? place.readers;
  const { visible, files } = await way.contentOf(readers, way.connector);
  const summary = summarize(visible, way.request.stage);
  return attachmentFor(place, way.request.incident, summary, place.takes === "summary" ? [] : await files(place.formats ?? ["md"]));
}

function aboutOf({ id, incidentStart, incidentEnd }: IncidentRecord, until: number, { reports }: AttachRequest): AboutIncident {
  return { id, keys: reports.map(({ key }) => key), span: { from: incidentStart, until: incidentEnd ?? until } };
}

function neverBuilt(incident: string): Failure {
  return new Failure(`${incident} was not built yet, so that there is nothing to attach.`, ExitCode.usage, {
    id: "INCIDENT_UNKNOWN",
    hint: "Build it first.",
  });
}
