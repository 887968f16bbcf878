import type { Connector } from "../contract/connector.js";
import { Secret } from "../contract/secret.js";
import type { Offer } from "../contract/setup.js";
import { SourceError } from "../kit/errors.js";
import { createWire } from "../kit/wire/create-wire.js";
import type { Io } from "./io.js";

/** Listing must not keep anybody waiting who could as well type. */
const IMPATIENT = { maxTries: 2, maxWaitMs: 5000, wholeMs: 20_000 };

/** The variables in which the vendor's credentials are usually found, by the member of the section. */
export function usualVariables({ config }: Connector): ReadonlyMap<string, string> {
  const section = config.schema.parse({}) as Readonly<Record<string, unknown>>;
  return new Map(Object.entries(section).flatMap(([key, value]) => (isVariable(value) ? [[key, value.env] as const] : [])));
}

export function isSet(name: string, { env }: Pick<Io, "env">): boolean {
  return (env[name] ?? "").trim() !== "";
}

export function hasCredentials(connector: Connector, io: Io): boolean {
  return [...usualVariables(connector).values()].every((name) => isSet(name, io));
}

/** A section as it is written: where the credentials are found, and what is read. */
export function firstSection(connector: Connector, names: readonly string[], apiUrl: string | undefined): Record<string, unknown> {
  const secrets = [...usualVariables(connector)].map(([key, env]) => [key, { env }]);
  return { ...Object.fromEntries(secrets), ...(apiUrl === undefined ? {} : { apiUrl }), ...connector.setup?.section(names) };
}

/** What there is to choose from; a text when it cannot be listed. */
export async function offersOf(connector: Connector, apiUrl: string | undefined, io: Io): Promise<readonly Offer[] | string> {
  const { setup, config, wire: policy } = connector;
  if (setup?.offers === undefined) return [];
  const found = [...usualVariables(connector)].map(([key, name]) => [key, new Secret(io.env[name]!.trim())]);
  const section = { ...(config.schema.parse(apiUrl === undefined ? {} : { apiUrl }) as object), ...Object.fromEntries(found) };
  const wire = createWire({ clock: io.clock, random: io.random, limits: IMPATIENT });
  const fetch = wire.fetchFor(connector.id, policy, config.baseUrls(section as never), io.signal);
  try {
    return await setup.offers({ config: section as never, fetch, signal: io.signal, now: io.clock.now() });
  } catch (error) {
    if (error instanceof SourceError) return error.message;
    throw error;
  }
}

function isVariable(value: unknown): value is { readonly env: string } {
  return typeof value === "object" && value !== null && "env" in value && typeof value.env === "string";
}
