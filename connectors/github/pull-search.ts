import { SourceError } from "../../src/kit/errors.js";
import { MICROS_PER_SECOND, toIso, type Span } from "../../src/kit/instant.js";
import { compareText } from "../../src/kit/text.js";
import type { Answer, GithubClient } from "./client.js";
import { PAGE_SIZE } from "./paging.js";
import { SearchAnswer } from "./records.js";
import { ownerAndRepo } from "./repository.js";

/**
 * Merged pull requests of one repository, with the repository itself, so that "none" and "no such repository" differ.
 * Source: "GraphQL: search", "Searching issues and pull requests: merged".
 */
const QUERY = `
  query MergedPullRequests($owner: String!, $name: String!, $q: String!, $after: String) {
    repository(owner: $owner, name: $name) { nameWithOwner defaultBranchRef { name } }
    search(type: ISSUE, query: $q, first: ${PAGE_SIZE}, after: $after) {
      issueCount
      pageInfo { hasNextPage endCursor }
      nodes {
        ... on PullRequest {
          number title body url createdAt closedAt mergedAt additions deletions changedFiles baseRefName headRefName headRefOid
          mergeCommit { oid }
          author { __typename login ... on User { name } }
          mergedBy { __typename login ... on User { name } }
        }
      }
    }
  }`;

/** Whole seconds since the epoch, both included: the search knows nothing finer. */
export interface Slice {
  readonly first: number;
  readonly last: number;
}

export interface SearchPage {
  readonly repository: { readonly name: string; readonly defaultBranch: string | null };
  /** How many GitHub says there are. */
  readonly count: number;
  /** null where GitHub would not show one. */
  readonly nodes: readonly unknown[];
  /** null: that was all. */
  readonly next: string | null;
  readonly answer: Answer;
}

/** The seconds that a span touches; a span of less than a second is one. */
export function sliceOf(span: Span): Slice {
  return { first: Math.floor(span.from / MICROS_PER_SECOND), last: Math.ceil(span.until / MICROS_PER_SECOND) - 1 };
}

/** @throws {SourceError} `skip` for a repository that is unknown or not shown, `retry` for an answer that says nothing. */
export async function searchMerged(client: GithubClient, repository: string, slice: Slice, after: string | null): Promise<SearchPage> {
  const { owner, repo } = ownerAndRepo(repository);
  const q = `repo:${repository} is:pr is:merged merged:${second(slice.first)}..${second(slice.last)}`;
  const answer = await client.graphql(QUERY, { owner, name: repo, q, after });
  const parsed = SearchAnswer.safeParse(answer.data);
  if (!parsed.success) throw unusable("GitHub gave no answer of the promised shape", answer);
  const { data, errors } = parsed.data;
  if (!data?.repository) throw unknownRepository(errors ?? []);
  if (!data.search) throw unusable(`GitHub did not run the search${typesOf(errors ?? [])}`, answer);
  const { nameWithOwner, defaultBranchRef } = data.repository;
  return {
    repository: { name: nameWithOwner, defaultBranch: defaultBranchRef?.name ?? null },
    count: data.search.issueCount,
    nodes: data.search.nodes,
    next: data.search.pageInfo.hasNextPage ? (data.search.pageInfo.endCursor ?? null) : null,
    answer,
  };
}

type GraphqlError = NonNullable<SearchAnswer["errors"]>[number];

function unknownRepository(errors: readonly GraphqlError[]): SourceError {
  if (errors.some((error) => error.type === "FORBIDDEN" || error.type === "INSUFFICIENT_SCOPES"))
    return new SourceError("GitHub does not let this token read the repository", {
      connector: "github",
      action: "skip",
      reason: "forbidden",
      id: "GITHUB_FORBIDDEN",
      hint: "Give the token read access to its contents and pull requests, and authorize it for single sign-on where that is used.",
    });
  if (errors.some((error) => error.type === "NOT_FOUND"))
    return new SourceError("GitHub does not know the repository, or the token has no access to it", {
      connector: "github",
      action: "skip",
      reason: "not found",
      id: "GITHUB_NOT_FOUND",
      hint: "Check the spelling in github.repos, and that the token may read this repository.",
    });
  return new SourceError(`GitHub did not answer for the repository${typesOf(errors)}`, {
    connector: "github",
    action: "retry",
    reason: "unavailable",
  });
}

function unusable(message: string, { status }: Answer): SourceError {
  return new SourceError(`${message} (status ${status})`, { connector: "github", action: "retry", reason: "unavailable" });
}

/** The types alone: a message may quote what was asked. */
function typesOf(errors: readonly GraphqlError[]): string {
  const types = [...new Set(errors.flatMap(({ type }) => (type && /^[A-Z_]{1,40}$/.test(type) ? [type] : [])))].sort(compareText);
  return types.length === 0 ? "" : ` (${types.join(", ")})`;
}

/** With Z: a `+` of an offset would be read as a space. */
function second(seconds: number): string {
  return toIso(seconds * MICROS_PER_SECOND, MICROS_PER_SECOND);
}
