import type { Anomaly } from "../contract/detect.js";
import { MICROS_PER_MINUTE } from "../kit/instant.js";
import { compareText } from "../kit/text.js";

/** Onsets within so many samples, and at least within a minute, are one onset. */
const SAMPLES = 2;

/**
 * Findings by onset, then series; those of other series of the same service with the same onset are members of the first
 * of them.
 */
export function relate(findings: readonly Anomaly[]): readonly Anomaly[] {
  const groups: Anomaly[][] = [];
  const open = new Map<string, Anomaly[]>();
  for (const finding of [...findings].sort((a, b) => a.onset - b.onset || compareText(a.series, b.series))) {
    const service = serviceOf(finding.series);
    const group = open.get(service);
    if (group !== undefined && belongs(finding, group)) group.push(finding);
    else {
      const first = [finding];
      groups.push(first);
      if (service !== "") open.set(service, first);
    }
  }
  return groups.map(([first, ...members]) => (members.length === 0 ? first! : { ...first!, members }));
}

function belongs(finding: Anomaly, [first, ...others]: readonly Anomaly[]): boolean {
  const apart = Math.max(MICROS_PER_MINUTE, SAMPLES * Math.max(first!.precisionMicros, finding.precisionMicros));
  return finding.onset - first!.onset <= apart && ![first!, ...others].some(({ series }) => series === finding.series);
}

/** The tag `service` of `checkout.errors{service:checkout,env:prod}`, or else how the name begins; "" where it does not say. */
function serviceOf(series: string): string {
  const brace = series.indexOf("{");
  const name = brace === -1 ? series : series.slice(0, brace);
  const tags = brace === -1 ? [] : series.slice(brace + 1, -1).split(",");
  const tag = tags.map((each) => each.trim()).find((each) => each.startsWith("service:"));
  if (tag !== undefined) return tag.slice("service:".length);
  const dot = name.indexOf(".");
  return dot === -1 ? "" : name.slice(0, dot);
}
