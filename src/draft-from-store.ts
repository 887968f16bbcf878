import { readReferences, type ConnectorInput } from "./collect/index.js";
import type { DraftAudience } from "./contract/audience.js";
import type { Draft } from "./contract/draft.js";
import type { MetricSeries } from "./contract/detect.js";
import type { History, RememberedBuild } from "./contract/history.js";
import type { Progress } from "./contract/progress.js";
import type { Store } from "./contract/store.js";
import { assembleSeries, detectAnomalies } from "./detect/index.js";
import { draft } from "./draft/index.js";
import { assignRoles, idsKnown, keepIds, rolesKnown, withNotes, type FileMemory } from "./merge/index.js";
import { normalize, scopeKey } from "./normalize/index.js";
import { readVisible, type LeftOut } from "./read-visible.js";

/** What a draft is made of beside the evidence: the incident, and what its build asked for. */
export interface DraftBasis extends Pick<
  RememberedBuild,
  "window" | "scopes" | "owners" | "coverage" | "highlights" | "narrowing" | "reported"
> {
  readonly incident: Draft["incident"];
  readonly history: History;
  /** Whoever may not see all of it gets a draft of what they may see, without notes. Left out: of all of it. */
  readonly audience?: DraftAudience;
  /** Of the owner's file, where there is one. */
  readonly memory: FileMemory | null;
  /** Accounts of one person each: `<connector>:<account id>`. */
  readonly roster: readonly (readonly string[])[];
}

export interface DraftPorts {
  readonly store: Store;
  readonly connectors: readonly Pick<ConnectorInput, "connector">[];
  readonly progress: Progress;
}

export interface DraftFromStore {
  readonly draft: Draft;
  /** Person key to role, as printed. */
  readonly roles: Readonly<Record<string, string>>;
  /** The points that the findings were made in. */
  readonly series: readonly MetricSeries[];
  /** What the audience may not see of what the build saw. */
  readonly leftOut: LeftOut;
}

/**
 * The steps behind collecting: normalize, detect, draft, and the ids and roles of earlier builds. It asks the store and
 * nothing else, so that a build and everything that looks at one later make the same draft of the same evidence.
 */
export async function draftFromStore(basis: DraftBasis, { store, connectors, progress }: DraftPorts): Promise<DraftFromStore> {
  const { incident, window, scopes, owners, history, memory, roster, highlights, audience = "internal" } = basis;
  const kinds = kindsOf(connectors);
  const { evidence, series: stored, coverage, leftOut } = await readVisible(basis, kinds, store, audience);

  progress({ type: "step", step: "normalize" });
  const normalized = normalize({
    evidence,
    references: await readReferences(store, owners),
    kinds,
    scopeNames: new Map(scopes.map((each) => [scopeKey(each.connector, each.source, each.scope), each.name])),
    window,
    roster,
  });

  progress({ type: "step", step: "detect" });
  const series = stored.flatMap(({ connector, chunks }) => assembleSeries(connector, chunks, window));
  const anomalies = detectAnomalies(series.map((each) => each.points));

  progress({ type: "step", step: "draft" });
  const facts = series.map((each) => each.facts);
  // A link and the names of a list may tell of what others may not see.
  const about = audience === "internal" ? { incident: { ...incident, ...saidOf(basis) }, narrowing: basis.narrowing } : { incident };
  const most = highlights === undefined ? {} : { highlights: { most: highlights } };
  const generated = draft({ ...about, window, normalized, anomalies, series: facts, coverage, roles: normalized.roles, ...most });

  progress({ type: "step", step: "merge" });
  // An id may be that of a private record, and notes may tell of one.
  const merged =
    audience === "internal" ? keepIds(withNotes(generated, await store.notes(incident.id)), idsKnown(history, memory)) : generated;
  const roles = assignRoles(merged.people, rolesKnown(history, memory, merged.entries));
  return { draft: merged, roles, series: series.map((each) => each.points), leftOut };
}

/** What an audience may not see of what a build saw; nothing: its draft is that of the owner. */
export async function leftOutFor(audience: DraftAudience, basis: DraftBasis, { store, connectors }: DraftPorts): Promise<LeftOut> {
  return (await readVisible(basis, kindsOf(connectors), store, audience)).leftOut;
}

function kindsOf(connectors: DraftPorts["connectors"]) {
  return Object.fromEntries(connectors.flatMap(({ connector }) => Object.entries(connector.kinds)));
}

function saidOf({ reported }: DraftBasis): Pick<Draft["incident"], "severity" | "url"> {
  const { severity = null, url = null } = reported ?? {};
  return { ...(severity === null ? {} : { severity }), ...(url === null ? {} : { url }) };
}
