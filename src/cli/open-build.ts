import { setMaxListeners } from "node:events";
import { builtinConnectors } from "../../connectors/index.js";
import { narrowed, type ResolvedConfig } from "../config/index.js";
import type { Connector } from "../contract/connector.js";
import type { Format } from "../contract/export.js";
import type { Progress } from "../contract/progress.js";
import { exporters } from "../export/index.js";
import { systemClock, type Clock } from "../kit/clock.js";
import type { Wire, WireOptions } from "../kit/wire/types.js";
import { wireSince } from "../kit/wire/wire-since.js";
import type { BuildPorts, BuildRequest, BuildSettings } from "../pipeline.js";
import { openStore } from "../store/open-store.js";
import { openSources } from "./open-sources.js";
import { packageVersion } from "./package-version.js";

export interface OpenBuildOptions {
  /** Those that the config was loaded with; the built-in ones when nothing is said. */
  readonly connectors?: readonly Connector[];
  /** `md` and `json` when nothing is said. Files are written in the order md, json, csv, jsonl, html. */
  readonly formats?: readonly Format[];
  readonly progress?: Progress;
  /** Stops the build between two pages; what was collected is kept. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
  /** 0 to 1, 1 excluded: spreads repeats over time. */
  readonly random?: () => number;
  /** What sends requests instead of the network. */
  readonly transport?: WireOptions["transport"];
  /** Shared with other builds of the process; left out, it has its own. */
  readonly wire?: Wire;
}

/** Everything that `buildTimeline` needs beside its request. */
export interface OpenedBuild {
  readonly settings: BuildSettings;
  readonly ports: BuildPorts;
  /** Gives the store back. */
  close(): Promise<void>;
}

/**
 * Opens what a config names and a request narrows it to: its sources, each with its way out, and its store. Nothing is
 * asked yet.
 * @throws {UsageError} for a service that the config does not name.
 * @throws {UnsafeWriteError} for a store that cannot be written safely.
 */
export async function openBuild(
  config: ResolvedConfig,
  request: Pick<BuildRequest, "narrowing">,
  options: OpenBuildOptions = {},
): Promise<OpenedBuild> {
  const { clock = systemClock, random = Math.random } = options;
  const { progress = () => undefined, formats = ["md", "json"], connectors = builtinConnectors, transport } = options;
  const signal = options.signal === undefined ? new AbortController().signal : AbortSignal.any([options.signal]);
  // Every request that waits listens to it; they take their listeners away themselves.
  setMaxListeners(0, signal);
  const sources = openSources(
    narrowed(config, connectors, request.narrowing),
    { clock, random, signal },
    {
      connectors,
      transport,
      wire: options.wire === undefined ? undefined : wireSince(options.wire),
      onWait: (wait) => progress({ type: "waiting", ...wait }),
    },
  );
  const store = await openStore(config.store);
  return {
    settings: { ...config, roster: rosterOf(config) },
    ports: {
      connectors: sources.connectors,
      fetchFor: sources.fetchFor,
      wireRecords: () => sources.wire.records(),
      store,
      exporters: exporters.filter(({ format }) => formats.includes(format)),
      clock,
      progress,
      signal,
      version: packageVersion(),
    },
    close: () => store.close(),
  };
}

/** Accounts of one person each, by their keys. */
export function rosterOf({ people }: ResolvedConfig): string[][] {
  return people.map((person) => Object.entries(person).map(([connector, id]) => `${connector}:${id}`));
}
