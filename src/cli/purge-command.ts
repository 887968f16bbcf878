import { builtinConnectors } from "../../connectors/index.js";
import { loadConfig, type ResolvedConfig } from "../config/index.js";
import type { PurgeResult, PurgeRule } from "../contract/retention.js";
import type { Store } from "../contract/store.js";
import { ExitCode, UsageError } from "../kit/errors.js";
import type { EpochMicros } from "../kit/instant.js";
import { oneLine, shorten, visible } from "../kit/text.js";
import { cutoffWords, purgeStore, retentionRule } from "../purge-store.js";
import { parseTime } from "../window/index.js";
import { counted } from "./clock-text.js";
import type { Io } from "./io.js";
import { chooseIncident, withStore } from "./read-store.js";

export interface PurgeFlags {
  readonly olderThan?: string;
  readonly visibility?: "public" | "private";
  readonly incident?: string;
  readonly config?: string;
  readonly dryRun?: boolean;
}

/** Later than every record. */
const ALL = Number.MAX_SAFE_INTEGER;

/** `timeline purge`: by the config's retention, by age, or one incident. */
export async function runPurgeCommand(flags: PurgeFlags, io: Io): Promise<ExitCode> {
  const now = io.clock.now();
  const cutoff = flags.olderThan === undefined ? null : cutoffOf(flags.olderThan, now);
  const request = { path: flags.config ?? null, cwd: io.cwd, env: io.env, connectors: builtinConnectors };
  const config = await loadConfig({ ...request, secrets: "not needed" });
  await withStore(config.store, async (store) => {
    const rule = flags.incident === undefined ? ruleByAge(cutoff, flags, config, now) : await ruleOfIncident(store, cutoff, flags);
    const onWait = () => io.err.write("waiting for the builds that are at work on this store\n");
    const dryRun = flags.dryRun === true;
    const result = await purgeStore(store, rule, { now, dryRun, signal: io.signal, onWait });
    const held = (await store.holds()).map(({ incident }) => incident);
    io.out(`${visible(told(result, { rule, held, dryRun }).join("\n"))}\n`);
  });
  return ExitCode.done;
}

function cutoffOf(text: string, now: EpochMicros): EpochMicros {
  const at = parseTime(/^\d{4}-\d\d-\d\d$/.test(text.trim()) ? `${text.trim()}T00:00Z` : text, { now, timezone: null });
  if (at <= now) return at;
  throw new UsageError(`--older-than: ${shorten(oneLine(text), 40)} lies ahead, so that everything would be purged.`, {
    id: "FLAG_INVALID",
    hint: "Name a day that is over, or how long evidence is kept: --older-than 90d.",
  });
}

function ruleByAge(cutoff: EpochMicros | null, { visibility }: PurgeFlags, { retention }: ResolvedConfig, now: EpochMicros): PurgeRule {
  const rule = retentionRule(retention, now);
  const all = cutoff === null ? rule : { ...rule, public: cutoff, private: cutoff, deletedAtSource: null };
  return worded(visibility === undefined ? all : { ...all, deletedAtSource: null, ...onlyFor(visibility, all) });
}

async function ruleOfIncident(store: Store, cutoff: EpochMicros | null, { incident: named, visibility }: PurgeFlags): Promise<PurgeRule> {
  const { id } = await chooseIncident(store, named);
  const hold = (await store.holds()).find(({ incident }) => incident === id);
  if (hold !== undefined)
    throw new UsageError(`${id} is held: ${shorten(oneLine(hold.reason), 200)}`, {
      id: "INCIDENT_HELD",
      hint: `Its evidence stays until \`timeline hold ${id} --release\`.`,
    });
  const at = cutoff ?? ALL;
  const all = { public: at, private: at, deletedAtSource: null, incident: id };
  const withIncident = cutoff === null && visibility === undefined;
  const rule = { ...all, ...onlyFor(visibility, all), withIncident };
  return cutoff === null ? { ...rule, words: "part of one incident" } : worded({ ...rule, words: "" });
}

function onlyFor(visibility: PurgeFlags["visibility"], rule: Pick<PurgeRule, "public" | "private">): Pick<PurgeRule, "public" | "private"> {
  return {
    public: visibility === "private" ? null : rule.public,
    private: visibility === "public" ? null : rule.private,
  };
}

function worded(rule: PurgeRule): PurgeRule {
  return { ...rule, words: cutoffWords(rule) };
}

function told(
  { records, series, people, texts, notes, kept }: PurgeResult,
  { rule, held, dryRun }: { readonly rule: PurgeRule; readonly held: readonly string[]; readonly dryRun: boolean },
): string[] {
  const parts = [
    `${counted(records, "record")} with all versions`,
    counted(series, "slice of series", "slices of series"),
    `the names of ${counted(people, "person", "people")}`,
    ...(rule.deletedAtSource === null ? [] : [`${counted(texts, "text")} that the sources had deleted`]),
    ...(rule.withIncident ? [counted(notes, "note")] : []),
  ];
  const isByAge = !rule.withIncident && (rule.public !== null || rule.private !== null);
  const by = rule.incident === null ? `held incidents draw on them (${held.join(", ")})` : "other incidents draw on them";
  return [
    `${dryRun ? "Would be purged" : "Purged"}: ${parts.join(", ")}`,
    ...(isByAge ? [`  what was ${rule.words}`] : []),
    ...(kept === 0 ? [] : [`  kept: ${counted(kept, "record or slice", "records and slices")}, since ${by}`]),
    ...(rule.incident === null && rule.public === null && rule.private === null
      ? ['  evidence is kept: neither --older-than nor "retention" in the config says how long']
      : []),
    rule.withIncident
      ? "  the incident and its notes go too; files that were written stay"
      : "  notes of owners and files that were written stay",
  ];
}
