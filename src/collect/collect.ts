import type { Identity, Source } from "../contract/connector.js";
import { collectSource } from "./collect-source.js";
import { baseContext, openConnector, storedGap, type ConnectorState } from "./connector-state.js";
import { endsBuild, gapOfError, stopsConnector } from "./failure.js";
import { createKnownNames, type KnownNames } from "./known-names.js";
import type { Collected, CollectedScope, CollectOptions, ConnectorInput } from "./types.js";

/**
 * Reads what the connectors hold for the window and is not known yet, and commits it page by page. All connectors at
 * once; what fails costs itself alone and becomes a gap. Pages are dated by when the run began, so that a build that was
 * killed and went on leaves the same store as one that was not.
 *
 * @throws {UnsafeWriteError} when the store cannot be written. Rejects with the signal's reason when it is aborted.
 */
export async function collect(options: CollectOptions): Promise<Collected> {
  const ending = new AbortController();
  const inner: CollectOptions = { ...options, signal: AbortSignal.any([options.signal, ending.signal]) };
  const names = createKnownNames(options.store, options.nameless);
  const fatal: unknown[] = [];
  const states = await Promise.all(
    options.connectors.map((input) =>
      collectConnector(input, inner, names).catch((error: unknown) => {
        fatal.push(error);
        ending.abort(error);
        return null;
      }),
    ),
  );
  options.signal.throwIfAborted();
  if (fatal.length > 0) throw fatal[0];
  return summarized(states.filter((state) => state !== null));
}

async function collectConnector(input: ConnectorInput, options: CollectOptions, names: KnownNames): Promise<ConnectorState> {
  options.signal.throwIfAborted();
  let identity: Identity;
  try {
    identity = await identityOf(input, options);
  } catch (error) {
    if (endsBuild(error, options.signal)) throw error;
    return cannotBegin(input, options, names, error);
  }
  const state = openConnector(input, options, identity, names);
  names.meet(state.owner);
  await inOrder(input.connector.sources, (source) => collectSource(state, source));
  return state;
}

async function identityOf({ connector, config, credential, host }: ConnectorInput, options: CollectOptions): Promise<Identity> {
  const known = await options.store.identity(connector.id, host, credential);
  if (known) return known;
  const identity = await connector.identify(baseContext({ connector, config, credential, host }, options));
  await options.store.rememberIdentity(options.run, connector.id, host, credential, identity);
  return identity;
}

/** Each source begins when those it names in `after` are done; the others go side by side. */
async function inOrder(sources: readonly Source<never>[], collectOne: (source: Source<never>) => Promise<void>): Promise<void> {
  const begun = new Map<string, Promise<void>>();
  const begin = (source: Source<never>): Promise<void> => {
    const known = begun.get(source.id);
    if (known) return known;
    const before = sources.filter(({ id }) => source.after?.includes(id) === true && id !== source.id);
    const done = (async () => {
      await Promise.all(before.map(begin));
      await collectOne(source);
    })();
    begun.set(source.id, done);
    return done;
  };
  await settled(sources.map(begin));
}

/** Waits for all of them, so that nothing goes on in the background; then tells the first failure. */
async function settled(work: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === "rejected") throw result.reason;
}

/** Whose data it is could not be learned, so that nothing can be stored: one gap a source. */
function cannotBegin(input: ConnectorInput, options: CollectOptions, names: KnownNames, error: unknown): ConnectorState {
  const state = openConnector(input, options, { tenant: "", data: {} }, names);
  if (stopsConnector(error)) state.stopped = { error };
  for (const source of input.connector.sources) {
    const gap = gapOfError(error, source.id, source.id, null);
    state.planGaps.push(storedGap(gap, state.owner, options));
    const { scope, reason, detail } = gap;
    options.progress({ type: "gap", connector: input.connector.id, source: source.id, scope, reason, detail });
  }
  return state;
}

function summarized(states: readonly ConnectorState[]): Collected {
  const scopes = states.flatMap((state) => state.scopes);
  const planGaps = states.flatMap((state) => state.planGaps);
  return {
    scopes,
    planGaps,
    identities: states
      .filter(({ owner }) => owner.tenant !== "")
      .map(({ owner, context }) => ({ connector: owner.connector, identity: context.identity })),
    checkedSince: checkedSince(scopes),
    readable: scopes.some(({ known }) => known !== "nothing") || (scopes.length === 0 && planGaps.length === 0),
  };
}

/** One line a scope; scopes that were found while reading are one line a source. */
function checkedSince(scopes: readonly CollectedScope[]): Collected["checkedSince"] {
  const oldest = new Map<string, Collected["checkedSince"][number]>();
  for (const { connector, source, scope, discovered, checkedSince: at } of scopes) {
    if (at === null) continue;
    const shown = discovered ? source : scope;
    const key = JSON.stringify([connector, source, shown]);
    const known = oldest.get(key);
    if (!known || at < known.at) oldest.set(key, { connector, source, scope: shown, at });
  }
  return [...oldest.values()];
}
