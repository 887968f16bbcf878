import type { ScopePlan, Source, SourceContext } from "../../src/contract/connector.js";
import type { Gap, Page, SeriesChunk } from "../../src/contract/page.js";
import { isWithin, MICROS_PER_SECOND, type Span } from "../../src/kit/instant.js";
import { METRICS, queryMetrics } from "./client.js";
import { appBase, stepSeconds, type DatadogConfig, type MetricQuery } from "./config.js";
import { refusedQuery, said } from "./failures.js";
import { firstMetric, withRollup } from "./query.js";
import { readSeries } from "./series.js";
import { requestsOf, slicesOf } from "./slices.js";

type Context = SourceContext<DatadogConfig>;

/**
 * Points of the configured queries, at an explicit step and in slices of a fixed UTC grid, so that what is known never
 * depends on the span that was asked. Source: "Query timeseries points", GET /api/v1/query.
 */
export const metrics: Source<DatadogConfig> = {
  id: "metrics",
  calls: "GET /api/v1/query",
  categories: ["metric"],
  async plan({ config, window }) {
    const wanted = [
      { ...window.spans.metric, purpose: "window" as const },
      ...window.baselines.map((span) => ({ ...span, purpose: "baseline" as const })),
    ];
    const scopes = config.metrics.map((metric) => ({ scope: scopeOf(metric), name: metric.name, wanted, visibility: metric.visibility }));
    return { scopes };
  },
  async *collect(scope, span, context) {
    const metric = context.config.metrics.find((each) => scopeOf(each) === scope.scope);
    if (metric !== undefined) yield* collectMetric(metric, scope, span, context);
  },
};

/** Everything that changes what comes back, and who may read it: a metric that was made private is asked anew. */
function scopeOf(metric: MetricQuery): string {
  return `${metric.name}|${metric.query}|${stepSeconds(metric)}s${metric.visibility === "private" ? "|private" : ""}`;
}

async function* collectMetric(metric: MetricQuery, scope: ScopePlan, span: Span, context: Context): AsyncGenerator<Page> {
  const step = stepSeconds(metric);
  for (const slices of requestsOf(slicesOf(span, step, context.now), step)) {
    context.signal.throwIfAborted();
    const together = await ask(metric, slices, context);
    if (!(await isShortened(metric, slices, together, context))) {
      yield pageOf(metric, scope, slices, together, context);
      continue;
    }
    for (const slice of slices) {
      context.signal.throwIfAborted();
      yield pageOf(metric, scope, [slice], await ask(metric, [slice], context), context);
    }
  }
}

/**
 * Whether Datadog made an answer coarser for the sake of its length. A metric may also be reported no finer than that:
 * a slice alone tells.
 */
async function isShortened(metric: MetricQuery, slices: readonly Span[], together: Answer, context: Context): Promise<boolean> {
  const coarse = coarsest(together);
  if (slices.length === 1 || coarse <= stepSeconds(metric)) return false;
  const filled = slices.find((slice) => together.series.some(({ points }) => points.some(([at]) => isWithin(at, slice))));
  if (filled === undefined) return false;
  return coarsest(await ask(metric, [filled], context)) < coarse;
}

type Answer = ReturnType<typeof readSeries>;

async function ask(metric: MetricQuery, slices: readonly Span[], context: Context): Promise<Answer> {
  const from = slices[0]!.from / MICROS_PER_SECOND;
  const until = Math.floor(Math.min(slices.at(-1)!.until, context.now) / MICROS_PER_SECOND);
  const answer = await queryMetrics(context, from, until, withRollup(metric.query, stepSeconds(metric)));
  if (answer.status !== "ok") throw refusedQuery(METRICS, said(answer.error ?? ""));
  return readSeries(metric, answer.series ?? []);
}

function coarsest(answer: Answer): number {
  return Math.max(0, ...answer.series.map((series) => series.stepSeconds));
}

function pageOf(metric: MetricQuery, scope: ScopePlan, slices: readonly Span[], answer: Answer, context: Context): Page {
  const known: Span = { from: slices[0]!.from, until: Math.min(slices.at(-1)!.until, context.now) };
  return {
    series: slices.flatMap((slice) => chunksOf(metric, scope, slice, answer, context)),
    gaps: answer.malformed === 0 ? [] : [malformed(scope, known, answer.malformed)],
    covered: [{ source: metrics.id, scope: scope.scope, span: known }],
  };
}

function chunksOf(metric: MetricQuery, scope: ScopePlan, slice: Span, answer: Answer, context: Context): SeriesChunk[] {
  return answer.series.flatMap(({ name, unit, type, stepSeconds, points }) => {
    // A bucket that has not ended yet would show less than there will be.
    const inside = points.filter(([at]) => isWithin(at, slice) && at + stepSeconds * MICROS_PER_SECOND <= context.now);
    if (inside.length === 0) return [];
    return {
      source: metrics.id,
      scope: scope.scope,
      series: name,
      name: metric.name,
      query: metric.query,
      unit: metric.unit ?? unit,
      type,
      stepSeconds,
      slice,
      times: inside.map(([at]) => at),
      values: inside.map(([, value]) => value),
      visibility: metric.visibility,
      url: graphUrl(metric.query, slice, context.config),
    };
  });
}

/** The metric explorer around the slice. It shows one metric: the first of a query with several. */
function graphUrl(query: string, slice: Span, config: DatadogConfig): string {
  const url = new URL("/metric/explorer", appBase(config));
  const first = firstMetric(query);
  if (first !== null) {
    url.searchParams.set("exp_metric", first.metric);
    url.searchParams.set("exp_scope", first.scope);
    url.searchParams.set("exp_agg", first.aggregator);
  }
  url.searchParams.set("from_ts", String(slice.from / 1000));
  url.searchParams.set("to_ts", String(slice.until / 1000));
  url.searchParams.set("live", "false");
  return url.href;
}

function malformed(scope: ScopePlan, span: Span, count: number): Gap {
  return {
    source: metrics.id,
    scope: scope.scope,
    span,
    reason: "malformed",
    count,
    detail: "Series that could not be read, or could not be told apart",
    hint: "A query that gives several series needs a grouping: by {tag}.",
  };
}
