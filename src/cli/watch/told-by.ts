import type { ResolvedConfig } from "../../config/index.js";
import type { Connector } from "../../contract/connector.js";
import { UsageError } from "../../kit/errors.js";
import type { WireFetch } from "../../kit/wire/types.js";
import type { LookedAt } from "../../watch/ports.js";
import type { Io } from "../io.js";

/** A connector that reads requests, with its section and the names behind `/notices/` that it opens. */
export interface ReceivedBy {
  readonly connector: Connector;
  readonly section: never;
  readonly names: readonly string[];
}

export function receiversOf({ sections }: ResolvedConfig, connectors: readonly Connector[]): ReceivedBy[] {
  return connectors.flatMap((connector) => {
    const section = sections.get(connector.id) as never;
    const names = section === undefined ? [] : (connector.notice?.receiver?.opens(section) ?? []);
    return names.length === 0 ? [] : [{ connector, section, names }];
  });
}

/** The connectors whose sections want something to be looked at. */
export function lookedAt(
  { sections, folder }: ResolvedConfig,
  connectors: readonly Connector[],
  { signal }: Pick<Io, "signal">,
  fetchFor: (connector: string) => WireFetch,
): LookedAt[] {
  return connectors.flatMap((connector) => {
    const looker = connector.notice?.looker;
    const section = sections.get(connector.id) as never;
    if (looker === undefined || section === undefined || looker.watches(section).length === 0) return [];
    const context = { config: section, folder, fetch: fetchFor(connector.id), signal };
    return [{ connector: connector.id, look: (since, now) => looker.look({ ...context, since, now }) }];
  });
}

/** @throws {UsageError} WATCH_NOTHING when no place that the config names tells of incidents. */
export function refuseNothing(config: ResolvedConfig, connectors: readonly Connector[]): void {
  const looks = connectors.some(({ id, notice }) => {
    const section = config.sections.get(id) as never;
    return section !== undefined && (notice?.looker?.watches(section).length ?? 0) > 0;
  });
  if (looks || (config.watch.port !== null && receiversOf(config, connectors).length > 0)) return;
  throw new UsageError(`${config.path} names nothing to be watched.`, {
    id: "WATCH_NOTHING",
    hint: 'Say where incidents are told of: "notice" in the section slack, github or datadog, "incidents" in folder, or "receive" in webhook together with watch.port.',
  });
}
