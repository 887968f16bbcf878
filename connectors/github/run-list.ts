import type { Gap } from "../../src/contract/page.js";
import { SourceError } from "../../src/kit/errors.js";
import { fromIso, MICROS_PER_SECOND, toIso, type EpochMicros } from "../../src/kit/instant.js";
import { sha256, canonicalJson } from "../../src/kit/hash.js";
import type { Answer, GithubClient } from "./client.js";
import { Listed, RunsAnswer } from "./records.js";
import { PAGE_SIZE, pageParameters } from "./paging.js";
import { ownerAndRepo } from "./repository.js";

/** Answers without anything new after which a walk is given up. */
const MOST_IDLE = 20;

export interface RunsPage {
  /** Not seen before in this walk, newest first, unchecked. */
  readonly rows: readonly unknown[];
  /** Runs created at or after this instant are all known now. */
  readonly knownFrom: EpochMicros;
  /** The newest second that the next page asks for; null: this was the last. */
  readonly next: number | null;
  /** Why the walk ended before its time, in words. */
  readonly gaveUp: string | null;
  readonly answer: Answer;
}

/**
 * Runs created from second `first` to second `last`, newest first. It goes on from the oldest run it saw and not by page
 * number, so that runs that come or go meanwhile move nothing, and the end of filtered lists at 1,000 is never reached.
 * Source: "List workflow runs for a repository".
 */
export async function* walkRuns(client: GithubClient, repository: string, first: number, last: number): AsyncGenerator<RunsPage> {
  const seen = new Set<string>();
  let idle = 0;
  for (let upTo: number | null = last; upTo !== null && upTo >= first;) {
    const page: RunsPage = await runsPage(client, repository, first, upTo, seen);
    idle = page.rows.length === 0 ? idle + 1 : 0;
    const gaveUp = page.gaveUp ?? (idle >= MOST_IDLE && page.next !== null ? "GitHub answered many times with nothing new" : null);
    yield { ...page, gaveUp };
    if (gaveUp !== null) return;
    upTo = page.next;
  }
}

async function runsPage(client: GithubClient, repository: string, first: number, last: number, seen: Set<string>): Promise<RunsPage> {
  const whole = await listRuns(client, repository, first, last, 1);
  const oldest = oldestSecond(whole.rows);
  const isLast = whole.rows.length === 0 || (whole.rows.length < PAGE_SIZE && whole.count <= whole.rows.length);
  const rows = unseen(whole.rows, seen);
  const start = first * MICROS_PER_SECOND;
  if (isLast || (oldest !== null && oldest < first)) return { rows, knownFrom: start, next: null, gaveUp: null, answer: whole.answer };
  if (oldest === null || oldest > last)
    return {
      rows,
      knownFrom: (last + 1) * MICROS_PER_SECOND,
      next: null,
      gaveUp: "GitHub listed runs without usable times",
      answer: whole.answer,
    };
  if (oldest < last) return { rows, knownFrom: (oldest + 1) * MICROS_PER_SECOND, next: oldest, gaveUp: null, answer: whole.answer };
  // The whole page is of one second: the rest of that second, then what is before it.
  const crowd = await restOfSecond(client, repository, last, seen);
  return {
    ...crowd,
    rows: [...rows, ...crowd.rows],
    knownFrom: (crowd.gaveUp === null ? last : last + 1) * MICROS_PER_SECOND,
    next: last - 1,
    answer: whole.answer,
  };
}

/** Filtered lists end at 1,000: more than that in one second cannot be had. */
async function restOfSecond(
  client: GithubClient,
  repository: string,
  second: number,
  seen: Set<string>,
): Promise<Pick<RunsPage, "rows" | "gaveUp">> {
  const rows: unknown[] = [];
  for (let number = 2; number <= 1000 / PAGE_SIZE; number += 1) {
    const page = await listRuns(client, repository, second, second, number);
    rows.push(...unseen(page.rows, seen));
    if (page.rows.length < PAGE_SIZE) return { rows, gaveUp: null };
  }
  return { rows, gaveUp: "More than 1,000 runs were created in one second" };
}

async function listRuns(client: GithubClient, repository: string, first: number, last: number, page: number) {
  const answer = await client.get("/repos/{owner}/{repo}/actions/runs", {
    ...ownerAndRepo(repository),
    created: `${second(first)}..${second(last)}`,
    ...pageParameters(page),
  });
  if (answer.status === 409) return { rows: [], count: 0, answer };
  const parsed = RunsAnswer.safeParse(answer.data);
  if (!parsed.success)
    throw new SourceError("GitHub gave no list of runs of the promised shape", {
      connector: "github",
      action: "retry",
      reason: "malformed",
    });
  return { rows: parsed.data.workflow_runs, count: parsed.data.total_count ?? Number.POSITIVE_INFINITY, answer };
}

/** What is not known when the walk ended early. */
export function givenUp(where: Pick<Gap, "source" | "scope" | "span">, { gaveUp }: RunsPage): Gap[] {
  return gaveUp === null ? [] : [{ ...where, reason: "truncated", count: null, detail: gaveUp, hint: null }];
}

export function firstSecond(at: EpochMicros): number {
  return Math.floor(at / MICROS_PER_SECOND);
}

export function lastSecond(until: EpochMicros): number {
  return Math.ceil(until / MICROS_PER_SECOND) - 1;
}

/** The second of the oldest run that has a time; broken ones do not stop the walk. */
function oldestSecond(rows: readonly unknown[]): number | null {
  const seconds = rows.flatMap((row) => {
    const at = fromIso(Listed.safeParse(row).data?.created_at ?? "");
    return at === null ? [] : [Math.floor(at / MICROS_PER_SECOND)];
  });
  return seconds.length === 0 ? null : Math.min(...seconds);
}

/** Rows that are new; a row without an id is known by its content. */
function unseen(rows: readonly unknown[], seen: Set<string>): unknown[] {
  return rows.filter((row) => {
    const key = Listed.shape.id.safeParse((row as { id?: unknown } | null)?.id).data ?? sha256(canonicalJson(printable(row)));
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Octokit's BigInts have no JSON. */
function printable(row: unknown): unknown {
  return JSON.parse(JSON.stringify(row, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)) ?? "null");
}

function second(seconds: number): string {
  return toIso(seconds * MICROS_PER_SECOND, MICROS_PER_SECOND);
}
