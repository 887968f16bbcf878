import { z } from "zod";

/** Ids are numbers, and BigInt beyond 2^53. */
const Id = z.union([z.int().nonnegative(), z.bigint().nonnegative(), z.string().min(1)]).transform(String);
const Text = z.string().nullish();
const Sha = z.string().regex(/^[0-9a-fA-F]{7,64}$/);

/** Who acted, as REST writes it: `dependabot[bot]` of type `Bot`. */
const RestAccount = z.object({ login: z.string().min(1), type: Text });
/** The same in GraphQL: `dependabot` of `__typename` `Bot`; people may have said their name. */
const GraphqlAccount = z.object({ login: z.string().min(1), __typename: Text, name: Text });

export const PullRecord = z.object({
  number: z.int().positive(),
  title: z.string(),
  body: Text,
  url: Text,
  createdAt: z.string(),
  closedAt: Text,
  mergedAt: z.string(),
  additions: z.number().nullish(),
  deletions: z.number().nullish(),
  changedFiles: z.number().nullish(),
  baseRefName: Text,
  headRefName: Text,
  headRefOid: Sha.nullish(),
  mergeCommit: z.object({ oid: Sha }).nullish(),
  author: GraphqlAccount.nullish(),
  mergedBy: GraphqlAccount.nullish(),
});
export type PullRecord = z.output<typeof PullRecord>;

export const SearchAnswer = z.object({
  data: z
    .object({
      repository: z.object({ nameWithOwner: z.string().min(3), defaultBranchRef: z.object({ name: z.string() }).nullish() }).nullish(),
      search: z
        .object({
          issueCount: z.int().nonnegative(),
          pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: Text }),
          nodes: z.array(z.unknown()),
        })
        .nullish(),
    })
    .nullish(),
  errors: z.array(z.object({ type: Text, message: Text, path: z.array(z.union([z.string(), z.number()])).nullish() })).nullish(),
});
export type SearchAnswer = z.output<typeof SearchAnswer>;

/** Older servers lack `run_attempt`, `run_started_at`, `display_title` and `path`. */
export const RunRecord = z.object({
  id: Id,
  name: Text,
  display_title: Text,
  path: Text,
  head_branch: Text,
  head_sha: Sha,
  run_number: z.number().nullish(),
  run_attempt: z.int().positive().nullish(),
  event: Text,
  status: Text,
  conclusion: Text,
  html_url: Text,
  created_at: z.string(),
  updated_at: Text,
  run_started_at: Text,
  actor: RestAccount.nullish(),
  triggering_actor: RestAccount.nullish(),
  pull_requests: z.array(z.object({ number: z.int().positive() })).nullish(),
  repository: z.object({ full_name: z.string().min(3) }).nullish(),
});
export type RunRecord = z.output<typeof RunRecord>;

/** What walking a list needs of a record, even of a broken one. */
export const Listed = z.object({ id: Id, created_at: z.string() });

export const RunsAnswer = z.object({ total_count: z.number().nullish(), workflow_runs: z.array(z.unknown()) });
export const JobsAnswer = z.object({ total_count: z.number().nullish(), jobs: z.array(z.unknown()) });

export const JobRecord = z.object({
  id: Id,
  name: z.string(),
  conclusion: Text,
  started_at: Text,
  completed_at: Text,
  steps: z.array(z.object({ name: z.string(), conclusion: Text })).nullish(),
});
export type JobRecord = z.output<typeof JobRecord>;

export const DeploymentRecord = z.object({
  id: Id,
  sha: Sha,
  ref: Text,
  task: Text,
  environment: z.string().min(1),
  description: Text,
  creator: RestAccount.nullish(),
  created_at: z.string(),
  repository_url: Text,
  transient_environment: z.boolean().nullish(),
  production_environment: z.boolean().nullish(),
});
export type DeploymentRecord = z.output<typeof DeploymentRecord>;

export const DeploymentStatusRecord = z.object({
  state: z.string(),
  created_at: z.string(),
  log_url: Text,
  target_url: Text,
});
export type DeploymentStatusRecord = z.output<typeof DeploymentStatusRecord>;

/** The account that an author's e-mail address belongs to. */
export const CommitRecord = z.object({
  author: RestAccount.nullish(),
  commit: z.object({ author: z.object({ email: Text }).nullish() }),
});

/** Where a record is wrong, in dots: `head_sha`, `mergeCommit.oid`. Never its text. */
export function problemOf(error: z.ZodError): string {
  return error.issues[0]?.path.map(String).join(".") || "not an object";
}

/** Source: "Get an issue". A pull request is an issue there too, and reads the same. */
export const IssueRecord = z.object({ title: z.string(), body: Text, created_at: z.string(), closed_at: Text });

/** Source: "List repository issues". A label may be its name alone. */
export const ListedIssue = IssueRecord.extend({
  number: z.int().positive(),
  html_url: Text,
  labels: z.array(z.union([z.string(), z.object({ name: Text }).transform(({ name }) => name ?? "")]).catch("")).catch([]),
  pull_request: z.unknown().optional(),
});
export type ListedIssue = z.output<typeof ListedIssue>;
