import { builtinConnectors } from "../../connectors/index.js";
import { readConfig } from "../config/index.js";
import { ExitCode } from "../kit/errors.js";
import { visible } from "../kit/text.js";
import { doctorReport } from "./doctor-report.js";
import { doctorText } from "./doctor-text.js";
import { examineSource, examineStore, withoutSecret } from "./examine.js";
import type { Io } from "./io.js";
import { openSources } from "./open-sources.js";
import { packageVersion } from "./package-version.js";
import type { DoctorJson } from "./schemas/doctor.js";

export interface DoctorFlags {
  readonly config?: string;
  readonly json?: boolean;
  readonly report?: boolean;
}

/** A doctor does not wait for a quarter of an hour, as a build does. */
const IMPATIENT = { maxTries: 2, maxWaitMs: 5000, wholeMs: 20_000 };

/** 0: all is well; 1: something is missing; 3: no source can be reached; 4: the store cannot be used. */
export async function runDoctorCommand(flags: DoctorFlags, io: Io): Promise<ExitCode> {
  const health = await examine(flags, io);
  if (flags.json === true) io.out(`${JSON.stringify(health, null, 2)}\n`);
  else if (flags.report === true) io.out(`${visible(doctorReport(health, `${process.platform} ${process.arch}`))}\n`);
  else io.out(`${visible(doctorText(health))}\n`);
  const { sources, store } = health;
  if (store.state === "unusable") return ExitCode.unsafeWrite;
  if (sources.every(({ reachable }) => !reachable)) return ExitCode.noSource;
  return sources.every(({ reachable, missing }) => reachable && missing.length === 0) ? ExitCode.done : ExitCode.checkFailed;
}

/** All sources at once; a token that is missing stops its own alone. */
async function examine(flags: DoctorFlags, io: Io): Promise<DoctorJson> {
  const request = { path: flags.config ?? null, cwd: io.cwd, env: io.env, connectors: builtinConnectors };
  const { config, withoutSecrets } = await readConfig({ ...request, secrets: "where found" });
  const opened = openSources(config, io, { limits: IMPATIENT });
  const asked = await Promise.all(opened.connectors.map((input) => examineSource(input, opened, io)));
  const unasked = [...withoutSecrets].map(([connector, missing]) => withoutSecret(connector, missing));
  return {
    format: "incident-timeline-doctor/1",
    version: packageVersion(),
    node: process.versions.node,
    config: config.path,
    sources: [...asked, ...unasked],
    store: await examineStore(config.store),
  };
}
