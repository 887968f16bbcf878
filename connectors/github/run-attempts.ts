import type { Gap, Page } from "../../src/contract/page.js";
import { SourceError, type GapReason } from "../../src/kit/errors.js";
import { fromIso, type EpochMicros, type Span } from "../../src/kit/instant.js";
import { sighting } from "./accounts.js";
import type { GithubClient } from "./client.js";
import type { GithubConfig } from "./config.js";
import { gapOf, malformedGap } from "./gaps.js";
import { JobRecord, JobsAnswer, problemOf, RunRecord } from "./records.js";
import { isLastPage, pageParameters } from "./paging.js";
import { ownerAndRepo } from "./repository.js";
import { actorOf, hasFailed, isCompleted, isDeploy, runEvidence } from "./run-evidence.js";

/** 10,000 jobs: more than GitHub runs for one attempt. */
const MOST_PAGES = 100;

export interface Asking {
  readonly client: GithubClient;
  readonly source: string;
  readonly scope: string;
  readonly config: GithubConfig;
}

/** What came of asking for one thing: the attempt or its jobs, or what was wrong. */
export type Found<T> = { readonly found: T } | { readonly problem: string } | { readonly missing: GapReason };

/** One attempt of a run. Attempts of a run that was deleted meanwhile are gone. Source: "Get a workflow run attempt". */
export async function fetchAttempt({ client, scope }: Asking, id: string, attempt: number): Promise<Found<RunRecord>> {
  return orMissing<RunRecord>(async () => {
    const answer = await client.get("/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}", {
      ...ownerAndRepo(scope),
      run_id: id,
      attempt_number: attempt,
    });
    const record = RunRecord.safeParse(answer.data);
    // The one that was asked for, also where a server does not repeat its number.
    return record.success ? { found: { ...record.data, run_attempt: attempt } } : { problem: problemOf(record.error) };
  });
}

/** The page of some attempts: evidence with the true end of those that failed or deploy, sightings, and what was lost. */
export async function attemptsPage(
  asked: Asking,
  attempts: readonly Found<RunRecord>[],
  span: Span,
): Promise<Required<Pick<Page, "evidence" | "gaps" | "discovered">>> {
  const place = { source: asked.source, scope: asked.scope, deployWorkflows: asked.config.deployWorkflows };
  const runs = attempts.flatMap((each) => ("found" in each ? [each.found] : []));
  const details = await Promise.all(runs.map((run) => jobsOf(asked, run)));
  const evidence = runs.map((run, index) => runEvidence(run, details[index]!.jobs, place));
  const discovered = runs.flatMap((run) => {
    const actor = actorOf(run) && (run.triggering_actor ?? run.actor);
    return sighting("runs", asked.scope, startOf(run) ?? span.from, actor, null);
  });
  const where = { source: asked.source, scope: asked.scope, span };
  return {
    evidence,
    discovered,
    gaps: [
      ...lost(where, attempts, "Attempts of runs"),
      ...lost(
        where,
        details.flatMap((each) => each.lost),
        "Jobs of runs",
      ),
    ],
  };
}

/** When an attempt began: what places it. */
export function startOf(run: RunRecord): EpochMicros | null {
  return fromIso(run.run_started_at ?? "") ?? fromIso(run.created_at);
}

/** Jobs of attempts that failed or deploy, and are over; null: not asked. */
async function jobsOf(asked: Asking, run: RunRecord): Promise<{ jobs: JobRecord[] | null; lost: Found<never>[] }> {
  if (!isCompleted(run) || !(hasFailed(run) || isDeploy(run, asked.config.deployWorkflows))) return { jobs: null, lost: [] };
  const rows = await orMissing(async () => ({ found: await listJobs(asked, run) }));
  if (!("found" in rows)) return { jobs: null, lost: [rows] };
  const jobs = new Map<string, JobRecord>();
  const problems: Found<never>[] = [];
  for (const row of rows.found) {
    const record = JobRecord.safeParse(row);
    if (record.success) jobs.set(record.data.id, record.data);
    else problems.push({ problem: problemOf(record.error) });
  }
  return { jobs: [...jobs.values()], lost: problems };
}

/** Source: "List jobs for a workflow run attempt". */
async function listJobs({ client, scope }: Asking, run: RunRecord): Promise<unknown[]> {
  const jobs: unknown[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await client.get("/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs", {
      ...ownerAndRepo(scope),
      run_id: run.id,
      attempt_number: run.run_attempt ?? 1,
      ...pageParameters(page),
    });
    const parsed = JobsAnswer.safeParse(answer.data);
    if (!parsed.success)
      throw new SourceError("GitHub gave no list of jobs of the promised shape", {
        connector: "github",
        action: "skip",
        reason: "malformed",
      });
    jobs.push(...parsed.data.jobs);
    if (isLastPage(answer, parsed.data.jobs)) break;
  }
  return jobs;
}

/** What may not be read or is gone costs this one thing; an outage costs the page. */
async function orMissing<T>(ask: () => Promise<Found<T>>): Promise<Found<T>> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof SourceError && error.action === "skip") return { missing: error.reason };
    throw error;
  }
}

function lost(where: Omit<Gap, "reason" | "count" | "detail" | "hint">, found: readonly Found<unknown>[], what: string): Gap[] {
  const problems = found.flatMap((each) => ("problem" in each ? [each.problem] : []));
  const reasons = found.flatMap((each) => ("missing" in each ? [each.missing] : []));
  return [
    ...malformedGap(where, what, problems),
    ...[...new Set(reasons)]
      .sort()
      .flatMap((reason) => gapOf(where, reason, reasons.filter((each) => each === reason).length, `${what} that GitHub did not show`)),
  ];
}
