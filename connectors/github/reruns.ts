import { z } from "zod";
import type { ScopePlan, Source, SourceContext } from "../../src/contract/connector.js";
import type { Page } from "../../src/contract/page.js";
import { fromIso, isWithin, MICROS_PER_HOUR, type Span } from "../../src/kit/instant.js";
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
  calls: "GET /repos/{owner}/{repo}/actions/runs",
  categories: ["change"],
  costly: true,
  plan: (context) => Promise.resolve({ scopes: repositoryScopes(context, [changeSpan(context)]) }),
  collect,
};

/** The walk is about creation, the span about starting: only the end of the walk covers it. */
async function* collect(scope: ScopePlan, span: Span, context: SourceContext<GithubConfig>): AsyncIterable<Page> {
  const asked: Asking = { client: await connect(context), source: SOURCE, scope: scope.scope, config: context.config };
  const where = { source: SOURCE, scope: scope.scope, span };
  const progress = checkpoint(scope, span, context);
  const resumed = await progress.read();
  const found: Attempt[] = [...(resumed?.found ?? [])];
  // What was found before is asked again and said again: a record that a whole walk does not show counts as gone.
  if (found.length > 0)
    yield attemptsPage(asked, await Promise.all(found.map(({ run, attempt }) => fetchAttempt(asked, run, attempt))), span);
  const first = firstSecond(span.from - runLookBack(context.config));
  for await (const list of walkRuns(asked.client, scope.scope, first, resumed?.second ?? lastSecond(span.until))) {
    context.signal.throwIfAborted();
    const attempts = (await Promise.all(list.rows.map((row) => laterAttempts(asked, row, span)))).flat();
    const page = await attemptsPage(asked, attempts, span);
    yield {
      ...page,
      gaps: [...page.gaps, ...ssoGap(where, list.answer), ...givenUp(where, list)],
      covered: list.next === null && list.gaveUp === null ? [where] : [],
    };
    found.push(...attempts.flatMap((each) => ("found" in each ? [{ run: each.found.id, attempt: each.found.run_attempt ?? 1 }] : [])));
    await progress.write(list.next === null ? null : { second: list.next, found });
  }
}

const Attempt = z.object({ run: z.string(), attempt: z.int() });
type Attempt = z.output<typeof Attempt>;
const Progress = z.object({ second: z.int(), found: z.array(Attempt) });
type Progress = z.output<typeof Progress>;

/**
 * How far an interrupted walk came: it goes on there, within an hour. All that started in the span had started when the
 * walk began, so what it passed stays true.
 */
function checkpoint(scope: ScopePlan, span: Span, context: SourceContext<GithubConfig>) {
  const key = `reruns ${scope.scope} ${span.from} ${span.until}`;
  const freshSince = context.now - MICROS_PER_HOUR;
  let saved = false;
  return {
    read: async (): Promise<Progress | null> => {
      const value = await context.recall(key, { freshSince }, () => Promise.resolve(null));
      const progress = Progress.safeParse(value).data ?? null;
      saved = progress !== null;
      return progress;
    },
    /** Written after the page was committed; null when the walk has ended. */
    write: async (progress: Progress | null): Promise<void> => {
      if (progress === null && !saved) return;
      saved = progress !== null;
      await context.recall(key, { freshSince, force: true }, () => Promise.resolve(progress));
    },
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
