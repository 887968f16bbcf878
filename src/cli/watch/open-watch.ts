import { builtinConnectors } from "../../../connectors/index.js";
import type { ResolvedConfig } from "../../config/index.js";
import type { Connector } from "../../contract/connector.js";
import type { Format } from "../../contract/export.js";
import type { Store } from "../../contract/store.js";
import type { ExitCode } from "../../kit/errors.js";
import type { WireOptions } from "../../kit/wire/types.js";
import { openStore } from "../../store/open-store.js";
import { createMeasures, type Measures } from "../../watch/measures.js";
import type { WatchPorts } from "../../watch/ports.js";
import type { WatchEvents } from "../../watch/watch.js";
import type { Io } from "../io.js";
import { openSources, openWire } from "../open-sources.js";
import { attachNoticed, outcomesOf } from "./attach-noticed.js";
import { buildNoticed } from "./build-noticed.js";
import { watchLog } from "./log.js";
import { namerFor } from "./name-new.js";
import { lookedAt, receiversOf, type ReceivedBy } from "./told-by.js";

export interface OpenWatchOptions {
  readonly out: string;
  readonly formats: readonly Format[];
  readonly told: { readonly json: boolean; readonly quiet: boolean };
  readonly connectors?: readonly Connector[];
  readonly transport?: WireOptions["transport"];
}

export interface OpenedWatch {
  readonly store: Store;
  readonly ports: WatchPorts;
  /** Null where nobody listens. */
  readonly measures: Measures | null;
  readonly events: WatchEvents;
  /** With what commands would have ended that failed like the work of this process so far. */
  readonly failures: ReadonlySet<ExitCode>;
  readonly receivers: readonly ReceivedBy[];
  close(): Promise<void>;
}

/** Everything that watching needs: the places to look at, the store, one way out for all that is asked and sent. */
export async function openWatch(config: ResolvedConfig, io: Io, options: OpenWatchOptions): Promise<OpenedWatch> {
  const { connectors = builtinConnectors, transport, out, formats } = options;
  const log = watchLog(io, options.told);
  const measures = config.watch.port === null ? null : await createMeasures();
  const wire = openWire(io, { transport, onWait: (wait) => measures?.waited(wait) });
  const sources = openSources(config, io, { connectors, wire });
  const failures = new Set<ExitCode>();
  const store = await openStore(config.store);
  const { clock, random, signal } = io;
  const building = { config, connectors, store, wire, clock, random, signal, log, out, formats };
  const attaching = { config, connectors, inputs: sources.destinations, fetchToWriteFor: sources.fetchToWriteFor, store, clock, signal };
  return {
    store,
    measures,
    failures,
    receivers: receiversOf(config, connectors),
    events: {
      looked: (looks) => measures?.looked(looks),
      worked: (work, done, micros) => {
        measures?.worked(work, done, micros);
        if (done.exitCode !== null) failures.add(done.exitCode);
      },
    },
    ports: {
      store: store.watch,
      clock,
      signal,
      log,
      looked: lookedAt(config, connectors, io, sources.fetchFor),
      namer: () => namerFor(store),
      build: (incident) => buildNoticed(incident, building),
      attach: async (incident, stage) => outcomesOf(await attachNoticed(incident, stage, attaching)),
    },
    close: () => store.close(),
  };
}
