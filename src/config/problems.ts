import type { z } from "zod";
import type { JsonValue } from "../contract/evidence.js";
import { UsageError } from "../kit/errors.js";
import { oneLine } from "../kit/text.js";
import { looksLikeSecret } from "./pasted.js";
import { nearestKey } from "../kit/nearest-key.js";
import type { ParsedJson, Path } from "./parse-json.js";
import { keysAt, schemaAt, unwrap } from "./walk-schema.js";

/** Something wrong with the config, at a path of it. `id` is stable: `timeline help ID` explains it. */
export interface Problem {
  readonly path: Path;
  readonly id: string;
  readonly text: string;
}

/** The same for people and programs. */
export interface DescribedProblem {
  readonly id: string;
  /** `slack.channels[0]`, or the variable that set it. */
  readonly key: string;
  /** Of the file, from 1; null: not in the file. */
  readonly line: number | null;
  readonly column: number | null;
  readonly text: string;
}

/** A config that cannot be used, with each problem apart. */
export class ConfigError extends UsageError {
  constructor(
    readonly path: string,
    message: string,
    readonly found: readonly DescribedProblem[],
    hint: string,
  ) {
    super(message, { id: "CONFIG_INVALID", problems: found.map(problemLine), hint });
  }
}

/** `slack.channels[0] (line 4, column 17): expected a string, got 5 (number) [CONFIG_VALUE]`. */
export function problemLine({ id, key, line, column, text }: DescribedProblem): string {
  const place = line === null ? "" : `line ${line}, column ${column}`;
  return `${key === "" ? place : `${key}${place === "" ? "" : ` (${place})`}`}: ${text} [${id}]`;
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

/** In the order of the file, each once. */
export function describeProblems(
  problems: readonly Problem[],
  json: ParsedJson,
  variableOf: (path: Path) => string | null,
): DescribedProblem[] {
  const described = problems.map(({ path, id, text }): DescribedProblem => {
    const variable = variableOf(path);
    const at = variable === null ? nearestPosition(path, json) : null;
    return { id, key: variable ?? pathText(path), line: at?.line ?? null, column: at?.column ?? null, text };
  });
  const ordered = described.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  return [...new Map(ordered.map((each) => [problemLine(each), each])).values()];
}

export function twice(path: Path): Problem {
  return { path, id: "CONFIG_DUPLICATE_KEY", text: "this key stands there twice" };
}

export function problemsOf(error: z.core.$ZodError, schema: z.core.$ZodType, input: JsonValue): Problem[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.filter((key) => typeof key !== "symbol");
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({ path: [...path, key], id: "CONFIG_UNKNOWN_KEY", text: unknownKey(key, keysAt(schema, path)) }));
    const value = valueAt(input, path);
    const id = typeof value === "string" && isSecretAt(schema, path) ? "CONFIG_SECRET_IN_FILE" : "CONFIG_VALUE";
    return [{ path, id, text: expectation(issue, schema, value) }];
  });
}

function unknownKey(key: string, known: readonly string[]): string {
  const near = nearestKey(key, known);
  if (near !== null) return `there is no such key; did you mean "${near}"?`;
  return `there is no such key; expected one of ${known.filter((name) => name !== "$schema").join(", ")}`;
}

function isSecretAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): boolean {
  const at = schemaAt(schema, path);
  return at !== null && unwrap(at).secret;
}

function expectation(issue: z.core.$ZodIssue, schema: z.core.$ZodType, value: JsonValue | undefined): string {
  if (isSecretAt(schema, issue.path)) return SECRET;
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
