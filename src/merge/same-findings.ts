import type { DraftAnomaly } from "../contract/draft.js";
import { fromIso, MICROS_PER_MINUTE } from "../kit/instant.js";

/** How far an onset may move backwards when it is found anew: ten steps of the metric, ten minutes at least. */
const STEPS = 10;
const AT_LEAST = 10 * MICROS_PER_MINUTE;

/**
 * For findings of metrics, whose ids end in `@<onset>`: the earlier ids of the same series whose onset lies inside the
 * new interval, or shortly before it. A refined onset is the same finding.
 */
export function sameFindings(anomalies: readonly DraftAnomaly[], earlier: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const onsets = new Map<string, { id: string; onset: number }[]>();
  for (const id of earlier) {
    const { series, onset } = partsOf(id);
    if (onset !== null) onsets.set(series, [...(onsets.get(series) ?? []), { id, onset }]);
  }
  return new Map(
    anomalies.map((anomaly) => {
      const from = anomaly.onset - Math.max(AT_LEAST, STEPS * anomaly.precisionMicros);
      const candidates = onsets.get(partsOf(anomaly.id).series) ?? [];
      const same = candidates.filter(({ onset }) => onset >= from && (anomaly.end === null || onset < anomaly.end));
      return [anomaly.id, same.map(({ id }) => id).filter((id) => id !== anomaly.id)];
    }),
  );
}

function partsOf(id: string): { series: string; onset: number | null } {
  const at = id.lastIndexOf("@");
  return { series: id.slice(0, at), onset: at === -1 ? null : fromIso(id.slice(at + 1)) };
}
