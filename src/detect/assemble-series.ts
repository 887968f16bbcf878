import type { MetricSeries, SeriesFacts } from "../contract/detect.js";
import type { SeriesChunk } from "../contract/page.js";
import type { Window } from "../contract/window.js";
import { groupBy } from "../kit/group-by.js";
import { isWithin, MICROS_PER_SECOND } from "../kit/instant.js";
import { compareText } from "../kit/text.js";

/** One series whole: what the detector reads, and what the draft tells of it. */
export interface AssembledSeries {
  readonly points: MetricSeries;
  readonly facts: SeriesFacts;
}

/**
 * Stored slices to one series each, by name. Points outside the metric span and the baselines are left out: slices lie on
 * a grid and reach over the borders, and a build sees only its own spans.
 */
export function assembleSeries(connector: string, chunks: readonly SeriesChunk[], window: Window): AssembledSeries[] {
  const bySeries = groupBy(chunks, (chunk) => JSON.stringify([chunk.series, chunk.scope]));
  return [...bySeries]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, slices]) =>
      assemble(
        connector,
        [...slices].sort((a, b) => a.slice.from - b.slice.from),
        window,
      ),
    );
}

function assemble(connector: string, slices: readonly SeriesChunk[], window: Window): AssembledSeries {
  const last = slices.at(-1)!;
  const spans = [window.spans.metric, ...window.baselines];
  const points = new Map<number, number>();
  for (const { times, values } of slices) {
    times.forEach((at, index) => {
      if (spans.some((span) => isWithin(at, span))) points.set(at, values[index] ?? Number.NaN);
    });
  }
  const times = Float64Array.from(points.keys()).sort();
  const values = times.map((at) => points.get(at)!);
  // A vendor coarsens long questions: the coarsest step is what all of the points can be compared at.
  const stepSeconds = Math.max(...slices.map((slice) => slice.stepSeconds));
  const shown = [...points].filter(([at, value]) => isWithin(at, window.spans.metric) && !Number.isNaN(value)).length;
  return {
    points: {
      series: last.series,
      unit: last.unit,
      type: last.type,
      stepMicros: stepSeconds * MICROS_PER_SECOND,
      times,
      values,
      window: window.spans.metric,
      baselines: window.baselines,
    },
    facts: { connector, series: last.series, unit: last.unit, stepSeconds, points: shown, visibility: last.visibility, url: last.url },
  };
}
