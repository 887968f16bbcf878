import type { Reference, SeriesChunk } from "../contract/page.js";
import type { Owner, ScopeKey, Store, StoredEvidence } from "../contract/store.js";
import type { Window } from "../contract/window.js";
import { MICROS_PER_DAY, type EpochMicros, type Span } from "../kit/instant.js";
import type { ConnectorInput } from "./types.js";

/** How far before everything else the last deployment that went well is looked for. */
const DEPLOYED_WITHIN = 90 * MICROS_PER_DAY;

/**
 * What this build sees of the store: its own scopes, its own spans, and of what lies before them the last deployment
 * of each scope and environment that went well, since it is what was running.
 */
export async function readEvidence(
  store: Store,
  { scopes }: { readonly scopes: readonly ScopeKey[] },
  connectors: readonly Pick<ConnectorInput, "connector">[],
  window: Window,
): Promise<StoredEvidence[]> {
  const span = { from: Math.min(window.from, window.changeLookBack.from), until: window.until };
  const evidence = await lastDeployments(store, scopes.filter(holdsChanges(connectors)), {
    from: span.from - DEPLOYED_WITHIN,
    until: span.from,
  });
  const seen = new Set(evidence.map((each) => each.evidence.id));
  for await (const each of store.evidence(scopes, span)) if (!seen.has(each.evidence.id)) evidence.push(each);
  return evidence;
}

/** Names that the evidence points to, with the connector they belong to. */
export async function readReferences(store: Store, owners: readonly Owner[]): Promise<(Reference & { readonly connector: string })[]> {
  const references: (Reference & { readonly connector: string })[] = [];
  for (const owner of owners)
    for (const reference of await store.references(owner)) references.push({ ...reference, connector: owner.connector });
  return references;
}

/** Metric slices of the window and its baselines, by connector. */
export async function readSeries(
  store: Store,
  { scopes, owners }: { readonly scopes: readonly ScopeKey[]; readonly owners: readonly Owner[] },
  window: Window,
): Promise<{ readonly connector: string; readonly chunks: readonly SeriesChunk[] }[]> {
  const from = Math.min(window.spans.metric.from, ...window.baselines.map((each) => each.from));
  const read = [];
  for (const { connector } of owners) {
    const keys = scopes.filter((scope) => scope.connector === connector);
    read.push({ connector, chunks: await store.series(keys, { from, until: window.until }) });
  }
  return read;
}

function holdsChanges(connectors: readonly Pick<ConnectorInput, "connector">[]): (scope: ScopeKey) => boolean {
  const sources = new Set(
    connectors.flatMap(({ connector }) =>
      connector.sources.filter((source) => source.categories.includes("change")).map((source) => `${connector.id} ${source.id}`),
    ),
  );
  return ({ connector, source }) => sources.has(`${connector} ${source}`);
}

async function lastDeployments(store: Store, scopes: readonly ScopeKey[], span: Span): Promise<StoredEvidence[]> {
  const last = new Map<string, { readonly stored: StoredEvidence; readonly at: EpochMicros }>();
  for await (const stored of store.evidence(scopes, span)) {
    const { scope, signals, refs, times } = stored.evidence;
    if (signals.deploys !== true || signals.outcome !== "success") continue;
    const at = Math.max(...times.flatMap((time) => time.at ?? []));
    const environment = refs.find((ref) => ref.type === "tag" && ref.id.startsWith("environment:"))?.id ?? "";
    const key = `${scope} ${environment}`;
    if (at < span.until && at >= (last.get(key)?.at ?? 0)) last.set(key, { stored, at });
  }
  return [...last.values()].map(({ stored }) => stored);
}
