import type { DraftAnomaly } from "../contract/draft.js";
import { toIso } from "../kit/instant.js";
import { oneLine } from "../kit/text.js";

/** What a finding in a metric says, and what it rests on. */
export type FindingFacts = ReturnType<typeof findingFacts>;

export function findingFacts({ id, kind, onset, end, precisionMicros, usual, extreme, factor, unit, score, figures }: DraftAnomaly) {
  const at = (instant: number | null) => (instant === null ? null : toIso(instant, precisionMicros));
  return { id, kind, onset: at(onset), end: at(end), usual, extreme, factor, unit, score, figures: figures ?? null };
}

export function findingText({ id, kind, onset, end, usual, extreme, factor, unit, score, figures }: FindingFacts): string[] {
  const values = `usual ${usual}, at the most ${extreme}${unit === null ? "" : ` ${oneLine(unit)}`}${factor === null ? "" : `, ${factor} x`}`;
  return [
    `Finding ${oneLine(id)} (${kind})`,
    `  from ${onset} to ${end ?? "the end of the window"}: ${values}; score ${score}`,
    ...(figures === null ? [] : [`  usual is told from ${figures.expectedFrom.join(", ")}`, `  ${testText(figures)}`]),
  ];
}

function testText({ test, samples, change, noise, needed }: NonNullable<FindingFacts["figures"]>): string {
  if (test === "silence") return `test of runs: ${samples} samples of nothing, or of one value, far longer than its other runs`;
  if (test === "scatter") return `test of scatter: ${change} around the middle for ${samples} samples, ${noise} before`;
  const sums = samples === 1 ? "1 sample" : `the mean of ${samples} samples`;
  return `test of levels: ${sums} changed by ${change}; such changes scatter by ${noise} in this series, ${needed} is told`;
}
