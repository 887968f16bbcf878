import { access } from "node:fs/promises";
import { builtinConnectors } from "../../connectors/index.js";
import type { PlaceOutcome } from "../attach/index.js";
import type { ResolvedConfig } from "../config/index.js";
import type { Store } from "../contract/store.js";
import type { WatchedIncident } from "../contract/watch.js";
import { stageAt } from "../watch/schedule.js";
import type { Io } from "./io.js";
import { openSources } from "./open-sources.js";
import { withStore } from "./read-store.js";
import { attachNoticed } from "./watch/attach-noticed.js";

/**
 * Attaches the last build of an incident where the config says, as the watch does. An incident that was never noticed has no
 * places of its own: then it is those that the config names for every incident.
 */
export async function attachByHand(id: string, config: ResolvedConfig, io: Io, { dryRun = false } = {}): Promise<PlaceOutcome[]> {
  const { destinations: inputs, fetchToWriteFor } = openSources(config, io, {});
  return withStore(config.store, async (store) => {
    const incident = (await store.watch.watched()).find((each) => each.id === id) ?? (await builtByHand(id, store, io));
    const ports = { config, connectors: builtinConnectors, inputs, fetchToWriteFor, store, clock: io.clock, signal: io.signal };
    return attachNoticed(incident, stageAt(incident, io.clock.now(), config.watch), ports, { dryRun });
  });
}

/** What would be sent of the last build: only who can read the places is asked. null: it was never built. */
export async function wouldAttach(id: string, config: ResolvedConfig, io: Io): Promise<PlaceOutcome[] | null> {
  const isThere = await access(config.store).then(
    () => true,
    () => false,
  );
  const isBuilt = isThere && (await withStore(config.store, (store) => store.incident(id))) !== null;
  return isBuilt ? attachByHand(id, config, io, { dryRun: true }) : null;
}

export function hasFailed(places: readonly PlaceOutcome[]): boolean {
  return places.some(({ outcome }) => outcome === "failed");
}

async function builtByHand(id: string, store: Store, io: Io): Promise<Pick<WatchedIncident, "id" | "reports" | "overSince">> {
  const end = (await store.incident(id))?.incidentEnd ?? null;
  return { id, reports: [], overSince: end !== null && end <= io.clock.now() ? end : null };
}
