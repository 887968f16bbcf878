import { mintEntryId } from "../contract/entry-id.js";
import type { Anomaly, SeriesFacts } from "../contract/detect.js";
import type { DraftAnomaly, EvidenceRecord } from "../contract/draft.js";
import type { Window } from "../contract/window.js";
import { canonicalJson, sha256 } from "../kit/hash.js";
import { isWithin, MICROS_PER_SECOND, toIso } from "../kit/instant.js";
import { paragraph } from "../kit/rich-text.js";
import type { Candidate } from "./candidate.js";
import { formatNumber } from "./numbers.js";

const KIND = "metric.anomaly";

/** A finding of a series that this build sees, with what the draft says of it. */
export interface Found {
  readonly anomaly: DraftAnomaly;
  readonly candidate: Candidate;
  readonly record: EvidenceRecord;
}

/** One entry a finding, at its onset. What began outside the metric span is not the window's. */
export function describeAnomalies(
  anomalies: readonly Anomaly[],
  series: readonly SeriesFacts[],
  window: Window,
  clean: (text: string) => string,
): Found[] {
  const facts = new Map(series.map((each) => [each.series, each]));
  return anomalies
    .filter((anomaly) => isWithin(anomaly.onset, window.spans.metric))
    .flatMap((anomaly) => {
      const known = facts.get(anomaly.series);
      return known === undefined ? [] : [describe(anomaly, known, clean)];
    });
}

function describe(anomaly: Anomaly, facts: SeriesFacts, clean: (text: string) => string): Found {
  const id = `${facts.connector}-metric:${anomaly.series}@${toIso(anomaly.onset, onsetPrecision(anomaly))}`;
  const name = clean(anomaly.series);
  const text = wording(anomaly, name, facts.unit);
  const entry: Candidate["entry"] = {
    id: mintEntryId(id),
    aliases: [],
    at: anomaly.onset,
    endedAt: anomaly.end,
    atMeans: "began",
    precisionMicros: anomaly.precisionMicros,
    sourceText: toIso(anomaly.onset, onsetPrecision(anomaly)),
    kind: KIND,
    category: "metric",
    text: [paragraph([{ type: "text", text }])],
    person: null,
    links: facts.url === null ? [] : [{ label: name, url: facts.url }],
    evidence: [id],
    group: null,
    confidence: "inferred",
    visibility: facts.visibility,
    scopeName: name,
    deleted: false,
  };
  return {
    anomaly: { ...anomaly, id, entry: entry.id, unit: facts.unit },
    candidate: { entry, item: null, anomaly, plain: text.toLowerCase() },
    record: recordOf(anomaly, entry),
  };
}

/** Onsets are bucket starts: whole seconds, unless a detector says finer. */
function onsetPrecision(anomaly: Anomaly): number {
  return anomaly.onset % MICROS_PER_SECOND === 0 ? MICROS_PER_SECOND : 1;
}

function recordOf(anomaly: Anomaly, entry: Candidate["entry"]): EvidenceRecord {
  return {
    id: entry.evidence[0]!,
    kind: KIND,
    times: [{ meaning: "began", at: anomaly.onset, precisionMicros: anomaly.precisionMicros, sourceText: entry.sourceText }],
    url: entry.links[0]?.url ?? null,
    hash: sha256(canonicalJson(anomaly)),
    visibility: entry.visibility,
    version: 1,
  };
}

function wording(anomaly: Anomaly, name: string, unit: string | null): string {
  return `${name} ${whatHappened(anomaly, unit)}; ${howItEnded(anomaly)}`;
}

function whatHappened({ kind, direction, usual, extreme, factor }: Anomaly, unit: string | null): string {
  const from = formatNumber(usual);
  const to = unit === null ? formatNumber(extreme) : `${formatNumber(extreme)} ${unit}`;
  if (kind === "missing") return `reported nothing; usual is ${from}`;
  if (kind === "flatline") return `stayed at ${to}; usual is ${from}`;
  if (kind === "variance") return `became unsteady, up to ${to}; usual is ${from}`;
  const verb = direction === "up" ? "rose" : direction === "down" ? "fell" : "moved";
  const times = factor === null || factor < 1.1 ? "" : ` (${formatNumber(factor)} x usual)`;
  return `${verb} from ${from} to ${to}${times}`;
}

function howItEnded({ onset, end }: Anomaly): string {
  if (end === null) return "not back to usual by the end of the window";
  const text = toIso(end, MICROS_PER_SECOND);
  const isSameDay = text.slice(0, 10) === toIso(onset, MICROS_PER_SECOND).slice(0, 10);
  return `back to usual at ${isSameDay ? text.slice(11) : text}`;
}
