import type { Connector } from "../contract/connector.js";
import type { Narrowing, Selectable, Selection } from "../contract/selection.js";
import { UsageError } from "../kit/errors.js";
import { nearestKey } from "../kit/nearest-key.js";
import { oneLine, shorten } from "../kit/text.js";
import type { Problem } from "./problems.js";
import type { ResolvedConfig } from "./resolved-config.js";

type Sections = ReadonlyMap<string, unknown>;

/** Names in services that their sections cannot read. */
export function serviceProblems(
  services: Readonly<Record<string, Selection>>,
  connectors: readonly Connector[],
  sections: Sections,
): Problem[] {
  return Object.entries(services).flatMap(([service, selection]) =>
    Object.entries(selection).flatMap(([key, names]) =>
      names.flatMap((name, index): Problem[] => {
        const text = problemOf(key, name, connectors, sections);
        return text === null ? [] : [{ path: ["services", service, key, index], id: "CONFIG_SERVICE", text }];
      }),
    ),
  );
}

/**
 * The config with each section narrowed to what the services and this build name; the fingerprint stays that of the
 * whole. @throws {UsageError} SERVICE_UNKNOWN, or FLAG_INVALID with every name that cannot be read.
 */
export function narrowed(config: ResolvedConfig, connectors: readonly Connector[], narrowing: Narrowing): ResolvedConfig {
  const only = union([...narrowing.services.map((name) => serviceOf(name, config)), narrowing.only]);
  refuseUnreadable(narrowing.only, connectors, config.sections);
  const sections = [...config.sections].map(([id, section]): [string, unknown] => {
    const selects = (connectors.find((connector) => connector.id === id)?.config.selects ?? []) as readonly Selectable<unknown>[];
    return [id, selects.reduce((rest, select) => narrowOne(select, rest, only[select.key], narrowing.also[select.key] ?? []), section)];
  });
  return { ...config, sections: new Map(sections) };
}

function narrowOne(select: Selectable<unknown>, section: unknown, only: readonly string[] | undefined, also: readonly string[]): unknown {
  const names = only ?? select.names(section);
  if (names === null || (only === undefined && also.length === 0)) return section;
  return select.narrow(section, [...new Set([...names, ...also])]);
}

function serviceOf(name: string, { services }: ResolvedConfig): Selection {
  const known = services.get(name);
  if (known) return known;
  const near = nearestKey(name, [...services.keys()]);
  const list = services.size === 0 ? "The config names no service." : `The config names ${[...services.keys()].join(", ")}.`;
  throw new UsageError(`There is no service "${shorten(oneLine(name), 60)}" in the config.`, {
    id: "SERVICE_UNKNOWN",
    hint: near === null ? list : `Did you mean ${near}?`,
  });
}

/** What any of them names of a list; a list that none of them has is absent. */
function union(selections: readonly Selection[]): Selection {
  const lists = new Map<string, string[]>();
  for (const selection of selections)
    for (const [key, names] of Object.entries(selection)) lists.set(key, [...new Set([...(lists.get(key) ?? []), ...names])]);
  return Object.fromEntries(lists);
}

function refuseUnreadable(only: Selection, connectors: readonly Connector[], sections: Sections): void {
  const problems = Object.entries(only).flatMap(([key, names]) =>
    names.flatMap((name) => {
      const text = problemOf(key, name, connectors, sections);
      return text === null ? [] : [`${key}, "${shorten(oneLine(name), 60)}": ${text}`];
    }),
  );
  if (problems.length > 0)
    throw new UsageError("What the build is narrowed to cannot be read.", {
      id: "FLAG_INVALID",
      problems,
      hint: "Name what the config's sections can read; `timeline config check` lists it.",
    });
}

/** null: a section of the config can read it. Of several that share the list, one is enough. */
function problemOf(key: string, name: string, connectors: readonly Connector[], sections: Sections): string | null {
  const sharing = connectors.filter(({ config }) => config.selects?.some((select) => select.key === key));
  if (sharing.length === 0) return `there is no such list${meant(key, connectors)}`;
  const inUse = sharing.filter(({ id }) => sections.has(id));
  if (inUse.length === 0) return `the config has no section "${sharing.map(({ id }) => id).join('" or "')}" that could read it`;
  const problems = inUse.flatMap(({ id, config }) =>
    (config.selects ?? []).filter((select) => select.key === key).map((select) => select.problem(sections.get(id) as never, name)),
  );
  return problems.includes(null) ? null : (problems[0] ?? null);
}

function meant(key: string, connectors: readonly Connector[]): string {
  const known = [...new Set(connectors.flatMap(({ config }) => (config.selects ?? []).map((select) => select.key)))];
  const near = nearestKey(key, known);
  return near === null ? `; expected one of ${known.join(", ")}` : `; did you mean "${near}"?`;
}
