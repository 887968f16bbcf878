import { resolve } from "node:path";
import { builtinConnectors } from "../../connectors/index.js";
import { loadConfig, type ResolvedConfig } from "../config/index.js";
import { ExitCode, UnsafeWriteError } from "../kit/errors.js";
import { createWatcher, type Watcher, type WatchSettings } from "../watch/watch.js";
import { formatsOf } from "./formats.js";
import { Interrupted } from "./interrupted.js";
import type { Io } from "./io.js";
import { openWatch, type OpenedWatch } from "./watch/open-watch.js";
import { listen } from "./watch/listen.js";
import { tellWatchPlan } from "./watch/tell-plan.js";
import { refuseNothing } from "./watch/told-by.js";

export interface WatchFlags {
  readonly once?: boolean;
  readonly config?: string;
  readonly out: string;
  readonly format: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly dryRun?: boolean;
}

/** `timeline watch`: until it is stopped, or once. */
export async function runWatchCommand(flags: WatchFlags, io: Io): Promise<ExitCode> {
  const formats = formatsOf(flags.format);
  const config = await loadConfig({ path: flags.config ?? null, cwd: io.cwd, env: io.env, connectors: builtinConnectors });
  const told = { json: flags.json === true, quiet: flags.quiet === true };
  refuseNothing(config, builtinConnectors);
  if (flags.dryRun === true) return tellWatchPlan(config, io);
  const opened = await openWatch(config, io, { out: resolve(io.cwd, flags.out), formats, told });
  try {
    const letGo = await alone(opened, io);
    try {
      const watcher = await createWatcher(settingsOf(config), opened.ports, opened.events);
      return flags.once === true ? await once(watcher, opened) : await untilStopped(watcher, config, opened, io);
    } finally {
      await letGo();
    }
  } finally {
    await opened.close();
  }
}

async function once(watcher: Watcher, { ports, failures }: OpenedWatch): Promise<ExitCode> {
  await watcher.once();
  const { late, blind, open, atWork } = watcher.standing();
  ports.log("info", "done", { open, atWork, late: late.length, notLookedAt: blind.length });
  const isBlind = blind.length > 0 && blind.length === ports.looked.length;
  return (
    FAILED_WORST_FIRST.find((code) => failures.has(code)) ??
    (isBlind ? ExitCode.noSource : late.length > 0 ? ExitCode.checkFailed : ExitCode.done)
  );
}

const FAILED_WORST_FIRST = [
  ExitCode.bug,
  ExitCode.unsafeWrite,
  ExitCode.noSource,
  ExitCode.attachFailed,
  ExitCode.usage,
  ExitCode.checkFailed,
];

/** Being stopped is how it ends: what is at work is at a place to go on from. */
async function untilStopped(watcher: Watcher, config: ResolvedConfig, opened: OpenedWatch, io: Io): Promise<ExitCode> {
  const serving = await listen(config, watcher, opened);
  opened.ports.log("info", "watching", { port: serving?.port ?? null, places: opened.ports.looked.length });
  try {
    return await watcher.run();
  } catch (error) {
    if (!(io.signal.aborted && io.signal.reason instanceof Interrupted)) throw error;
    const { late, atWork } = watcher.standing();
    opened.ports.log("info", "stopped", { atWork, late: late.length });
    return late.length > 0 ? ExitCode.checkFailed : ExitCode.done;
  } finally {
    await serving?.close();
  }
}

/** Two watches of one store would build everything twice. */
async function alone({ store }: OpenedWatch, io: Io): Promise<() => Promise<void>> {
  const taken = new AbortController();
  try {
    const signal = AbortSignal.any([io.signal, taken.signal]);
    return await store.holdIncident(" watch", { signal, onWait: () => taken.abort() });
  } catch (error) {
    if (!taken.signal.aborted) throw error;
    throw new UnsafeWriteError("Another `timeline watch` is at work on this store.", {
      id: "WATCH_RUNNING",
      hint: "One is enough: it does what is due. Stop it first, or give this one its own store.",
    });
  }
}

function settingsOf({ watch }: ResolvedConfig): WatchSettings {
  return { ...watch, schedule: watch };
}
