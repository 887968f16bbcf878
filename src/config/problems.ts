import type { z } from "zod";
import type { JsonValue } from "../contract/evidence.js";
import { oneLine } from "../kit/text.js";
import { looksLikeSecret } from "./pasted.js";
import { nearestKey } from "../kit/nearest-key.js";
import type { ParsedJson, Path } from "./parse-json.js";
import { keysAt, schemaAt, unwrap } from "./walk-schema.js";

/** Something wrong with the config, at a path of it. */
export interface Problem {
  readonly path: Path;
  readonly text: string;
}

const SECRET =
  'expected where the secret is found: { "env": "NAME" }; in a config that is named also { "file": "PATH" } or { "command": ["PROGRAM"] }';
const TYPES: Readonly<Record<string, string>> = {
  object: "an object",
  array: "a list",
  string: "a string",
  boolean: "true or false",
  number: "a number",
  int: "a whole number",
};

/** `slack.channels[0] (line 4, column 17): expected a string, got 5 (number)`, in the order of the file. */
export function describeProblems(problems: readonly Problem[], json: ParsedJson, variableOf: (path: Path) => string | null): string[] {
  const placed = problems.map(({ path, text }) => ({
    text: `${variableOf(path) ?? `${pathText(path)}${placeText(nearestPosition(path, json))}`}: ${text}`,
    at: nearestPosition(path, json),
  }));
  const ordered = placed.sort((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0));
  return [...new Set(ordered.map(({ text }) => text))];
}

export function problemsOf(error: z.core.$ZodError, schema: z.core.$ZodType, input: JsonValue): Problem[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.filter((key) => typeof key !== "symbol");
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({ path: [...path, key], text: unknownKey(key, keysAt(schema, path)) }));
    return [{ path, text: expectation(issue, schema, valueAt(input, path)) }];
  });
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = nearestKey(key, known);
  if (near !== null) return `there is no such key; did you mean "${near}"?`;
  return `there is no such key; expected one of ${known.filter((name) => name !== "$schema").join(", ")}`;
}

function expectation(issue: z.core.$ZodIssue, schema: z.core.$ZodType, value: JsonValue | undefined): string {
  const at = schemaAt(schema, issue.path);
  if (at !== null && unwrap(at).secret) return SECRET;
  const got = `, got ${described(value)}`;
  if (issue.code === "invalid_type") return `expected ${TYPES[issue.expected] ?? issue.expected}${got}`;
  if (issue.code === "invalid_value") return `expected ${issue.values.map((each) => JSON.stringify(each)).join(" or ")}${got}`;
  if (issue.code === "too_small") return `expected at least ${issue.minimum}${unitOf(issue.origin)}${got}`;
  if (issue.code === "too_big") return `expected at most ${issue.maximum}${unitOf(issue.origin)}${got}`;
  if (issue.message.includes("got ")) return issue.message;
  if (issue.message.startsWith("expected")) return `${issue.message}${got}`;
  return issue.code === "invalid_format" && issue.format === "url"
    ? `expected a URL such as "https://host/"${got}`
    : `${issue.message}${got}`;
}

function unitOf(origin: string): string {
  return origin === "string" ? " characters" : origin === "array" ? " items" : "";
}

/** What stands there, as far as it may be repeated. */
function described(value: JsonValue | undefined): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  if (typeof value !== "string") return `${String(value)} (${typeof value})`;
  if (looksLikeSecret(value)) return "what looks like a secret";
  return value.length > 80 ? `a string of ${value.length} characters` : `${JSON.stringify(oneLine(value))} (string)`;
}

function valueAt(input: JsonValue, path: Path): JsonValue | undefined {
  let at: JsonValue | undefined = input;
  for (const key of path) at = at !== null && typeof at === "object" ? new Map(Object.entries(at)).get(String(key)) : undefined;
  return at;
}

function pathText(path: Path): string {
  if (path.length === 0) return "the config";
  return path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${oneLine(key).slice(0, 60)}`))
    .join("");
}

/** A missing value has no place of its own: that of what it is missing in. */
function nearestPosition(path: Path, json: ParsedJson): ReturnType<ParsedJson["positionOf"]> {
  for (let length = path.length; length > 0; length--) {
    const position = json.positionOf(path.slice(0, length));
    if (position !== null) return position;
  }
  return null;
}

function placeText(position: ReturnType<ParsedJson["positionOf"]>): string {
  return position === null ? "" : ` (line ${position.line}, column ${position.column})`;
}
