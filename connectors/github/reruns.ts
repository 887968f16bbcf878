import type { ScopePlan, Source, SourceContext } from "../../src/contract/connector.js";
import type { Page } from "../../src/contract/page.js";
import { fromIso, isWithin, type Span } from "../../src/kit/instant.js";
import { connect } from "./client.js";
import { runLookBack, type GithubConfig } from "./config.js";
import { ssoGap } from "./gaps.js";
import { problemOf, RunRecord } from "./records.js";
import { changeSpan, repositoryScopes } from "./repository.js";
import { attemptsPage, fetchAttempt, startOf, type Asking, type Found } from "./run-attempts.js";
import { firstSecond, givenUp, lastSecond, walkRuns } from "./run-list.js";

const SOURCE = "reruns";

/**
 * Second and later attempts, by the time they started. GitHub keeps one record a run, at the time of its creation, and
 * shows its last attempt: a re-run is found by walking the runs that were created before it, up to `runLookBack`.
 */
export const reruns: Source<GithubConfig> = {
  id: SOURCE,
  categories: ["change"],
  plan: (context) => Promise.resolve({ scopes: repositoryScopes(context, [changeSpan(context)]) }),
  collect,
};

/** The walk is about creation, the span about starting: only the end of the walk covers it. */
async function* collect(scope: ScopePlan, span: Span, context: SourceContext<GithubConfig>): AsyncIterable<Page> {
  const asked: Asking = { client: await connect(context), source: SOURCE, scope: scope.scope, config: context.config };
  const reached = checkpoint(scope, span, context);
  const first = firstSecond(span.from - runLookBack(context.config));
  for await (const list of walkRuns(asked.client, scope.scope, first, (await reached.read()) ?? lastSecond(span.until))) {
    context.signal.throwIfAborted();
    const attempts = await Promise.all(list.rows.map((row) => laterAttempts(asked, row, span)));
    const page = await attemptsPage(asked, attempts.flat(), span);
    const where = { source: SOURCE, scope: scope.scope, span };
    yield {
      ...page,
      gaps: [...page.gaps, ...ssoGap(where, list.answer), ...givenUp(where, list)],
      covered: list.next === null && list.gaveUp === null ? [where] : [],
    };
    if (list.next !== null) await reached.write(list.next);
  }
}

/**
 * How far this build's walk came, so that a killed one goes on there. It is written after the page was committed, and
 * counts for no later build.
 */
function checkpoint(scope: ScopePlan, span: Span, context: SourceContext<GithubConfig>) {
  const key = `reruns ${scope.scope} ${span.from} ${span.until}`;
  const freshSince = context.now;
  return {
    read: async (): Promise<number | null> => {
      const second = await context.recall(key, { freshSince }, () => Promise.resolve(null));
      return typeof second === "number" ? second : null;
    },
    write: (second: number) => context.recall(key, { freshSince, force: true }, () => Promise.resolve(second)),
  };
}

/** Attempts after the first that started inside the span, latest first. */
async function laterAttempts(asked: Asking, row: unknown, span: Span): Promise<Found<RunRecord>[]> {
  const listed = RunRecord.safeParse(row);
  if (!listed.success) return mayBeRerun(row, span) ? [{ problem: problemOf(listed.error) }] : [];
  const run = listed.data;
  const attempts: Found<RunRecord>[] = [];
  if ((startOf(run) ?? span.until) < span.from) return attempts;
  for (let number = run.run_attempt ?? 1; number > 1; number -= 1) {
    const attempt = await fetchAttempt(asked, run.id, number);
    const started = "found" in attempt ? (startOf(attempt.found) ?? span.from) : span.from;
    if (started < span.from) break;
    if (isWithin(started, span)) attempts.push(attempt);
  }
  return attempts;
}

/** Whether a broken record could have been one of ours. Those of the span itself are counted by `runs`. */
function mayBeRerun(row: unknown, span: Span): boolean {
  const { run_attempt: attempt, created_at: created } = (row ?? {}) as { run_attempt?: unknown; created_at?: unknown };
  const at = typeof created === "string" ? fromIso(created) : null;
  return attempt !== 1 && at !== null && at < span.from;
}
