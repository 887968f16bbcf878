import { access } from "node:fs/promises";
import { builtinConnectors } from "../../../connectors/index.js";
import type { ResolvedConfig } from "../../config/index.js";
import type { Store } from "../../contract/store.js";
import type { WatchedIncident } from "../../contract/watch.js";
import { ExitCode } from "../../kit/errors.js";
import { oneLine, visible } from "../../kit/text.js";
import { foldReports } from "../../watch/fold-reports.js";
import { lookAround } from "../../watch/look-around.js";
import { nextWork } from "../../watch/next-work.js";
import { stageAt } from "../../watch/schedule.js";
import { told } from "../../watch/told.js";
import { attachedLines } from "../attached-text.js";
import { clockText } from "../clock-text.js";
import type { Io } from "../io.js";
import { openSources } from "../open-sources.js";
import { withStore } from "../read-store.js";
import { attachNoticed } from "./attach-noticed.js";
import { watchLog } from "./log.js";
import { namerFor } from "./name-new.js";
import { lookedAt } from "./told-by.js";

/**
 * `timeline watch --dry-run`: the places are asked which incidents there are, and what would follow is told. Nothing is
 * built, kept or sent; what would be sent is shown of incidents that were built before.
 */
export async function tellWatchPlan(config: ResolvedConfig, io: Io): Promise<ExitCode> {
  const isThere = await access(config.store).then(
    () => true,
    () => false,
  );
  const lines = isThere ? await withStore(config.store, (store) => plan(config, store, io)) : await plan(config, null, io);
  io.out(`${visible(lines.join("\n"))}\n`);
  return ExitCode.done;
}

async function plan(config: ResolvedConfig, store: Store | null, io: Io): Promise<string[]> {
  const { clock, signal } = io;
  const { watch } = config;
  const sources = openSources(config, io, {});
  const ports = {
    clock,
    signal,
    log: watchLog(io, { json: false, quiet: true }),
    looked: lookedAt(config, builtinConnectors, io, sources.fetchFor),
  };
  const now = clock.now();
  const { reports, looks } = await lookAround(now - watch.lookBack, new Map(), ports);
  const known = (await store?.watch.watched()) ?? [];
  const idOf = store === null ? ({ name }: { readonly name: string }) => name : await namerFor(store);
  const changed = foldReports(known, reports, { sameBy: watch.sameBy, since: now - watch.lookBack, now, idOf });
  const incidents = new Map([...known, ...changed].map((incident) => [incident.id, incident]));
  const isNew = new Set(changed.map(({ id }) => id).filter((id) => !known.some((each) => each.id === id)));
  const due = nextWork(incidents.values(), watch).filter(({ at }) => at <= now);
  const lines = [
    ...looks.flatMap(({ connector, error, problems }) => [
      ...(error === null ? [] : [`${connector} cannot be asked: ${error}`]),
      ...problems.map(({ place, text }) => `${connector}, ${place}: ${text}`),
    ]),
    ...(due.length === 0 ? ["Nothing is due."] : ["Would be done"]),
  ];
  for (const { kind, incident } of due) {
    const { title, start, end } = told(incident);
    const span = `${clockText(start)} to ${end === null ? "now: still open" : clockText(end)}`;
    lines.push(`  ${kind} ${incident.id}${isNew.has(incident.id) ? " (new)" : ""}`, `    ${oneLine(title)}, ${span}`);
    if (store !== null) lines.push(...(await wouldSend(incident, config, store, io)));
  }
  return lines;
}

async function wouldSend(incident: WatchedIncident, config: ResolvedConfig, store: Store, io: Io): Promise<string[]> {
  if ((await store.incident(incident.id)) === null) return ["    what would be sent is known once it was built"];
  const { destinations: inputs, fetchToWriteFor } = openSources(config, io, {});
  const ports = { config, connectors: builtinConnectors, inputs, fetchToWriteFor, store, clock: io.clock, signal: io.signal };
  const places = await attachNoticed(incident, stageAt(incident, io.clock.now(), config.watch), ports, { dryRun: true });
  return attachedLines(places).map((line) => `    ${line}`);
}
