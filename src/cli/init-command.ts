import { lstat, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { builtinConnectors } from "../../connectors/index.js";
import { readConfig } from "../config/index.js";
import { ExitCode, UnsafeWriteError, UsageError } from "../kit/errors.js";
import type { Io } from "./io.js";

export interface InitFlags {
  readonly slackChannel?: readonly string[];
  readonly repo?: readonly string[];
  readonly metric?: readonly string[];
  readonly yes?: boolean;
}

interface Answers {
  readonly channels: readonly string[];
  readonly repos: readonly string[];
  readonly metrics: readonly string[];
}

const SCHEMA = "./node_modules/incident-timeline/schema/timeline.config.schema.json";
const VARIABLES = ["SLACK_BOT_TOKEN", "GITHUB_TOKEN", "DD_API_KEY", "DD_APP_KEY"] as const;
const USUAL_CHANNELS = "inc-*";

/**
 * Writes the config and a line of .gitignore, and replaces nothing. Tokens stay where they are: the config says only in
 * which variables they are looked for.
 */
export async function runInitCommand(flags: InitFlags, io: Io): Promise<ExitCode> {
  const path = join(io.cwd, "timeline.config.json");
  const isThere = await lstat(path).catch(() => null);
  if (isThere !== null)
    throw new UsageError(`${path} is there already; it was left alone.`, {
      id: "CONFIG_EXISTS",
      hint: "Look at it with `timeline config check`.",
    });
  const config = configOf(await answersOf(flags, io), io);
  await writeNew(path, `${JSON.stringify(config, null, 2)}\n`);
  try {
    await readConfig({ path, cwd: io.cwd, env: io.env, connectors: builtinConnectors, secrets: "not needed" });
  } catch (error) {
    await rm(path);
    throw error;
  }
  const ignored = await ignoreStore(join(io.cwd, ".gitignore"));
  io.out(
    [
      "Wrote timeline.config.json",
      ...(ignored ? ["Added .timeline/ to .gitignore"] : []),
      ...needed(config).map((name) => `  ${name}: ${isSet(name, io) ? "found in the environment" : "not set yet; put the token there"}`),
      "Next: timeline doctor",
      "",
    ].join("\n"),
  );
  return ExitCode.done;
}

/** What flags leave open is asked for on a terminal, else taken from the tokens that are there. */
async function answersOf(flags: InitFlags, io: Io): Promise<Answers> {
  const given = { channels: flags.slackChannel ?? [], repos: flags.repo ?? [], metrics: flags.metric ?? [] };
  const isGiven = Object.values(given).some((list) => list.length > 0);
  const { ask } = io;
  if (isGiven || flags.yes === true || ask === undefined) {
    const channels = !isGiven && isSet("SLACK_BOT_TOKEN", io) ? [USUAL_CHANNELS] : given.channels;
    return { ...given, channels };
  }
  const list = async (question: string) =>
    (await ask(question))
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "");
  const channels = await list(`Slack channels, such as ${USUAL_CHANNELS}, separated by commas (empty: no Slack): `);
  const repos = await list("GitHub repositories, owner/name, separated by commas (empty: no GitHub): ");
  const metric = (await ask("A Datadog metric, name=query (empty: none): ")).trim();
  return { channels, repos, metrics: metric === "" ? [] : [metric] };
}

function configOf({ channels, repos, metrics }: Answers, io: Io): Record<string, unknown> {
  const asksDatadog = metrics.length > 0 || (isSet("DD_API_KEY", io) && isSet("DD_APP_KEY", io));
  const sections = {
    ...(channels.length === 0 ? {} : { slack: { token: { env: "SLACK_BOT_TOKEN" }, channels } }),
    ...(repos.length === 0 ? {} : { github: { token: { env: "GITHUB_TOKEN" }, repos } }),
    ...(asksDatadog ? { datadog: { apiKey: { env: "DD_API_KEY" }, appKey: { env: "DD_APP_KEY" }, metrics: metrics.map(metricOf) } } : {}),
  };
  if (Object.keys(sections).length > 0) return { $schema: SCHEMA, ...sections };
  throw new UsageError("No source is named, and no Slack or Datadog token is in the environment.", {
    id: "INIT_NO_SOURCE",
    hint: "Name one: timeline init --slack-channel 'inc-*' --repo acme/shop --metric 'checkout.errors=sum:checkout.errors{*}'",
  });
}

function metricOf(text: string): { name: string; query: string } {
  const at = text.indexOf("=");
  if (at > 0 && at < text.length - 1) return { name: text.slice(0, at).trim(), query: text.slice(at + 1).trim() };
  throw new UsageError("--metric: expected NAME=QUERY.", {
    id: "FLAG_INVALID",
    hint: "Such as --metric 'checkout.errors=sum:checkout.errors{env:prod}'.",
  });
}

function needed(config: Readonly<Record<string, unknown>>): string[] {
  const text = JSON.stringify(config);
  return VARIABLES.filter((name) => text.includes(`{"env":"${name}"}`));
}

function isSet(name: string, io: Io): boolean {
  return (io.env[name] ?? "") !== "";
}

/** "wx": what appeared meanwhile is not replaced either. */
async function writeNew(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: "wx", mode: 0o644 }).catch((cause: NodeJS.ErrnoException) => {
    throw new UnsafeWriteError(`${path} cannot be written (${cause.code ?? "unknown"}).`, {
      cause,
      hint: "Run it in a folder that you may write.",
    });
  });
}

/** Appends; true when the line was not there. */
async function ignoreStore(path: string): Promise<boolean> {
  const text = await readFile(path, "utf8").catch(() => "");
  if (text.split(/\r?\n/).some((line) => /^\/?\.timeline\/?$/.test(line.trim()))) return false;
  try {
    await writeFile(path, `${text === "" || text.endsWith("\n") ? "" : "\n"}.timeline/\n`, { flag: "a" });
    return true;
  } catch {
    return false;
  }
}
