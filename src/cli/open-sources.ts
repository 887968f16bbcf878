import { builtinConnectors } from "../../connectors/index.js";
import type { ConnectorInput } from "../collect/index.js";
import type { ResolvedConfig } from "../config/index.js";
import type { Connector } from "../contract/connector.js";
import { Secret } from "../contract/secret.js";
import { createWire } from "../kit/wire/create-wire.js";
import type { Wire, WireFetch, WireOptions } from "../kit/wire/types.js";
import type { Io } from "./io.js";
import { packageVersion } from "./package-version.js";

export interface Sources {
  /** Those that evidence is collected from. */
  readonly connectors: readonly ConnectorInput[];
  /** Those that can attach. */
  readonly destinations: readonly ConnectorInput[];
  readonly fetchFor: (connector: string, urgency?: number) => WireFetch;
  /** For what changes something at the vendor. */
  readonly fetchToWriteFor: (connector: string) => WireFetch;
  readonly wire: Wire;
}

export interface OpenSourcesOptions extends Pick<WireOptions, "onWait" | "limits" | "transport"> {
  /** The built-in ones when nothing is said. */
  readonly connectors?: readonly Connector[];
  /** Shared with others, so that they wait for each other; a new one when nothing is said. */
  readonly wire?: Wire | undefined;
}

/** The connectors that the config names, each with its way out: its own hosts, under its own policy. */
export function openSources(
  config: ResolvedConfig,
  io: Pick<Io, "clock" | "random" | "signal">,
  { connectors: known = builtinConnectors, wire: shared, ...options }: OpenSourcesOptions,
): Sources {
  const connectors = connectorsOf(config, known);
  const wire = shared ?? openWire(io, options);
  const ways = new Map(connectors.map(({ connector, config: section }) => [connector.id, { connector, section }]));
  return {
    connectors: connectors.filter(({ connector }) => connector.sources.length > 0),
    destinations: connectors.filter(({ connector }) => connector.destination !== undefined),
    wire,
    fetchToWriteFor: (id) => {
      const { connector, section } = ways.get(id)!;
      return wire.fetchToWriteFor(id, connector.wire, connector.config.baseUrls(section as never), io.signal);
    },
    fetchFor: (id, urgency) => {
      const { connector, section } = ways.get(id)!;
      return wire.fetchFor(id, connector.wire, connector.config.baseUrls(section as never), io.signal, urgency);
    },
  };
}

/** The way out for everything that a process asks. */
export function openWire(io: Pick<Io, "clock" | "random">, options: Omit<OpenSourcesOptions, "connectors" | "wire">): Wire {
  return createWire({ clock: io.clock, random: io.random, userAgent: `incident-timeline/${packageVersion()}`, ...options });
}

function connectorsOf(config: ResolvedConfig, known: readonly Connector[]): ConnectorInput[] {
  return known.flatMap((connector) => {
    const section = config.sections.get(connector.id);
    if (section === undefined) return [];
    const [url] = connector.config.baseUrls(section as never);
    return [{ connector, config: section, credential: credentialOf(section), host: url === undefined ? "" : new URL(url).host }];
  });
}

/** All credentials of a section as one text, of which the store keeps a keyed fingerprint only. */
function credentialOf(section: unknown): string {
  if (section instanceof Secret) return section.reveal();
  if (section === null || typeof section !== "object") return "";
  return Object.values(section).map(credentialOf).filter(Boolean).join("\n");
}
