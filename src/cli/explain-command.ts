import type { OriginalJson } from "../export/original.js";
import { formatDuration } from "../kit/duration.js";
import { ExitCode, UsageError } from "../kit/errors.js";
import { oneLine, shorten, visible } from "../kit/text.js";
import { counted } from "./clock-text.js";
import { entryFacts, evidenceFacts, linksOf, versionsOf } from "./explain-facts.js";
import { type FindingFacts, findingFacts, findingText } from "./explain-finding.js";
import { tell, type Io } from "./io.js";
import { withDraft, type OpenDraft } from "./open-draft.js";
import { withOwnersDraft } from "./owners-draft.js";
import { wrap } from "./wrap.js";

export interface ExplainFlags {
  readonly incident?: string;
  readonly config?: string;
  readonly json?: boolean;
}

export async function runExplainCommand(id: string, flags: ExplainFlags, io: Io): Promise<ExitCode> {
  await withDraft(flags, io, async (stored) => {
    const open = withOwnersDraft(stored);
    const entry = open.draft.entries.find((each) => [each.id, ...each.aliases, ...each.evidence].includes(id)) ?? null;
    const evidence = await Promise.all((entry?.evidence ?? [id]).map((each) => versionsOf(open, each)));
    if (entry === null && evidence.every(({ versions }) => versions.length === 0)) throw unknown(id, open);
    const linked = entry === null ? [] : await linksOf(entry, evidence, open);
    const facts = {
      entry: entry === null ? null : entryFacts(entry, linked, open),
      findings: open.draft.anomalies.filter((each) => each.entry === entry?.id).map(findingFacts),
      evidence: evidence.map((each) => evidenceFacts(each, open)),
    };
    await tell(flags.json === true ? `${JSON.stringify(facts, null, 2)}\n` : asText(facts, io), io);
  });
  return ExitCode.done;
}

interface Facts {
  readonly entry: ReturnType<typeof entryFacts> | null;
  readonly findings: readonly FindingFacts[];
  readonly evidence: readonly ReturnType<typeof evidenceFacts>[];
}

function asText({ entry, findings, evidence }: Facts, io: Io): string {
  const lines =
    entry === null ? ["It is no entry of this incident: it lies outside, is context only, or was joined to another."] : entryText(entry);
  const all = [...lines, ...findings.flatMap(findingText), ...evidence.flatMap(evidenceText)];
  return `${all.map((line) => wrap(visible(line), io.columns ?? null, "    ")).join("\n")}\n`;
}

function originalText(original: OriginalJson): string {
  return Object.entries(original)
    .map(([name, value]) => `${name}: ${shorten(oneLine(String(value)), 80)}`)
    .join("; ");
}

function entryText(entry: NonNullable<Facts["entry"]>): string[] {
  const change = entry.change;
  return [
    oneLine(entry.text),
    `  entry ${entry.id}${entry.aliases.length === 0 ? "" : `, earlier ${entry.aliases.join(", ")}`}`,
    `  ${entry.kind} in ${oneLine(entry.scope)} (${entry.visibility}), phase ${entry.phase}, ${entry.confidence}${entry.milestone === null ? "" : `, milestone ${entry.milestone}`}`,
    `  placed at ${entry.placedAt} (${entry.placedBy})`,
    ...(entry.original === null ? [] : [`  the owner has changed it; generated was ${originalText(entry.original)}`]),
    `  ${entry.highlighted ? "put forward" : "not put forward"}, score ${entry.score.toFixed(2)}: ${entry.because.length === 0 ? "nothing speaks for it" : entry.because.join("; ")}`,
    ...(change === null
      ? []
      : [`  part of the change ${change.id}, with ${counted(change.linked.length, "other entry", "other entries")}`]),
    ...(change?.linked ?? []).map(
      ({ id, at, text, by }) =>
        `    ${at} ${shorten(text, 80)} [${id}]${by.length === 0 ? ", over others of them" : `, by ${by.join(", ")}`}`,
    ),
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
