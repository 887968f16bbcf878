import { builtinConnectors } from "../../connectors/index.js";
import { ConfigError, readConfig, type DescribedProblem, type ReadConfig, type ResolvedConfig } from "../config/index.js";
import type { Connector } from "../contract/connector.js";
import { ExitCode } from "../kit/errors.js";
import { oneLine, visible } from "../kit/text.js";
import { configuredTemplate } from "./document-style.js";
import type { Io } from "./io.js";

export interface ConfigFlags {
  readonly config?: string;
  readonly origin?: boolean;
  readonly json?: boolean;
}

/** What `build` would judge first, but for the tokens; and what it would read. */
export async function checkConfig(flags: ConfigFlags, io: Io): Promise<ExitCode> {
  if (flags.json === true) return checkAsJson(flags, io);
  const { config, values } = await read(flags, io);
  await configuredTemplate(config);
  const secrets = values.filter((value) => value.isSecret && typeof value.value === "string");
  const lines = [
    `${config.path} is ok.`,
    `  store     ${config.store}`,
    `  timezone  ${config.timezone}`,
    "Would be read",
    ...builtinConnectors.flatMap((connector) => (connector.sources.length === 0 ? [] : readBy(connector, config))),
    ...attachedTo(config),
    ...(config.services.size === 0 ? [] : ["Services"]),
    ...[...config.services].map(([name, selection]) => `  ${name.padEnd(8)}  ${namedIn(selection)}`),
    "Secrets come from",
    ...secrets.map(({ key, value }) => `  ${key}: ${String(value)}${isSet(String(value), io)}`),
  ];
  io.out(`${visible(lines.join("\n"))}\n`);
  return ExitCode.done;
}

/** Problems by their stable ids, each with its place. */
async function checkAsJson(flags: ConfigFlags, io: Io): Promise<ExitCode> {
  const say = (config: string | null, problems: readonly DescribedProblem[]) =>
    io.out(`${JSON.stringify({ config, problems }, null, 2)}\n`);
  try {
    const { config } = await read(flags, io);
    await configuredTemplate(config);
    say(config.path, []);
    return ExitCode.done;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    say(error.path, error.found);
    return error.exitCode;
  }
}

export async function showConfig(flags: ConfigFlags, io: Io): Promise<ExitCode> {
  const { config, named, values } = await read(flags, io);
  if (flags.json === true) {
    io.out(`${JSON.stringify({ config: config.path, named, values }, null, 2)}\n`);
    return ExitCode.done;
  }
  const shown = values.map(({ key, value, isSecret, origin }) => ({ key, text: isSecret ? String(value) : JSON.stringify(value), origin }));
  const width = Math.max(...shown.map(({ key }) => key.length));
  const lines = shown.map(
    ({ key, text, origin }) => `${key.padEnd(width)}  ${oneLine(text)}${flags.origin === true ? `  (${origin})` : ""}`,
  );
  const how = named === "found" ? "found" : `named by ${named}`;
  io.out(`${[`${visible(config.path)} (${how})`, ...lines].join("\n")}\n`);
  return ExitCode.done;
}

function read(flags: ConfigFlags, io: Io): Promise<ReadConfig> {
  return readConfig({ path: flags.config ?? null, cwd: io.cwd, env: io.env, connectors: builtinConnectors, secrets: "not needed" });
}

function readBy({ id }: Connector, { sections }: ResolvedConfig): string[] {
  return sections.has(id) ? [`  ${id.padEnd(8)}  ${namedIn(sections.get(id))}`] : [];
}

/** Where a draft may be attached; nothing where it may nowhere. */
function attachedTo({ sections }: ResolvedConfig): string[] {
  const lines = builtinConnectors.flatMap(({ id, destination }) =>
    sections.has(id) ? (destination?.attaches?.(sections.get(id) as never) ?? []).map((line) => `  ${id.padEnd(8)}  ${oneLine(line)}`) : [],
  );
  return lines.length === 0 ? [] : ["May be attached to", ...lines];
}

/** The lists of a section, by the names of what is in them: `channels: inc-*, #deploys`. */
function namedIn(section: unknown): string {
  const lists = Object.entries(section as Readonly<Record<string, unknown>>).flatMap(([key, list]) =>
    Array.isArray(list) && list.length > 0 ? [`${key}: ${list.map(nameOf).join(", ")}`] : [],
  );
  return lists.length === 0 ? "nothing is named" : lists.join("; ");
}

function nameOf(item: unknown): string {
  return oneLine(typeof item === "object" && item !== null && "name" in item ? String(item.name) : String(item));
}

function isSet(place: string, io: Io): string {
  const name = /^environment variable (.+)$/.exec(place)?.[1];
  return name === undefined ? "" : (io.env[name] ?? "") === "" ? " (not set)" : " (set)";
}
