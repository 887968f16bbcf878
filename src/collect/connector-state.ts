import type { Identity, SourceContext } from "../contract/connector.js";
import type { JsonValue } from "../contract/evidence.js";
import type { Owner, StoredGap } from "../contract/store.js";
import type { Gap } from "../contract/page.js";
import { wellFormedDeep } from "../kit/text.js";
import { maskDeep } from "../redact/index.js";
import type { KnownNames } from "./known-names.js";
import type { CollectedScope, CollectOptions, ConnectorInput } from "./types.js";

/** What is carried along while one connector is read. */
export interface ConnectorState {
  readonly input: ConnectorInput;
  readonly options: CollectOptions;
  readonly owner: Owner;
  readonly context: SourceContext<never>;
  /** Of all connectors of the build. */
  readonly names: KnownNames;
  readonly scopes: CollectedScope[];
  readonly planGaps: StoredGap[];
  /** What ended the connector: nothing more is asked. */
  stopped: { readonly error: unknown } | null;
}

/** Everything a connector may ask of us, without the source in it. */
export function baseContext(
  input: ConnectorInput,
  options: CollectOptions,
): Omit<SourceContext<never>, "identity" | "recall" | "discovered"> {
  return {
    config: input.config as never,
    window: options.window,
    now: options.now,
    fetch: options.fetchFor(input.connector.id),
    signal: options.signal,
  };
}

export function openConnector(input: ConnectorInput, options: CollectOptions, identity: Identity, names: KnownNames): ConnectorState {
  const owner: Owner = { connector: input.connector.id, tenant: identity.tenant };
  const context: SourceContext<never> = {
    ...baseContext(input, options),
    identity,
    recall: recaller(owner, options),
    discovered: (source, span) => options.store.discovered(owner, source, span),
  };
  return { input, options, owner, context, names, scopes: [], planGaps: [], stopped: null };
}

/** The same surroundings, with a place of its own in the line of requests. */
export function withUrgency({ input, options, context }: ConnectorState, urgency: number): SourceContext<never> {
  return { ...context, fetch: options.fetchFor(input.connector.id, urgency) };
}

export function storedGap(gap: Gap, owner: Owner, options: Pick<CollectOptions, "run">): StoredGap {
  return { ...gap, ...owner, seenAt: options.run.startedAt };
}

/** Answers are kept as evidence is: well-formed and masked. Those who ask the same at once wait for one answer. */
function recaller({ connector, tenant }: Owner, options: CollectOptions): SourceContext<never>["recall"] {
  const owner = { connector, tenant };
  const underway = new Map<string, Promise<unknown>>();
  return (key, { freshSince, force = false }, load) => {
    const since = options.refresh ? Math.max(freshSince, options.run.startedAt) : freshSince;
    const ask = async (): Promise<JsonValue> => {
      const known = await options.store.recall(owner, key);
      if (known && !force && known.checkedAt >= since) return known.value;
      const { value } = maskDeep(wellFormedDeep(await load()));
      await options.store.remember(options.run, owner, key, value, options.now);
      return value;
    };
    const answer = (underway.get(key) ?? Promise.resolve()).then(ask, ask);
    underway.set(key, answer);
    return answer;
  };
}
