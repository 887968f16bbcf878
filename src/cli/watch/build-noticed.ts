import type { ResolvedConfig } from "../../config/index.js";
import { permitted } from "../../config/permit.js";
import type { Connector } from "../../contract/connector.js";
import type { Format } from "../../contract/export.js";
import type { Selection } from "../../contract/selection.js";
import type { IncidentRecord, Store } from "../../contract/store.js";
import type { WatchedIncident } from "../../contract/watch.js";
import type { Clock } from "../../kit/clock.js";
import { Failure } from "../../kit/errors.js";
import type { Wire } from "../../kit/wire/types.js";
import { buildTimeline, type BuildOutcome, type BuildRequest } from "../../pipeline.js";
import type { BuildDone, Log } from "../../watch/ports.js";
import { told } from "../../watch/told.js";
import { openBuild } from "../open-build.js";
import { historyOf } from "../read-store.js";
import { gapCount } from "../summary.js";

export interface BuildNoticedPorts {
  readonly config: ResolvedConfig;
  readonly connectors: readonly Connector[];
  readonly store: Store;
  readonly wire: Wire;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Folder of the files, and which. */
  readonly out: string;
  readonly formats: readonly Format[];
}

/** One build of an incident as its places tell of it: what `timeline build --incident ID` does by hand. */
export async function buildNoticed(incident: WatchedIncident, ports: BuildNoticedPorts): Promise<BuildDone> {
  const record = await ports.store.incident(incident.id);
  const { request, asked, refused } = requestFor(incident, record, ports);
  for (const wish of refused) ports.log("warning", "not allowed by the config", { incident: incident.id, wish });
  try {
    const { draft } = await build(request, ports);
    return { asked, entries: draft.entries.length, gaps: gapCount(draft) };
  } catch (error) {
    if (!(error instanceof Failure) || error.id !== "OWNER_FILE_CLOSED") throw error;
    const counts = record === null ? undefined : historyOf(record).build?.counts;
    ports.log("info", "closed by its owner", { incident: incident.id });
    return { asked, entries: counts?.entries ?? 0, gaps: counts?.gaps ?? 0 };
  }
}

async function build(request: BuildRequest, { config, ...rest }: BuildNoticedPorts): Promise<BuildOutcome> {
  const opened = await openBuild(config, request, rest);
  try {
    return await buildTimeline(request, opened.settings, opened.ports);
  } finally {
    await opened.close();
  }
}

/** What somebody corrected by hand since the last build of the watch goes before what the places tell. */
function requestFor(incident: WatchedIncident, record: IncidentRecord | null, { config, connectors, out }: BuildNoticedPorts) {
  const { title, start, end, severity, url } = told(incident);
  const judged = incident.reports.map((report) => permitted(report, config, connectors));
  const asked = { title, start, end };
  const request: BuildRequest = {
    id: incident.id,
    ...asked,
    ...correctedByHand(incident.asked, record),
    from: null,
    until: null,
    out,
    refresh: false,
    narrowing: { ...judged[0]!.narrowing, also: allOf(judged.map(({ narrowing }) => narrowing.also)) },
    reported: { url, severity },
  };
  return { request, asked, refused: judged.flatMap(({ refused }) => refused) };
}

/** The own places of an incident are read together, whichever of them told of it first. */
function allOf(selections: readonly Selection[]): Selection {
  const keys = [...new Set(selections.flatMap((selection) => Object.keys(selection)))];
  return Object.fromEntries(keys.map((key) => [key, [...new Set(selections.flatMap((selection) => selection[key] ?? []))]]));
}

function correctedByHand(
  asked: WatchedIncident["asked"],
  record: IncidentRecord | null,
): Partial<Pick<BuildRequest, "title" | "start" | "end">> {
  if (asked === null || record === null) return {};
  return {
    ...(record.title === asked.title ? {} : { title: record.title }),
    ...(record.incidentStart === asked.start ? {} : { start: record.incidentStart }),
    ...(record.incidentEnd === asked.end ? {} : { end: record.incidentEnd }),
  };
}
