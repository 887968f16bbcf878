import { readEvidence, readSeries, withPurged } from "./collect/index.js";
import { maySee, type DraftAudience, type Seen } from "./contract/audience.js";
import type { KindRule } from "./contract/connector.js";
import type { CoverageLine } from "./contract/draft.js";
import type { RememberedBuild } from "./contract/history.js";
import type { SeriesChunk } from "./contract/page.js";
import type { Store, StoredEvidence } from "./contract/store.js";

/** What an audience may see of what a build saw. */
export interface VisibleToAudience {
  readonly evidence: readonly StoredEvidence[];
  readonly series: readonly { readonly connector: string; readonly chunks: readonly SeriesChunk[] }[];
  readonly coverage: readonly CoverageLine[];
  readonly leftOut: LeftOut;
}

/** What they may not see, counted. */
export interface LeftOut {
  readonly records: number;
  /** Channels, repositories, queries. */
  readonly scopes: number;
}

/** Reads what the draft is made of. It asks the store and nothing else. */
export async function readVisible(
  { scopes, owners, coverage, window }: Pick<RememberedBuild, "scopes" | "owners" | "coverage" | "window">,
  kinds: Readonly<Record<string, KindRule>>,
  store: Store,
  audience: DraftAudience,
): Promise<VisibleToAudience> {
  const hidden = new Set<string>();
  const isSeen = (seen: Seen): boolean => {
    const may = maySee(audience, seen);
    if (!may) hidden.add(`${seen.connector}|${seen.scope}`);
    return may;
  };
  const collected = await readEvidence(store, scopes, kinds);
  const evidence = collected.filter((each) => maySee(audience, each.evidence));
  const series = (await readSeries(store, { scopes, owners }, window)).map(({ connector, chunks }) => ({
    connector,
    chunks: chunks.filter((chunk) => isSeen({ connector, ...chunk })),
  }));
  const lines = withPurged(coverage, scopes, await store.purged(scopes)).filter(isSeen);
  return { evidence, series, coverage: lines, leftOut: { records: collected.length - evidence.length, scopes: hidden.size } };
}
