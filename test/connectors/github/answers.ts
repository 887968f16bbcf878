import type { Exchange } from "../../../src/contract/testing/replay.js";

/** Answers in GitHub's wire shapes, with what a test does not care about filled in. */

export const SHA = {
  budget: "b9d7ad9418a4c6604625d5c93ef35252fda6d3dc",
  head: "f1580abeffa16baeb4334ea6a045089d932fe4c7",
  undo: "0f4d2caeda0f78ca1c55e9cdf68e94fa00112233",
  old: "61dedf84cbc9dfe5ff725047f013e41ebefdd8d2",
} as const;

export const person = (login: string) => ({ login, id: 7, type: "User", html_url: `https://github.com/${login}` });
export const author = (login: string, name: string | null = null) => ({ __typename: "User", login, name });

export function pullNode(number: number, mergedAt: string, more: Record<string, unknown> = {}) {
  return {
    number,
    title: `Change ${number}`,
    body: "",
    url: `https://github.com/acme/shop/pull/${number}`,
    createdAt: "2026-03-03T09:00:00Z",
    closedAt: mergedAt,
    mergedAt,
    additions: 10,
    deletions: 2,
    changedFiles: 1,
    baseRefName: "main",
    headRefName: `topic-${number}`,
    headRefOid: SHA.head,
    mergeCommit: { oid: SHA.budget },
    author: author("Ines-K", "Ines Kahler"),
    mergedBy: author("tomw"),
    ...more,
  };
}

export function searchBody(nodes: readonly unknown[], more: { count?: number; next?: string; repository?: string } = {}) {
  return {
    data: {
      repository: { nameWithOwner: more.repository ?? "acme/shop", defaultBranchRef: { name: "main" } },
      search: {
        issueCount: more.count ?? nodes.length,
        pageInfo: { hasNextPage: more.next !== undefined, endCursor: more.next ?? null },
        nodes,
      },
    },
  };
}

export function search(first: string, last: string, body: unknown, more: { repository?: string; after?: string } = {}): Exchange {
  const [owner, name] = (more.repository ?? "acme/shop").split("/");
  const q = `repo:${owner}/${name} is:pr is:merged merged:${first}..${last}`;
  return { method: "POST", path: "/graphql", params: { variables: JSON.stringify({ owner, name, q, after: more.after ?? null }) }, body };
}

export function runRow(id: number, createdAt: string, more: Record<string, unknown> = {}) {
  return {
    id,
    name: "CI",
    display_title: "Put the budget back (#890)",
    path: ".github/workflows/ci.yml",
    head_branch: "main",
    head_sha: SHA.budget,
    run_number: 12,
    run_attempt: 1,
    event: "push",
    status: "completed",
    conclusion: "success",
    html_url: `https://github.com/acme/shop/actions/runs/${id}`,
    created_at: createdAt,
    run_started_at: createdAt,
    updated_at: "2027-05-01T00:00:00Z",
    actor: person("Ines-K"),
    triggering_actor: person("Ines-K"),
    pull_requests: [],
    repository: { full_name: "acme/shop" },
    ...more,
  };
}

export function runsList(first: string, last: string, rows: readonly unknown[], total = rows.length): Exchange {
  return {
    method: "GET",
    path: "/repos/acme/shop/actions/runs",
    params: { created: `${first}..${last}`, per_page: "100" },
    body: { total_count: total, workflow_runs: rows },
  };
}

export function attempt(id: number, number: number, body: unknown): Exchange {
  return { method: "GET", path: `/repos/acme/shop/actions/runs/${id}/attempts/${number}`, body };
}

export function jobs(id: number, number: number, rows: readonly unknown[]): Exchange {
  return {
    method: "GET",
    path: `/repos/acme/shop/actions/runs/${id}/attempts/${number}/jobs`,
    params: { per_page: "100" },
    body: { total_count: rows.length, jobs: rows },
  };
}

export function jobRow(id: number, name: string, completedAt: string, conclusion = "success", steps: readonly unknown[] = []) {
  return { id, name, status: "completed", conclusion, started_at: "2026-03-04T11:00:05Z", completed_at: completedAt, steps };
}

export function deploymentRow(id: number, createdAt: string, more: Record<string, unknown> = {}) {
  return {
    id,
    sha: SHA.budget,
    ref: "main",
    task: "deploy",
    environment: "production",
    description: null,
    payload: "{}",
    creator: { login: "shipper[bot]", id: 9, type: "Bot", html_url: "https://github.com/apps/shipper" },
    created_at: createdAt,
    updated_at: createdAt,
    repository_url: "https://api.github.com/repos/acme/shop",
    transient_environment: false,
    production_environment: true,
    ...more,
  };
}

export function deploymentsList(rows: readonly unknown[], more: Partial<Exchange> = {}): Exchange {
  return { method: "GET", path: "/repos/acme/shop/deployments", params: { per_page: "100" }, body: rows, ...more };
}

export function statuses(id: number, ...states: readonly (readonly [state: string, at: string])[]): Exchange {
  return {
    method: "GET",
    path: `/repos/acme/shop/deployments/${id}/statuses`,
    body: states.map(([state, at], index) => ({ id: id * 10 + index, state, created_at: at, log_url: "", target_url: "" })),
  };
}

export function notFound(path: string): Exchange {
  return { method: "GET", path, status: 404, body: { message: "Not Found", status: "404" }, repeat: true };
}
