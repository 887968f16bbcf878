import { findStore } from "../config/find-store.js";
import type { LegalHold } from "../contract/retention.js";
import type { Store } from "../contract/store.js";
import { ExitCode, UsageError } from "../kit/errors.js";
import { oneLine, shorten, visible, wellFormed } from "../kit/text.js";
import { maskText } from "../redact/index.js";
import { clockText } from "./clock-text.js";
import type { Io } from "./io.js";
import { chooseIncident, withStore } from "./read-store.js";

export interface HoldFlags {
  readonly reason?: string;
  readonly release?: boolean;
  readonly config?: string;
}

/** `timeline hold`: lists, holds, releases. */
export async function runHoldCommand(named: string | undefined, flags: HoldFlags, io: Io): Promise<ExitCode> {
  judge(named, flags);
  const path = await findStore({ path: flags.config ?? null, cwd: io.cwd, env: io.env });
  const said = await withStore(path, async (store) => {
    if (named === undefined) return listed(await store.holds());
    return flags.release === true ? release(store, named) : hold(store, named, flags.reason ?? "", io);
  });
  io.out(`${visible(said)}\n`);
  return ExitCode.done;
}

function judge(named: string | undefined, { reason, release }: HoldFlags): void {
  if (named === undefined && (reason !== undefined || release === true))
    throw new UsageError("Which incident?", { id: "ARGUMENT_MISSING", hint: "`timeline list` prints their ids." });
  if (release === true && reason !== undefined)
    throw new UsageError("--release takes no --reason.", { id: "FLAG_INVALID", hint: "Hold it, or release it." });
  if (named !== undefined && release !== true && (reason ?? "").trim() === "")
    throw new UsageError("A hold needs its reason.", {
      id: "ARGUMENT_MISSING",
      hint: 'timeline hold ID --reason "asked for by counsel"; or --release.',
    });
}

async function hold(store: Store, named: string, typed: string, io: Io): Promise<string> {
  const { id } = await chooseIncident(store, named);
  const reason = shorten(maskText(oneLine(wellFormed(typed)).trim()).text, 400);
  if (await store.putHold({ incident: id, reason, since: io.clock.now() })) return `Held: ${id}. Its evidence stays whatever is purged.`;
  const before = (await store.holds()).filter(({ incident }) => incident === id);
  return `It was held before, and is as it was:\n${listed(before)}`;
}

/** Also of an incident that the store no longer has. */
async function release(store: Store, id: string): Promise<string> {
  if (await store.releaseHold(id)) return `Released: ${id}. What is older than the retention goes with the next purge.`;
  const held = await store.holds();
  throw new UsageError(`"${shorten(oneLine(id), 80)}" is not held.`, {
    id: "HOLD_UNKNOWN",
    problems: held.map(({ incident }) => incident),
    hint: held.length === 0 ? "Nothing is." : "Name one of these.",
  });
}

function listed(holds: readonly LegalHold[]): string {
  if (holds.length === 0) return "Nothing is held.";
  return holds.map(({ incident, reason, since }) => `${incident}\n  since ${clockText(since)}: ${reason}`).join("\n");
}
