import { attachIncident, type AttachSettings } from "../../attach-incident.js";
import type { PlaceOutcome as Told } from "../../attach/index.js";
import type { ConnectorInput } from "../../collect/index.js";
import type { ResolvedConfig } from "../../config/index.js";
import type { Connector } from "../../contract/connector.js";
import type { Stage } from "../../contract/destination.js";
import type { Store } from "../../contract/store.js";
import type { WatchedIncident } from "../../contract/watch.js";
import type { Clock } from "../../kit/clock.js";
import type { WireFetch } from "../../kit/wire/types.js";
import type { PlaceOutcome } from "../../watch/ports.js";
import { told } from "../../watch/told.js";
import { rosterOf } from "../open-build.js";

export interface AttachNoticedPorts {
  readonly config: ResolvedConfig;
  readonly connectors: readonly Connector[];
  readonly inputs: readonly ConnectorInput[];
  readonly fetchToWriteFor: (connector: string) => WireFetch;
  readonly store: Store;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Brings the places of an incident up to date with what its last build made; in a dry run tells what would be sent. */
export async function attachNoticed(
  incident: Pick<WatchedIncident, "id" | "reports">,
  stage: Stage,
  { config, connectors: known, inputs: destinations, store, ...rest }: AttachNoticedPorts,
  { dryRun = false } = {},
): Promise<Told[]> {
  const { id, reports } = incident;
  const places = reports.length === 0 ? null : told(incident).wishes.destinations;
  const request = { incident: id, reports, stage, destinations: places, dryRun };
  const { timezone, publicSections, folder } = config;
  const settings: AttachSettings = { timezone, publicSections, folder, roster: rosterOf(config) };
  const connectors = known.map((connector) => ({ connector }));
  return attachIncident(request, settings, { ...rest, connectors, destinations, store, watch: store.watch });
}

/** What a dry run says of places is never the outcome of a real one. */
export function outcomesOf(places: readonly Told[]): PlaceOutcome[] {
  return places.flatMap((place) => {
    const { outcome } = place;
    return outcome === "would create" || outcome === "would update" ? [] : [{ ...place, outcome }];
  });
}
