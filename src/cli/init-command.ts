import { lstat, rm } from "node:fs/promises";
import { join } from "node:path";
import { builtinConnectors } from "../../connectors/index.js";
import { readConfig } from "../config/index.js";
import type { Connector } from "../contract/connector.js";
import { ExitCode, UsageError } from "../kit/errors.js";
import { nearestKey } from "../kit/nearest-key.js";
import { oneLine, shorten } from "../kit/text.js";
import { askNames } from "./ask-sections.js";
import { firstSection, hasCredentials, isSet, usualVariables } from "./first-section.js";
import { ignoreStore, writeNew } from "./init-files.js";
import type { Io } from "./io.js";
import { narrowingOf } from "./narrowing.js";

export interface InitFlags {
  readonly channel?: readonly string[];
  readonly repo?: readonly string[];
  readonly metric?: readonly string[];
  /** `github=https://ghe.example/api/v3`. */
  readonly api?: readonly string[];
  readonly manifest?: string;
  readonly yes?: boolean;
}

const SCHEMA = "./node_modules/incident-timeline/schema/timeline.config.schema.json";

/**
 * Writes the config and a line of .gitignore, and replaces nothing. Tokens stay where they are: the config says only in
 * which variables they are looked for.
 */
export async function runInitCommand(flags: InitFlags, io: Io): Promise<ExitCode> {
  if (flags.manifest !== undefined) return showManifest(flags.manifest, io);
  const path = join(io.cwd, "timeline.config.json");
  const isThere = await lstat(path).catch(() => null);
  if (isThere !== null)
    throw new UsageError(`${path} is there already; it was left alone.`, {
      id: "CONFIG_EXISTS",
      hint: "Look at it with `timeline config check`.",
    });
  const used = await chosen(flags, io);
  await writeConfig(path, used, io);
  const ignored = await ignoreStore(join(io.cwd, ".gitignore"));
  const variables = used.flatMap(({ connector }) => [...usualVariables(connector).values()]);
  io.out(
    [
      "Wrote timeline.config.json",
      ...(ignored ? ["Added .timeline/ to .gitignore"] : []),
      ...variables.map((name) => `  ${name}: ${isSet(name, io) ? "found in the environment" : "not set yet; put the token there"}`),
      ...used.flatMap(({ connector }) =>
        hasCredentials(connector, io) || connector.setup === undefined ? [] : [`  ${connector.name}: ${connector.setup.credentials}`],
      ),
      "Next: timeline doctor",
      "",
    ].join("\n"),
  );
  return ExitCode.done;
}

interface Used {
  readonly connector: Connector;
  readonly section: Readonly<Record<string, unknown>>;
}

/** What flags leave open is asked for on a terminal, else taken from the tokens that are there. */
async function chosen(flags: InitFlags, io: Io): Promise<Used[]> {
  const given = narrowingOf({ channel: flags.channel ?? [], repo: flags.repo ?? [], metric: flags.metric ?? [] }).only;
  const isGiven = Object.keys(given).length > 0;
  const { ask } = io;
  const urls = apiUrls(flags.api ?? []);
  const used: Used[] = [];
  for (const connector of builtinConnectors) {
    const { setup } = connector;
    if (setup === undefined) continue;
    const url = urls.get(connector.id);
    const asked = isGiven || flags.yes === true || ask === undefined ? null : await askNames(connector, url, { ...io, ask });
    // What needs no names (events) is read as soon as its keys are there, whatever else was named.
    const usual = hasCredentials(connector, io) && (!isGiven || setup.usual?.length === 0) ? setup.usual : null;
    const names = isGiven ? (given[setup.list] ?? usual) : ask !== undefined && flags.yes !== true ? asked : usual;
    if (names !== null) used.push({ connector, section: firstSection(connector, names, url) });
  }
  if (used.length > 0) return used;
  throw new UsageError("No source is named, and no Slack or Datadog token is in the environment.", {
    id: "INIT_NO_SOURCE",
    hint: "Name one: timeline init --channel 'inc-*' --repo acme/shop --metric 'checkout.errors=sum:checkout.errors{*}'",
  });
}

/** Judged as every config is; what cannot be used is taken away again. */
async function writeConfig(path: string, used: readonly Used[], io: Io): Promise<void> {
  const config = { $schema: SCHEMA, ...Object.fromEntries(used.map(({ connector, section }) => [connector.id, section])) };
  await writeNew(path, `${JSON.stringify(config, null, 2)}\n`);
  try {
    await readConfig({ path, cwd: io.cwd, env: io.env, connectors: builtinConnectors, secrets: "not needed" });
  } catch (error) {
    await rm(path);
    throw error;
  }
}

function apiUrls(written: readonly string[]): Map<string, string> {
  return new Map(
    written.map((text) => {
      const at = text.indexOf("=");
      const id = text.slice(0, Math.max(0, at));
      if (builtinConnectors.some((connector) => connector.id === id) && URL.canParse(text.slice(at + 1))) return [id, text.slice(at + 1)];
      throw new UsageError(`--api: expected SOURCE=URL, got "${shorten(oneLine(text), 80)}".`, {
        id: "FLAG_INVALID",
        hint: "Such as --api github=https://github.example/api/v3.",
      });
    }),
  );
}

function showManifest(id: string, io: Io): ExitCode {
  const known = builtinConnectors.filter(({ setup }) => setup?.manifest !== undefined);
  const manifest = known.find((connector) => connector.id === id)?.setup?.manifest;
  if (manifest === undefined) {
    const ids = known.map((connector) => connector.id);
    const near = nearestKey(id, ids);
    throw new UsageError(`--manifest: there is none for "${shorten(oneLine(id), 40)}".`, {
      id: "FLAG_INVALID",
      hint: near === null ? `There is one for ${ids.join(", ")}.` : `Did you mean ${near}?`,
    });
  }
  io.out(manifest);
  return ExitCode.done;
}
