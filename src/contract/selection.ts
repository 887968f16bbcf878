import type { Visibility } from "./evidence.js";

/** For each list, the only names of it that are read: `{ "channels": ["#ops"] }`. A list that is absent stays as the config has it. */
export type Selection = Readonly<Record<string, readonly string[]>>;

/** What one build is narrowed to. Remembered with the incident, so that the next build can ask for the same. */
export interface Narrowing {
  /** Names of services of the config; several are read together. */
  readonly services: readonly string[];
  /** Named for this build, beside what the services name. */
  readonly only: Selection;
  /** Read in addition, whatever the rest is narrowed to: the channel that an incident is about. */
  readonly also: Selection;
}

export const NOT_NARROWED: Narrowing = { services: [], only: {}, also: {} };

export function isNarrowed({ services, only, also }: Narrowing): boolean {
  return services.length > 0 || Object.keys(only).length > 0 || Object.keys(also).length > 0;
}

/** One list of a connector's section that a service, or one build, can be narrowed by. */
export interface Selectable<Config> {
  /** The key in a service of the config: "channels". Connectors may share one. */
  readonly key: string;
  /** For editors. */
  readonly description: string;
  /** What the section itself names; null: everything there is. */
  names(config: Config): readonly string[] | null;
  /** Why a name cannot be used with this section, and what was probably meant; null: it can. */
  problem(config: Config, name: string): string | null;
  /** The section with these names alone. Those that stand for several (`inc-*`) keep their meaning. */
  narrow(config: Config, names: readonly string[]): unknown;
  /**
   * What a notice gets that asks for a name: one for `narrow` that opens nothing which the config does not, though it
   * names it. `written`: what the section and all services have; null: everything. null: it gets nothing. Absent: a name
   * is had that is written so.
   */
  permit?(name: string, written: readonly string[] | null, config: Config): string | null;
  /** The same for the own place of an incident of which this connector told itself. Absent: as any other name. */
  permitOwn?(name: string, place: PlaceOfIncident, written: readonly string[] | null, config: Config): string | null;
}

/** As the connector that told of the incident knows it. */
export interface PlaceOfIncident {
  readonly name: string;
  readonly visibility: Visibility;
}
