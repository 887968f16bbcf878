import { builtinConnectors } from "../../connectors/index.js";
import type { ConnectorInput } from "../collect/index.js";
import type { ResolvedConfig } from "../config/index.js";
import { Secret } from "../contract/secret.js";
import { exporters } from "../export/index.js";
import { createWire } from "../kit/wire/create-wire.js";
import { buildTimeline, type BuildOutcome, type BuildRequest } from "../pipeline.js";
import { openStore } from "../store/open-store.js";
import type { Io } from "./io.js";
import { packageVersion } from "./package-version.js";
import { createReporter } from "./progress.js";

export interface RunBuildOptions {
  readonly quiet: boolean;
  readonly formats: readonly string[];
}

/** The composition root of a build: the config, the real clock and wire, the store, and the pipeline between them. */
export async function runBuild(config: ResolvedConfig, request: BuildRequest, io: Io, options: RunBuildOptions): Promise<BuildOutcome> {
  const reporter = createReporter(io.err, io.styles, options.quiet);
  const connectors = connectorsOf(config);
  const version = packageVersion();
  const wire = createWire({
    clock: io.clock,
    random: io.random,
    userAgent: `incident-timeline/${version}`,
    onWait: (wait) => reporter.progress({ type: "waiting", ...wait }),
  });
  const fetches = new Map(
    connectors.map(({ connector, config: section }) => [
      connector.id,
      wire.fetchFor(connector.id, connector.wire, connector.config.baseUrls(section as never), io.signal),
    ]),
  );
  const store = await openStore(config.store);
  try {
    return await buildTimeline(
      request,
      { ...config, roster: rosterOf(config) },
      {
        connectors,
        fetchFor: (connector) => fetches.get(connector)!,
        wireRecords: () => wire.records(),
        store,
        exporters: exporters.filter((exporter) => options.formats.includes(exporter.format)),
        clock: io.clock,
        progress: reporter.progress,
        signal: io.signal,
        version,
      },
    );
  } finally {
    reporter.end();
    await store.close();
  }
}

/** Accounts of one person each, by their keys. */
export function rosterOf({ people }: ResolvedConfig): string[][] {
  return people.map((person) => Object.entries(person).map(([connector, id]) => `${connector}:${id}`));
}

function connectorsOf(config: ResolvedConfig): ConnectorInput[] {
  return builtinConnectors.flatMap((connector) => {
    const section = config.sections.get(connector.id);
    if (section === undefined) return [];
    const host = new URL(connector.config.baseUrls(section as never)[0]!).host;
    return [{ connector, config: section, credential: credentialOf(section), host }];
  });
}

/** All credentials of a section as one text, of which the store keeps a keyed fingerprint only. */
function credentialOf(section: unknown): string {
  if (section instanceof Secret) return section.reveal();
  if (section === null || typeof section !== "object") return "";
  return Object.values(section).map(credentialOf).filter(Boolean).join("\n");
}
