import type { JsonValue } from "../contract/evidence.js";
import type { Path } from "./parse-json.js";

/** Environment variables that stand before what the file says, and the keys they set. `TIMELINE_CONFIG` names the file. */
const VARIABLES: readonly { readonly name: string; readonly path: readonly [string, ...string[]] }[] = [
  { name: "TIMELINE_STORE", path: ["store"] },
  { name: "TIMELINE_TIMEZONE", path: ["timezone"] },
  { name: "TIMELINE_LEAD_IN_CHANGES", path: ["leadIn", "changes"] },
  { name: "TIMELINE_LEAD_IN_CONVERSATION", path: ["leadIn", "conversation"] },
  { name: "TIMELINE_LEAD_IN_METRICS", path: ["leadIn", "metrics"] },
  { name: "TIMELINE_LEAD_OUT", path: ["leadOut"] },
  { name: "TIMELINE_RECHECK_FOR", path: ["recheckFor"] },
  { name: "TIMELINE_CHANGE_LOOK_BACK", path: ["changeLookBack"] },
];

/** What is written, with the variables that are set in it. */
export interface Overlaid {
  readonly value: JsonValue;
  /** The variable that set the value at a path; null: none did. */
  readonly variableOf: (path: Path) => string | null;
}

/** A variable that is set to nothing counts as not set. */
export function withVariables(value: JsonValue, env: Readonly<Record<string, string | undefined>>): Overlaid {
  const set = VARIABLES.filter(({ name }) => (env[name] ?? "") !== "");
  const names = new Map(set.map(({ name, path }) => [JSON.stringify(path), name]));
  return {
    value: set.reduce((rest, { name, path }) => put(rest, path, env[name]!), value),
    variableOf: (path) => names.get(JSON.stringify(path)) ?? null,
  };
}

/** Where the file has something else than an object, it stays, to be refused as such. */
function put(value: JsonValue | undefined, [key, ...deeper]: readonly [string, ...string[]], text: string): JsonValue {
  if (value === null || Array.isArray(value) || (value !== undefined && typeof value !== "object")) return value;
  const members = new Map(Object.entries(value ?? {}));
  const [next, ...rest] = deeper;
  members.set(key, next === undefined ? text : put(members.get(key), [next, ...rest], text));
  return Object.fromEntries(members);
}
