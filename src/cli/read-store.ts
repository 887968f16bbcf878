import { access } from "node:fs/promises";
import type { History } from "../contract/history.js";
import type { IncidentRecord, Store } from "../contract/store.js";
import { nearestKey } from "../kit/nearest-key.js";
import { UsageError } from "../kit/errors.js";
import { toIso } from "../kit/instant.js";
import { oneLine, shorten } from "../kit/text.js";
import { openStore } from "../store/open-store.js";

const MOST = 20;

/**
 * Works with the store of earlier builds, and closes it. Looking makes none.
 * @throws {UsageError} when there is none yet.
 */
export async function withStore<T>(path: string, work: (store: Store) => Promise<T>): Promise<T> {
  if (!(await isThere(path)))
    throw new UsageError(`There is no store yet (${path}).`, { id: "STORE_MISSING", hint: "`timeline build` makes it." });
  const store = await openStore(path);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Before a dry run looks: it changes nothing, and a store of an earlier version would be brought up to date by being opened. */
export async function refuseOlderStore(path: string): Promise<void> {
  if (await isThere(path)) await (await openStore(path, { asItIs: true })).close();
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * The incident that is meant: the named one, else the only one, else the only open one.
 * @throws {UsageError} with the list to choose from.
 */
export async function chooseIncident(store: Store, named: string | undefined): Promise<IncidentRecord> {
  const all = newestFirst(await store.incidents());
  if (named !== undefined) return all.find(({ id }) => id === named) ?? notThere(named, all);
  if (all.length === 0) throw new UsageError("The store holds no incident yet.", { id: "STORE_EMPTY", hint: "`timeline build` adds one." });
  const open = all.filter(({ incidentEnd }) => incidentEnd === null);
  const only = all.length === 1 ? all[0] : open.length === 1 ? open[0] : undefined;
  if (only) return only;
  throw new UsageError("There are several incidents.", {
    id: "INCIDENT_AMBIGUOUS",
    problems: listed(all),
    hint: "Name one with --incident ID.",
  });
}

export function newestFirst(incidents: readonly IncidentRecord[]): IncidentRecord[] {
  return [...incidents].sort((a, b) => b.incidentStart - a.incidentStart || (a.id < b.id ? -1 : 1));
}

/** Written by us: see `History`. */
export function historyOf({ history }: IncidentRecord): History {
  return history as unknown as History;
}

function notThere(named: string, all: readonly IncidentRecord[]): never {
  const near = nearestKey(
    named,
    all.map(({ id }) => id),
  );
  throw new UsageError(`There is no incident "${shorten(oneLine(named), 80)}" in the store.`, {
    id: "INCIDENT_UNKNOWN",
    problems: listed(all),
    hint: near === null ? "Name one of these, or build it first." : `Did you mean ${near}?`,
  });
}

function listed(all: readonly IncidentRecord[]): string[] {
  const lines = all
    .slice(0, MOST)
    .map((each) => `${each.id}  ${toIso(each.incidentStart, 1_000_000)}  ${shorten(oneLine(each.title), 60)}`);
  return all.length > MOST ? [...lines, `and ${all.length - MOST} more: \`timeline list\``] : lines;
}
