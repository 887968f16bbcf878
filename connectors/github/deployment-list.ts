import { z } from "zod";
import type { Evidence } from "../../src/contract/evidence.js";
import { SourceError } from "../../src/kit/errors.js";
import { fromIso, type EpochMicros } from "../../src/kit/instant.js";
import type { Answer, GithubClient } from "./client.js";
import { deploymentEvidence, type DeploymentPlace } from "./deployment-evidence.js";
import { isLastPage, pageParameters } from "./paging.js";
import { DeploymentRecord, DeploymentStatusRecord, Listed, problemOf } from "./records.js";
import { ownerAndRepo } from "./repository.js";

/** 1,000 statuses of one deployment. */
const MOST_STATUS_PAGES = 10;

export interface ListedDeployments {
  /** Not seen before in this walk, newest first. */
  readonly records: readonly DeploymentRecord[];
  readonly broken: readonly BrokenDeployment[];
  readonly isLast: boolean;
  readonly answer: Answer;
}

interface BrokenDeployment {
  readonly problem: string;
  /** When it was created, or its neighbour in the list: it belongs to one walk and is counted once. */
  readonly near: EpochMicros;
}

/** One page. Offsets shift when something is deployed meanwhile: `seen` lets each through once. Source: "List deployments". */
export async function listDeployments(
  client: GithubClient,
  repository: string,
  page: number,
  seen: Set<string>,
): Promise<ListedDeployments> {
  const answer = await client.get("/repos/{owner}/{repo}/deployments", { ...ownerAndRepo(repository), ...pageParameters(page) });
  const rows = rowsOf(answer);
  const broken: BrokenDeployment[] = [];
  const records: DeploymentRecord[] = [];
  let near = rows.map(rowTime).find((at) => at !== null) ?? 0;
  for (const row of rows) {
    near = rowTime(row) ?? near;
    const record = DeploymentRecord.safeParse(row);
    if (!record.success) broken.push({ problem: problemOf(record.error), near });
    else if (rowTime(row) === null) broken.push({ problem: "created_at", near });
    else if (!seen.has(record.data.id)) {
      seen.add(record.data.id);
      records.push(record.data);
    }
  }
  return { records, broken, isLast: isLastPage(answer, rows), answer };
}

function rowTime(row: unknown): EpochMicros | null {
  return fromIso(Listed.shape.created_at.safeParse((row as { created_at?: unknown } | null)?.created_at).data ?? "");
}

export function createdAt(record: DeploymentRecord): EpochMicros {
  return fromIso(record.created_at) ?? 0;
}

export interface ReadDeployment {
  readonly evidence: Evidence;
  /** When it went live, if it did. */
  readonly liveAt: EpochMicros | null;
  readonly problems: readonly string[];
  /** GitHub would not show its statuses. */
  readonly missing: boolean;
}

/** A deployment with all its statuses. Source: "List deployment statuses". */
export async function readDeployment(client: GithubClient, record: DeploymentRecord, place: DeploymentPlace): Promise<ReadDeployment> {
  const problems: string[] = [];
  const statuses: DeploymentStatusRecord[] = [];
  const rows = await statusRows(client, place.scope, record.id);
  for (const row of rows ?? []) {
    const status = DeploymentStatusRecord.safeParse(row);
    if (status.success) statuses.push(status.data);
    else problems.push(problemOf(status.error));
  }
  const evidence = deploymentEvidence(record, statuses, place);
  return { evidence, liveAt: evidence.times.find((time) => time.meaning === "live")?.at ?? null, problems, missing: rows === null };
}

async function statusRows(client: GithubClient, repository: string, id: string): Promise<unknown[] | null> {
  const all: unknown[] = [];
  try {
    for (let page = 1; page <= MOST_STATUS_PAGES; page += 1) {
      const answer = await client.get("/repos/{owner}/{repo}/deployments/{deployment_id}/statuses", {
        ...ownerAndRepo(repository),
        deployment_id: id,
        ...pageParameters(page),
      });
      const rows = rowsOf(answer);
      all.push(...rows);
      if (isLastPage(answer, rows)) break;
    }
    return all;
  } catch (error) {
    // Deleted meanwhile: it costs this deployment's statuses and nothing else.
    if (error instanceof SourceError && error.action === "skip") return null;
    throw error;
  }
}

/** An empty repository answers 409. */
function rowsOf(answer: Answer): readonly unknown[] {
  if (answer.status === 409) return [];
  const rows = z.array(z.unknown()).safeParse(answer.data);
  if (rows.success) return rows.data;
  throw new SourceError("GitHub gave no list of the promised shape", { connector: "github", action: "retry", reason: "malformed" });
}
