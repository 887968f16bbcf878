import { dirname, resolve } from "node:path";
import type { Connector } from "../contract/connector.js";
import type { JsonValue } from "../contract/evidence.js";
import { UsageError } from "../kit/errors.js";
import { configValues, type ConfigValue } from "./config-values.js";
import { configSchema, type WrittenConfig } from "./config-schema.js";
import { hostProblems } from "./check-hosts.js";
import { JsonSyntaxError, parseJson, type ParsedJson, type Path } from "./parse-json.js";
import { pastedProblems } from "./pasted.js";
import { ConfigError, describeProblems, problemsOf, twice, type DescribedProblem, type Problem } from "./problems.js";
import { findConfig, readConfigFile, type ConfigFile } from "./read-config-file.js";
import { resolved, type ResolvedConfig } from "./resolved-config.js";
import { MISSING, resolveSecrets, type SecretSources } from "./resolve-secrets.js";
import { serviceProblems } from "./services.js";
import { pathInside } from "./store-path.js";
import { withVariables } from "./variables.js";

export type { ResolvedConfig } from "./resolved-config.js";

export interface ConfigRequest {
  /** From `--config`; null: `TIMELINE_CONFIG` names it, or it is found from `cwd` upwards. */
  readonly path: string | null;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly connectors: readonly Connector[];
  /**
   * `not needed`: no source will be asked, so that a missing token is no problem. `where found`: sections without
   * theirs are left out, and told in `withoutSecrets`.
   */
  readonly secrets?: "needed" | "not needed" | "where found";
}

/** A config with everything that `config check` and `config show` tell of it. */
export interface ReadConfig {
  readonly config: ResolvedConfig;
  readonly named: "--config" | "TIMELINE_CONFIG" | "found";
  readonly values: readonly ConfigValue[];
  /** With `where found`: sections that cannot be used for want of a secret, and what is missing. */
  readonly withoutSecrets: ReadonlyMap<string, readonly string[]>;
}

/**
 * The config we run on: read, checked, secrets found, frozen. One that was named is trusted; one that was merely found
 * may send tokens to the vendors' own hosts and loopback only, run nothing and write nothing outside its folder.
 * @throws {UsageError} with all problems at once, each with its path and place.
 */
export async function loadConfig(request: ConfigRequest): Promise<ResolvedConfig> {
  return (await readConfig(request)).config;
}

/** The same, and where each value came from: a `TIMELINE_*` variable, the file, or a default. */
export async function readConfig({ path, cwd, env, connectors, secrets = "needed" }: ConfigRequest): Promise<ReadConfig> {
  const named = path ?? (env["TIMELINE_CONFIG"] || null);
  const file = await readConfigFile(named === null ? await findConfig(cwd) : resolve(cwd, named), { merelyFound: named === null });
  const json = parsed(file);
  const { value, variableOf } = withVariables(json.value, env);
  const problems = [...pastedProblems(value), ...json.duplicates.map(twice)];
  const written = checked(value, connectors, problems);
  const folder = dirname(file.path);
  const sources = { env, folder, trusted: named !== null, needed: secrets !== "not needed" };
  const sections = await sectionsOf(written, connectors, sources, problems);
  problems.push(...serviceProblems(written.services, connectors, sections));
  const withoutSecrets = secrets === "where found" ? setAside(sections, problems) : new Map<string, string[]>();
  const isOurWord = variableOf(["store"]) !== null;
  const place = { folder: isOurWord ? cwd : folder, trusted: named !== null || isOurWord };
  const store = await pathInside("store", written.store, place, problems);
  const template = { written: written.template, path: await pathInside("template", written.template, sources, problems) };
  if (problems.length > 0) throw unusable(file.path, describeProblems(problems, json, variableOf));
  const readable = connectors.filter((connector) => connector.sources.length > 0);
  if (!readable.some(({ id }) => sections.has(id) || withoutSecrets.has(id))) throw withoutSections(file.path, readable);
  const originOf = (at: Path) => variableOf(at) ?? placeOf(at, json) ?? "default";
  return {
    config: resolved({ path: file.path, folder, store, template, written, sections }),
    named: path !== null ? "--config" : named === null ? "found" : "TIMELINE_CONFIG",
    values: configValues(written, configSchema(connectors), originOf),
    withoutSecrets,
  };
}

function placeOf(path: Path, json: ParsedJson): string | null {
  const position = json.positionOf(path);
  return position === null ? null : `file, line ${position.line}`;
}

function parsed({ path, text }: ConfigFile): ParsedJson {
  try {
    return parseJson(text);
  } catch (cause) {
    if (!(cause instanceof JsonSyntaxError)) throw cause;
    throw unusable(
      path,
      [{ id: "CONFIG_SYNTAX", key: "", ...cause.position, text: cause.message }],
      "It is JSON: no comments, no comma after the last member.",
    );
  }
}

/**
 * What was written, with defaults. Where something is wrong it is added to `problems` and left out, so that the rest
 * can be judged in the same go.
 */
function checked(value: JsonValue, connectors: readonly Connector[], problems: Problem[]): WrittenConfig & Record<string, unknown> {
  const schema = configSchema(connectors);
  let rest = value;
  for (;;) {
    const result = schema.safeParse(rest);
    if (result.success) return result.data as WrittenConfig & Record<string, unknown>;
    const found = problemsOf(result.error, schema, rest);
    const said = problems.map((problem) => JSON.stringify(problem.path));
    problems.push(...found.filter((problem) => !said.includes(JSON.stringify(problem.path))));
    const fewer = found.reduce((left, problem) => without(left, problem.path), rest);
    rest = JSON.stringify(fewer) === JSON.stringify(rest) ? {} : fewer;
  }
}

/** An object without the member at a path; a list goes as a whole, so that no other item changes its number. */
function without(value: JsonValue, [key, ...deeper]: Path): JsonValue {
  if (key === undefined || value === null || typeof value !== "object" || Array.isArray(value)) return {};
  const members = new Map(Object.entries(value));
  const member = members.get(String(key));
  const keep = deeper.length > 0 && typeof deeper[0] === "string" && member !== undefined && !Array.isArray(member);
  if (keep) members.set(String(key), without(member, deeper));
  else members.delete(String(key));
  return Object.fromEntries(members);
}

async function sectionsOf(
  written: Readonly<Record<string, unknown>>,
  connectors: readonly Connector[],
  sources: SecretSources,
  problems: Problem[],
): Promise<Map<string, unknown>> {
  const sections = new Map<string, unknown>();
  for (const connector of connectors) {
    const section = written[connector.id];
    if (section === undefined) continue;
    problems.push(...hostProblems(connector, section, sources.trusted));
    for (const path of connector.config.paths?.(section as never) ?? []) await pathInside(connector.id, path, sources, problems);
    sections.set(connector.id, await resolveSecrets(connector.config.schema, section, [connector.id], sources, problems));
  }
  return sections;
}

/** Takes the sections whose secrets are missing away, with those problems; whatever else is wrong stays. */
function setAside(sections: Map<string, unknown>, problems: Problem[]): Map<string, string[]> {
  const aside = new Map<string, string[]>();
  for (const { id, path, text } of problems.filter((each) => each.id === MISSING)) {
    const section = String(path[0]);
    sections.delete(section);
    aside.set(section, [...(aside.get(section) ?? []), `${path.slice(1).join(".")}: ${text} [${id}]`]);
  }
  problems.splice(0, problems.length, ...problems.filter((each) => each.id !== MISSING));
  return aside;
}

function unusable(
  path: string,
  problems: readonly DescribedProblem[],
  hint = "Correct them, then run it again; config.example.json shows every key.",
): ConfigError {
  return new ConfigError(
    path,
    `${path} cannot be used: ${problems.length === 1 ? "1 problem" : `${problems.length} problems`}.`,
    problems,
    hint,
  );
}

function withoutSections(path: string, connectors: readonly Connector[]): UsageError {
  return new UsageError(`${path} names no source.`, {
    id: "CONFIG_NO_SOURCE",
    hint: `Add a section for at least one of ${connectors.map(({ id }) => id).join(", ")}, such as "slack": { "channels": ["inc-*"] }; config.example.json shows every key.`,
  });
}
