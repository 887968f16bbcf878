import type { z } from "zod";
import type { EpochMicros, Span } from "../kit/instant.js";
import type { VendorPolicy, WireFetch } from "../kit/wire/types.js";
import type { Destination } from "./destination.js";
import type { JsonValue, Visibility } from "./evidence.js";
import type { Notice } from "./notice.js";
import type { DiscoveredScope, Page } from "./page.js";
import type { Selectable } from "./selection.js";
import type { Setup } from "./setup.js";
import type { Category, Window } from "./window.js";

/** How a kind is placed and how it reads: data beside the source, so that a new connector edits nothing in `src`. */
export interface KindRule {
  /** Meanings of times, the first that lies inside the span of the category places the record. */
  readonly placedBy: readonly string[];
  /** The meaning of the time at which it was over, for kinds that last. */
  readonly endedBy?: string;
  readonly category: Category;
  /**
   * How an entry reads. `{actor}` is a role, `{title}` the one-line title, `{body}` the text, `{scope}` the name of
   * the channel, repository or query, `{outcome}` how it ended. "#{scope}" and the like are literal around them.
   */
  readonly says: string;
}

/** A span that is wanted of a scope, and what for. Only `window` becomes entries. */
export interface WantedSpan extends Span {
  readonly purpose: "window" | "lookback" | "baseline";
}

/** One channel, repository, query or thread that this config and window ask for. */
export interface ScopePlan {
  /** Stable inside connector, tenant and source. Everything that changes what comes back is part of it (a step, a query). */
  readonly scope: string;
  /** As the reader knows it: "#inc-checkout", "acme/shop", "checkout.errors". */
  readonly name: string;
  readonly wanted: readonly WantedSpan[];
  /** Its walk also finds the last deployment that went well before all that is wanted: a draft may look back for it. */
  readonly lastDeployment?: true;
  /** Who may read it, where the config says so; absent: as the source tells of it. */
  readonly visibility?: Visibility;
}

/** What planning found: scopes, and what is already known not to be readable (`not in channel`, `not asked`). */
export interface SourcePlan extends Pick<Page, "gaps" | "references" | "discovered"> {
  readonly scopes: readonly ScopePlan[];
}

export interface RecallOptions {
  /** A remembered answer is used when it was given at or after this instant. */
  readonly freshSince: EpochMicros;
  /** Ask again even so: what is remembered did not satisfy. */
  readonly force?: boolean;
}

/** What a connector gets to work with. Nothing else comes in: no clock, environment or global fetch. */
export interface SourceContext<Config> {
  readonly config: Config;
  readonly identity: Identity;
  readonly window: Window;
  /** When this build began. */
  readonly now: EpochMicros;
  /** One policy for the wire, bound to this connector: hand it to the vendor's client. */
  readonly fetch: WireFetch;
  /** Honoured between pages; the fetch honours it in between. */
  readonly signal: AbortSignal;
  /** An answer that is no evidence (a list of channels), remembered in the store so that a rebuild makes no call. */
  recall(key: string, options: RecallOptions, load: () => Promise<JsonValue>): Promise<JsonValue>;
  /** Scopes found so far for a source of this connector whose span overlaps, in order of scope. */
  discovered(source: string, span: Span): Promise<readonly DiscoveredScope[]>;
}

export interface Source<Config> {
  readonly id: string;
  /** What its kinds can be. */
  readonly categories: readonly Category[];
  /** What it calls, in the vendor's words, for people: "conversations.history". */
  readonly calls?: string;
  /** It takes many calls for few records: what else is asked of the connector goes first. */
  readonly costly?: true;
  /** Sources of the same connector that must be read before this one is planned: it needs what they discover. */
  readonly after?: readonly string[];
  /** Which scopes this config names inside this window. What it has to ask, it asks through `recall`. */
  plan(context: SourceContext<Config>): Promise<SourcePlan>;
  /**
   * Yields what one scope holds for one span that is not known yet, page by page. It asks for as little as the source
   * lets it, and says with each page what is covered: a build that was killed goes on from there.
   * When the span was walked to its end, everything in it has been covered or is a gap.
   *
   * @throws {SourceError} `stop` for refused credentials, `skip` for this scope alone, `retry` for an outage.
   */
  collect(scope: ScopePlan, span: Span, context: SourceContext<Config>): AsyncIterable<Page>;
}

/** Whose data it is. `tenant` separates workspaces, hosts and organisations in the store; it is in no export. */
export interface Identity {
  readonly tenant: string;
  /** What the connector wants to remember of it, such as the base of permalinks. */
  readonly data: Readonly<Record<string, string>>;
}

export interface ConnectorConfig<Config> {
  /** The section of the config file: checked, with defaults and descriptions. Secrets are `secret()` fields. */
  readonly schema: z.ZodType;
  /** Hosts that belong to the vendor: a config that was merely found may name these and loopback only. */
  isVendorHost(host: string): boolean;
  /** Base URLs that this section makes the connector contact. */
  baseUrls(config: Config): readonly string[];
  /** Files and folders that this section names, relative to the config's: outside of it only a config named explicitly may. */
  paths?(config: Config): readonly string[];
  /** The lists of the section that services and single builds are narrowed by. */
  readonly selects?: readonly Selectable<Config>[];
}

/** What a connector can tell of its own access. What it has to read for that is kept nowhere. */
export interface Diagnosis {
  /** As whom we come, in the vendor's words; null: it does not say. */
  readonly who: string | null;
  /** As the vendor names them; null: it does not say. */
  readonly granted: readonly string[] | null;
  /** What is needed and not there, and what goes without it. */
  readonly missing: readonly { readonly scope: string; readonly without: string }[];
  /** What else the owner wants to know, one line each. */
  readonly notes: readonly string[];
  /** What would be read under the config, one line each; absent: what the section names. */
  readonly reads?: readonly string[];
  /** What the vendor allows this access, and what that means for a build. No names stand in it. */
  readonly limits?: readonly string[];
}

export type DiagnoseContext<Config> = Pick<SourceContext<Config>, "config" | "fetch" | "signal" | "now">;

/** One vendor: facts about itself, and the roles it can take. No base class, no `this`. */
export interface Connector<Config = never> {
  /** Equals the folder under `connectors/` and the section of the config. */
  readonly id: string;
  /** As people write it: "Slack". */
  readonly name: string;
  readonly config: ConnectorConfig<Config>;
  readonly kinds: Readonly<Record<string, KindRule>>;
  /** How this vendor's answers ask for patience, and which requests share a limit. */
  readonly wire: VendorPolicy;
  /** Asked once per credential and host; the answer is remembered. */
  identify(context: Omit<SourceContext<Config>, "identity" | "recall" | "discovered">): Promise<Identity>;
  readonly sources: readonly Source<Config>[];
  /** How it tells of incidents; absent: it cannot. */
  readonly notice?: Notice<Config>;
  /** Where it can attach; absent: it cannot. */
  readonly destination?: Destination<Config>;
  /** For `timeline init`; absent: a section is written by hand. */
  readonly setup?: Setup<Config>;
  /** For `timeline doctor`. @throws {SourceError} when it cannot be reached, or refuses who we are. */
  diagnose?(context: DiagnoseContext<Config>): Promise<Diagnosis>;
}

/** Checks the shape at compile time and freezes it. `Config` is the section after secrets are resolved. */
export function defineConnector<Config>(connector: Connector<Config>): Connector<Config> {
  return Object.freeze(connector);
}
