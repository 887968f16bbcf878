import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { builtinConnectors } from "../../../connectors/index.js";
import { demoIncident } from "../../../fixtures/demo-incident.js";
import { serveFixtures } from "../../../fixtures/server/index.js";
import { loadConfig } from "../../config/index.js";
import type { ExitCode } from "../../kit/errors.js";
import { fromIso } from "../../kit/instant.js";
import type { Io } from "../io.js";
import { buildAndTell } from "./build.js";

interface DemoFlags {
  readonly out: string;
  readonly quiet?: boolean;
}

/** The whole thing on a bundled incident: real clients, store and exporters; only the vendors are a server on loopback. */
export function addDemoCommand(program: Command, io: Io, exitWith: (code: ExitCode) => void): void {
  program
    .command("demo")
    .description("Build the timeline of a bundled, made-up incident, offline.")
    .option("--out <folder>", "where the files go", "timelines/demo")
    .option("--quiet", "no progress")
    .action(async (flags: DemoFlags) => {
      const server = await serveFixtures();
      try {
        const incident = demoIncident(server.urls);
        const out = resolve(io.cwd, flags.out);
        const config = await freshConfig(out, incident.config);
        exitWith(
          await buildAndTell(
            await loadConfig({ path: config, cwd: io.cwd, env: incident.environment, connectors: builtinConnectors }),
            {
              id: null,
              title: incident.title,
              start: fromIso(incident.start)!,
              end: fromIso(incident.end)!,
              from: null,
              until: null,
              out,
              refresh: false,
            },
            io,
            { quiet: flags.quiet === true, strict: false, formats: ["md", "json"] },
          ),
        );
      } finally {
        await server.close();
      }
    });
}

/** The config that a person would write for it, beside a store that begins empty. Everything else in the folder stays. */
async function freshConfig(out: string, sections: object): Promise<string> {
  const folder = join(out, ".timeline");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, "demo.config.json");
  await writeFile(path, `${JSON.stringify({ store: "timeline.db", ...sections }, null, 2)}\n`, { mode: 0o600 });
  return path;
}
