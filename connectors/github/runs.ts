import type { ScopePlan, Source, SourceContext } from "../../src/contract/connector.js";
import type { Page } from "../../src/contract/page.js";
import { isWithin, MICROS_PER_MINUTE, type Span } from "../../src/kit/instant.js";
import { connect } from "./client.js";
import type { GithubConfig } from "./config.js";
import { ssoGap } from "./gaps.js";
import { problemOf, RunRecord } from "./records.js";
import { changeSpan, repositoryScopes } from "./repository.js";
import { attemptsPage, fetchAttempt, startOf, type Asking, type Found } from "./run-attempts.js";
import { firstSecond, givenUp, lastSecond, walkRuns } from "./run-list.js";

const SOURCE = "runs";
/** The list is asked by creation and a run stands where it started, which may be a little later. */
const SLACK = 2 * MICROS_PER_MINUTE;

/** First attempts of workflow runs, by the time they started. Later attempts are those of `reruns`. */
export const runs: Source<GithubConfig> = {
  id: SOURCE,
  calls: "GET /repos/{owner}/{repo}/actions/runs",
  categories: ["change"],
  plan: (context) => Promise.resolve({ scopes: repositoryScopes(context, [changeSpan(context)]) }),
  collect,
};

async function* collect(scope: ScopePlan, span: Span, context: SourceContext<GithubConfig>): AsyncIterable<Page> {
  const asked: Asking = { client: await connect(context), source: SOURCE, scope: scope.scope, config: context.config };
  let until = span.until;
  for await (const list of walkRuns(asked.client, scope.scope, firstSecond(span.from - SLACK), lastSecond(span.until))) {
    context.signal.throwIfAborted();
    const attempts = await Promise.all(list.rows.map((row) => firstAttempt(asked, row, span)));
    const page = await attemptsPage(asked, attempts.flat(), span);
    const from = Math.min(until, Math.max(span.from, list.knownFrom + SLACK));
    const where = { source: SOURCE, scope: scope.scope, span: { from, until } };
    yield {
      ...page,
      gaps: [...page.gaps, ...ssoGap(where, list.answer), ...givenUp({ ...where, span: { from: span.from, until: from } }, list)],
      covered: from < until ? [where] : [],
    };
    until = from;
  }
}

/** The list shows the last attempt of a run: the first is asked for where there were more. None when it is outside. */
async function firstAttempt(asked: Asking, row: unknown, span: Span): Promise<Found<RunRecord>[]> {
  const listed = RunRecord.safeParse(row);
  if (!listed.success) return [{ problem: problemOf(listed.error) }];
  const run = listed.data;
  const attempt = (run.run_attempt ?? 1) === 1 ? { found: run } : await fetchAttempt(asked, run.id, 1);
  if (!("found" in attempt)) return [attempt];
  const started = startOf(attempt.found);
  if (started === null) return [{ problem: "run_started_at" }];
  return isWithin(started, span) ? [attempt] : [];
}
