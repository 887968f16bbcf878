import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { builtinConnectors } from "../../connectors/index.js";
import { demoIncident } from "../../fixtures/demo-incident.js";
import { fixturesInProcess } from "../../fixtures/server/in-process.js";
import { loadConfig } from "../config/index.js";
import { NOT_NARROWED } from "../contract/selection.js";
import type { ExitCode } from "../kit/errors.js";
import { fromIso } from "../kit/instant.js";
import { checkWritable } from "../merge/index.js";
import { buildAndTell } from "./build-command.js";
import type { Io } from "./io.js";
import { textTeller } from "./tell-build.js";

export interface DemoFlags {
  readonly out: string;
  readonly quiet?: boolean;
}

/** The whole thing on a bundled incident: real clients, store and exporters; only the vendors answer inside this process. */
export async function runDemoCommand(flags: DemoFlags, io: Io): Promise<ExitCode> {
  const { urls, transport } = fixturesInProcess();
  const incident = demoIncident(urls);
  const out = resolve(io.cwd, flags.out);
  const path = await freshConfig(out, incident.config);
  const config = await loadConfig({ path, cwd: io.cwd, env: incident.environment, connectors: builtinConnectors });
  const { title, start, end } = incident;
  const times = { start: fromIso(start)!, end: fromIso(end)!, from: null, until: null };
  const teller = textTeller(io, config, { quiet: flags.quiet === true, debug: false });
  const options = { strict: false, formats: ["md", "json"] as const, transport };
  return buildAndTell(config, { id: null, title, ...times, out, refresh: false, narrowing: NOT_NARROWED }, io, teller, options);
}

/** The config that a person would write for it, beside a store that begins empty. Everything else in the folder stays. */
async function freshConfig(out: string, sections: object): Promise<string> {
  const folder = join(out, ".timeline");
  await checkWritable(out);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "demo.config.json");
  await writeFile(path, `${JSON.stringify({ store: "timeline.db", ...sections }, null, 2)}\n`, { mode: 0o600 });
  return path;
}
