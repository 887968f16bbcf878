import type { Identity, ScopePlan, Source, SourceContext } from "../contract/connector.js";
import type { JsonValue } from "../contract/evidence.js";
import type { Owner, StoredCovered, Store } from "../contract/store.js";
import type { Window } from "../contract/window.js";
import type { EpochMicros, Span } from "../kit/instant.js";
import { missingSpans } from "./missing-spans.js";
import type { ConnectorInput } from "./types.js";

export interface PlanOptions {
  readonly connectors: readonly ConnectorInput[];
  readonly window: Window;
  /** What is known already; null: there is no store yet. */
  readonly store: Pick<Store, "identity" | "recall" | "discovered" | "covered"> | null;
  readonly now: EpochMicros;
  readonly recheckFor: number;
  readonly refresh: boolean;
  readonly signal: AbortSignal;
}

/** What a build would ask of one source. */
export interface PlannedSource {
  readonly connector: string;
  readonly source: string;
  readonly host: string;
  /** The vendor's name of what is called; null: not told. */
  readonly calls: string | null;
  /** null: which scopes there are would have to be asked first. */
  readonly scopes: readonly { readonly name: string; readonly ask: readonly Span[] }[] | null;
}

/** What a build would ask, as far as that is known without asking anybody. Nothing is written. */
export async function planOnly(options: PlanOptions): Promise<PlannedSource[]> {
  const planned = await Promise.all(options.connectors.map((input) => planConnector(input, options)));
  return planned.flat();
}

/** Where an answer would be needed that is not remembered. */
class NotAsked extends Error {
  constructor() {
    super("nothing is asked in a dry run");
  }
}

async function planConnector(input: ConnectorInput, options: PlanOptions): Promise<PlannedSource[]> {
  const { connector, host } = input;
  const context = await contextOf(input, options);
  const planned: PlannedSource[] = [];
  for (const source of connector.sources) {
    const scopes = context === null ? null : await scopesOf(source, context, options);
    planned.push({ connector: connector.id, source: source.id, host, calls: source.calls ?? null, scopes });
  }
  return planned;
}

/** null: whose data it is would have to be asked. */
async function contextOf(
  { connector, config, credential, host }: ConnectorInput,
  { window, now, signal, store }: PlanOptions,
): Promise<(SourceContext<never> & { readonly owner: Owner }) | null> {
  const base = { config: config as never, window, now, signal, fetch: () => Promise.reject(new NotAsked()) };
  const identity: Identity | null =
    (await store?.identity(connector.id, host, credential)) ?? (await orNull(() => connector.identify(base)));
  if (identity === null) return null;
  const owner = { connector: connector.id, tenant: identity.tenant };
  const recall = async (key: string): Promise<JsonValue> => {
    const known = await store?.recall(owner, key);
    if (known) return known.value;
    throw new NotAsked();
  };
  const discovered = async (source: string, span: Span) => (await store?.discovered(owner, source, span)) ?? [];
  return { ...base, identity, owner, recall, discovered };
}

async function scopesOf(
  source: Source<never>,
  context: SourceContext<never> & { readonly owner: Owner },
  options: PlanOptions,
): Promise<PlannedSource["scopes"]> {
  const plan = await orNull(() => source.plan(context));
  if (plan === null) return null;
  return Promise.all(
    plan.scopes.map(async (scope) => {
      const key = { ...context.owner, source: source.id, scope: scope.scope };
      return { name: scope.name, ask: missingOf(scope, (await options.store?.covered(key)) ?? [], options) };
    }),
  );
}

function missingOf({ wanted }: ScopePlan, covered: readonly StoredCovered[], { now, window, recheckFor, refresh }: PlanOptions): Span[] {
  // What a run of this moment would find: nothing was asked since it began.
  const rules = { now, windowUntil: window.until, recheckFor, refresh, runStartedAt: now + 1 };
  return wanted.flatMap((each) => missingSpans(each, covered, rules)).sort((a, b) => a.from - b.from);
}

/** Connectors wrap what `fetch` throws: whatever fails here fails for want of an answer. */
async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch {
    return null;
  }
}
