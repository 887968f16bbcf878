import type { Entry } from "../contract/draft.js";
import type { StoredEvidence } from "../contract/store.js";
import { namesOf } from "../export/names.js";
import { formatDuration } from "../kit/duration.js";
import { ExitCode, UsageError } from "../kit/errors.js";
import { toIso } from "../kit/instant.js";
import { toPlain } from "../kit/rich-text.js";
import { compareText, oneLine, shorten, visible } from "../kit/text.js";
import type { Io } from "./io.js";
import { withDraft, type OpenDraft } from "./open-draft.js";
import { wrap } from "./wrap.js";

export interface ExplainFlags {
  readonly incident?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** Versions of one piece of evidence, oldest first; none for a finding in a metric, which is made of points. */
interface Versions {
  readonly id: string;
  readonly versions: readonly StoredEvidence[];
}

export async function runExplainCommand(id: string, flags: ExplainFlags, io: Io): Promise<ExitCode> {
  await withDraft(flags, io, async (open) => {
    const entry = open.draft.entries.find((each) => [each.id, ...each.aliases, ...each.evidence].includes(id)) ?? null;
    const evidence = await Promise.all((entry?.evidence ?? [id]).map((each) => versionsOf(open, each)));
    if (entry === null && evidence.every(({ versions }) => versions.length === 0)) throw unknown(id, open);
    const facts = { entry: entry === null ? null : entryFacts(entry, open), evidence: evidence.map((each) => evidenceFacts(each, open)) };
    io.out(flags.json === true ? `${JSON.stringify(facts, null, 2)}\n` : asText(facts, io));
  });
  return ExitCode.done;
}

/** Of the scopes that the build saw: the rest of the store is invisible to it. */
async function versionsOf({ store, build }: OpenDraft, id: string): Promise<Versions> {
  const seen = new Set(build.scopes.map(({ connector, scope }) => `${connector} ${scope}`));
  for (const owner of build.owners) {
    const versions = await store.versions(owner, id);
    if (versions.some(({ evidence }) => seen.has(`${evidence.connector} ${evidence.scope}`))) return { id, versions };
  }
  return { id, versions: [] };
}

function entryFacts(entry: Entry, open: OpenDraft) {
  const change = open.draft.changes.find(({ id }) => id === entry.group);
  return {
    id: entry.id,
    aliases: entry.aliases,
    text: toPlain(entry.text, namesOf(open)),
    placedAt: toIso(entry.at, entry.precisionMicros),
    placedBy: entry.atMeans,
    phase: entry.phase,
    kind: entry.kind,
    scope: entry.scopeName,
    visibility: entry.visibility,
    milestone: entry.milestone,
    confidence: entry.confidence,
    highlighted: entry.highlighted,
    score: entry.score,
    because: entry.because,
    change: change === undefined ? null : { id: change.id, entries: change.entries },
    links: entry.links.map(({ url }) => url),
  };
}

function evidenceFacts({ id, versions }: Versions, { draft }: OpenDraft) {
  const latest = versions.at(-1);
  const record = draft.evidence.find((each) => each.id === id);
  const times = latest?.evidence.times ?? record?.times ?? [];
  return {
    id,
    kind: latest?.evidence.kind ?? record?.kind ?? null,
    times: times.map(({ meaning, at, precisionMicros, sourceText }) => ({
      meaning,
      at: at === null ? null : toIso(at, precisionMicros),
      precisionMicros,
      sourceText,
    })),
    versions: versions.map(({ version, hash, deletedAt }) => ({
      version,
      hash,
      deletedAt: deletedAt === null ? null : toIso(deletedAt, 1000),
    })),
    refs: [...(latest?.evidence.refs ?? [])]
      .map(({ relation, type, id: to }) => ({ relation, type, id: to }))
      .sort((a, b) => compareText(a.relation, b.relation) || compareText(a.type, b.type) || compareText(a.id, b.id)),
  };
}

interface Facts {
  readonly entry: ReturnType<typeof entryFacts> | null;
  readonly evidence: readonly ReturnType<typeof evidenceFacts>[];
}

function asText({ entry, evidence }: Facts, io: Io): string {
  const lines =
    entry === null ? ["It is no entry of this incident: it lies outside, is context only, or was joined to another."] : entryText(entry);
  const all = [...lines, ...evidence.flatMap(evidenceText)];
  return `${all.map((line) => wrap(visible(line), io.columns ?? null, "    ")).join("\n")}\n`;
}

function entryText(entry: NonNullable<Facts["entry"]>): string[] {
  const change = entry.change;
  return [
    oneLine(entry.text),
    `  entry ${entry.id}${entry.aliases.length === 0 ? "" : `, earlier ${entry.aliases.join(", ")}`}`,
    `  ${entry.kind} in ${oneLine(entry.scope)} (${entry.visibility}), phase ${entry.phase}, ${entry.confidence}${entry.milestone === null ? "" : `, milestone ${entry.milestone}`}`,
    `  placed at ${entry.placedAt} (${entry.placedBy})`,
    `  ${entry.highlighted ? "put forward" : "not put forward"}, score ${entry.score.toFixed(2)}: ${entry.because.length === 0 ? "nothing speaks for it" : entry.because.join("; ")}`,
    ...(change === null ? [] : [`  part of the change ${change.id}: ${change.entries.join(", ")}`]),
    ...entry.links.map((url) => `  ${url}`),
  ];
}

function evidenceText({ id, kind, times, versions, refs }: Facts["evidence"][number]): string[] {
  return [
    `Evidence ${id}${kind === null ? "" : ` (${kind})`}`,
    ...times.map(
      ({ meaning, at, precisionMicros, sourceText }) =>
        `  ${meaning}: ${at ?? "the source does not say when"}, to ${precision(precisionMicros)}, written "${shorten(oneLine(sourceText), 60)}"`,
    ),
    ...(versions.length === 0
      ? [`  ${kind === "owner.note" ? "noted by hand" : "made of the points of a metric"}: it has no versions`]
      : []),
    ...versions.map(
      ({ version, hash, deletedAt }) =>
        `  version ${version} of ${versions.length}, sha-256 ${hash.slice(0, 16)}${deletedAt === null ? "" : `, gone at the source since ${deletedAt}`}`,
    ),
    ...refs.map(({ relation, type, id: to }) => `  ${relation} ${type} ${to}`),
  ];
}

function precision(micros: number): string {
  return micros < 1000 ? `${micros} µs` : formatDuration(micros);
}

function unknown(id: string, { draft }: OpenDraft): UsageError {
  return new UsageError(`There is no entry or evidence "${shorten(oneLine(id), 80)}" in ${draft.incident.id}.`, {
    id: "ENTRY_UNKNOWN",
    hint: "`timeline show --all` prints the id of each entry in brackets.",
  });
}
