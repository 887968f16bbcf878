import type { Connector, Identity, WantedSpan } from "../contract/connector.js";
import type { BuildInfo } from "../contract/draft.js";
import type { Visibility } from "../contract/evidence.js";
import type { Progress } from "../contract/progress.js";
import type { Run, ScopeKey, Store, StoredGap } from "../contract/store.js";
import type { Window } from "../contract/window.js";
import type { EpochMicros, Span } from "../kit/instant.js";
import type { WireFetch } from "../kit/wire/types.js";
import type { Nameless } from "./known-names.js";

/** One connector that the config names, ready to be asked. */
export interface ConnectorInput {
  readonly connector: Connector<never>;
  /** Its section, resolved. */
  readonly config: unknown;
  /** All of its credentials as one text: only a keyed fingerprint of it is kept, to know again whose data it is. */
  readonly credential: string;
  readonly host: string;
}

export interface CollectOptions {
  readonly connectors: readonly ConnectorInput[];
  readonly window: Window;
  readonly store: Store;
  readonly run: Run;
  /** When this build began. */
  readonly now: EpochMicros;
  /** How long after its end a span is still looked at again. Microseconds. */
  readonly recheckFor: number;
  /** Ask for everything anew. */
  readonly refresh: boolean;
  /** Requests of a lower urgency go first. */
  fetchFor(connector: string, urgency?: number): WireFetch;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Takes names out of what is told while reading goes on. */
  readonly nameless: Nameless;
  /** Scopes of one connector that are read at once; the wire has its own limit. */
  readonly concurrency?: number;
}

/** One scope of this build, and what is known of it: facts, whether they were asked now or earlier. */
export interface CollectedScope extends ScopeKey {
  readonly name: string;
  readonly wanted: readonly WantedSpan[];
  readonly lastDeployment: boolean;
  /** From the first to the last instant that is wanted for the window itself. */
  readonly asked: Span;
  /** Records and points inside `asked`. */
  readonly seen: number;
  /** How much of what is wanted for the window is known. */
  readonly known: "all" | "part" | "nothing";
  /** It was found while reading another scope. */
  readonly discovered: boolean;
  readonly visibility: Visibility;
  /** Since when its oldest part was not asked again; null when all of it was asked in this run. */
  readonly checkedSince: EpochMicros | null;
  /** Those of the store that touch what is wanted. */
  readonly gaps: readonly StoredGap[];
}

export interface Collected {
  /** By connector and source as they are listed, then by scope. */
  readonly scopes: readonly CollectedScope[];
  /** What kept a scope from being planned: not in a channel, not asked, a connector that could not begin. */
  readonly planGaps: readonly StoredGap[];
  readonly identities: readonly { readonly connector: string; readonly identity: Identity }[];
  readonly checkedSince: BuildInfo["checkedSince"];
  /** Anything at all is known of what this build wants. */
  readonly readable: boolean;
}
