import { mintEntryId } from "../contract/entry-id.js";
import type { Anomaly, SeriesFacts } from "../contract/detect.js";
import type { DraftAnomaly, EvidenceRecord } from "../contract/draft.js";
import type { Window } from "../contract/window.js";
import { canonicalJson, sha256 } from "../kit/hash.js";
import { groupBy } from "../kit/group-by.js";
import { isWithin, MICROS_PER_SECOND, toIso } from "../kit/instant.js";
import { paragraph } from "../kit/rich-text.js";
import { compareText } from "../kit/text.js";
import { wordsForAnomalies } from "./anomaly-words.js";
import type { Candidate } from "./candidate.js";

const KIND = "metric.anomaly";

/** What was found in the series that this build sees, with what the draft says of it: one finding, or several as one. */
export interface Found {
  readonly anomalies: readonly DraftAnomaly[];
  readonly candidate: Candidate;
  readonly records: readonly EvidenceRecord[];
}

/** A finding of a series whose facts are known. */
interface Seen {
  readonly id: string;
  readonly name: string;
  readonly anomaly: Anomaly;
  readonly facts: SeriesFacts;
}

/** One entry a finding, with its members, at its onset. What began outside the metric span is not the window's. */
export function describeAnomalies(
  anomalies: readonly Anomaly[],
  series: readonly SeriesFacts[],
  window: Window,
  clean: (text: string) => string,
): Found[] {
  const facts = new Map(series.map((each) => [each.series, each]));
  return anomalies.flatMap((finding) => {
    const seen = [finding, ...(finding.members ?? [])]
      .filter((anomaly) => isWithin(anomaly.onset, window.spans.metric))
      .flatMap((anomaly) => seenOf(anomaly, facts.get(anomaly.series), clean));
    // Who may see one series may not see the other: they are told apart then.
    return [...groupBy(seen, (each) => each.facts.visibility).values()].map(describe);
  });
}

function seenOf(anomaly: Anomaly, facts: SeriesFacts | undefined, clean: (text: string) => string): Seen[] {
  if (facts === undefined) return [];
  const id = `${facts.connector}-metric:${anomaly.series}@${toIso(anomaly.onset, onsetPrecision(anomaly))}`;
  return [{ id, name: clean(anomaly.series), anomaly, facts }];
}

function describe(seen: readonly Seen[]): Found {
  const [{ anomaly, facts, name }] = seen as readonly [Seen, ...Seen[]];
  const evidence = seen.map(({ id }) => id).sort(compareText);
  const text = wordsForAnomalies(seen.map((each) => ({ name: each.name, anomaly: each.anomaly, unit: each.facts.unit })));
  const entry: Candidate["entry"] = {
    id: mintEntryId(evidence[0]!),
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
    links: seen.flatMap((each) => (each.facts.url === null ? [] : [{ label: each.name, url: each.facts.url }])),
    evidence,
    group: null,
    confidence: "inferred",
    visibility: facts.visibility,
    scopeName: name,
    deleted: false,
  };
  const strongest = Math.max(...seen.map((each) => each.anomaly.score));
  return {
    anomalies: seen.map((each) => toDraftAnomaly(each, entry.id)),
    candidate: { entry, item: null, anomaly: { ...anomaly, score: strongest }, plain: text.toLowerCase() },
    records: seen.map(recordOf),
  };
}

/** Members stand beside the first of them, each with its entry: the same one. */
function toDraftAnomaly({ id, anomaly, facts }: Seen, entry: string): DraftAnomaly {
  const { members: _, ...own } = anomaly;
  return { ...own, id, entry, unit: facts.unit };
}

/** Onsets are bucket starts: whole seconds, unless a detector says finer. */
function onsetPrecision(anomaly: Anomaly): number {
  return anomaly.onset % MICROS_PER_SECOND === 0 ? MICROS_PER_SECOND : 1;
}

function recordOf({ id, anomaly, facts }: Seen): EvidenceRecord {
  const { members: _, figures: __, ...own } = anomaly;
  const sourceText = toIso(anomaly.onset, onsetPrecision(anomaly));
  return {
    id,
    kind: KIND,
    times: [{ meaning: "began", at: anomaly.onset, precisionMicros: anomaly.precisionMicros, sourceText }],
    url: facts.url,
    hash: sha256(canonicalJson(own)),
    visibility: facts.visibility,
    version: 1,
  };
}
