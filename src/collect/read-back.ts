import type { KindRule } from "../contract/connector.js";
import type { Evidence } from "../contract/evidence.js";
import type { SeenScope } from "../contract/history.js";
import type { Reference, SeriesChunk } from "../contract/page.js";
import type { Owner, ScopeKey, Store, StoredEvidence } from "../contract/store.js";
import type { Window } from "../contract/window.js";
import { groupBy } from "../kit/group-by.js";
import { isWithin, MICROS_PER_DAY, type EpochMicros, type Span } from "../kit/instant.js";

/** How far before everything else the last deployment that went well is looked for. */
const DEPLOYED_WITHIN = 90 * MICROS_PER_DAY;

/**
 * What this build sees of the store: its own scopes inside its own spans, and of what lies before them the last deployment
 * of each environment that went well, since it is what was running. Whatever else the store holds for other incidents
 * changes nothing. In no order.
 */
export async function readEvidence(
  store: Store,
  scopes: readonly SeenScope[],
  kinds: Readonly<Record<string, KindRule>>,
): Promise<StoredEvidence[]> {
  const evidence = new Map<string, StoredEvidence>();
  // Threads of a channel want the same: hundreds of scopes are a few questions.
  for (const alike of groupBy(scopes, ({ connector, spans }) => JSON.stringify([connector, spans])).values())
    for (const span of alike[0]!.spans)
      for await (const each of store.evidence(alike, span)) if (stands(each.evidence, kinds, span)) evidence.set(each.evidence.id, each);
  for (const each of await lastDeployments(store, scopes)) evidence.set(each.evidence.id, each);
  return [...evidence.values()];
}

/** By a time that can place it: a walk shows what stands in its span, and a pull request is not merged where it was opened. */
function stands({ kind, times }: Evidence, kinds: Readonly<Record<string, KindRule>>, span: Span): boolean {
  const placedBy = kinds[kind]?.placedBy ?? [];
  return times.some(({ meaning, at }) => at !== null && placedBy.includes(meaning) && isWithin(at, span));
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

async function lastDeployments(store: Store, scopes: readonly SeenScope[]): Promise<StoredEvidence[]> {
  const last = new Map<string, { readonly stored: StoredEvidence; readonly at: EpochMicros }>();
  for (const scope of scopes) {
    const until = scope.spans[0]?.from;
    if (!scope.lastDeployment || until === undefined) continue;
    for await (const stored of store.evidence([scope], { from: until - DEPLOYED_WITHIN, until })) {
      const { signals, refs, times } = stored.evidence;
      if (signals.deploys !== true || signals.outcome !== "success") continue;
      const at = Math.max(...times.flatMap((time) => time.at ?? []));
      const environment = refs.find((ref) => ref.type === "tag" && ref.id.startsWith("environment:"))?.id ?? "";
      const key = `${scope.scope} ${environment}`;
      if (at < until && at >= (last.get(key)?.at ?? 0)) last.set(key, { stored, at });
    }
  }
  return [...last.values()].map(({ stored }) => stored);
}
