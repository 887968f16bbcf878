import { Secret } from "../../../src/contract/secret.js";
import { fromIso } from "../../../src/kit/instant.js";
import type { Exchange } from "../../../src/contract/testing/replay.js";
import { windowOf, type Scenario } from "../../../src/contract/testing/collect-scenario.js";
import {
  attempt,
  author,
  deploymentRow,
  deploymentsList,
  jobRow,
  jobs,
  notFound,
  person,
  pullNode,
  runRow,
  runsList,
  search,
  searchBody,
  SHA,
  statuses,
} from "./answers.js";

const token = "ghp_madeUpTokenOfTheScenario0000000000";

export const config = {
  token: new Secret(token),
  apiUrl: "https://api.github.com",
  repos: ["acme/shop", "acme/gone"],
  deployWorkflows: ["*deploy*", "*release*", "*rollout*"],
  environments: [],
  attach: { issue: false },
  notice: { repos: [], label: "incident", severityPrefix: "severity:", servicePrefix: "service:" },
  runLookBack: "P1D",
};

const unknown = {
  data: { repository: null, search: { issueCount: 0, pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] } },
  errors: [{ type: "NOT_FOUND", path: ["repository"], message: "Could not resolve to a Repository with the name 'acme/gone'." }],
};

/** The window has more than a page in it: three slices of 80 minutes instead, newest first. */
const pullExchanges: Exchange[] = [
  search("2026-03-04T10:00:00Z", "2026-03-04T13:59:59Z", searchBody([], { count: 150, next: "Y3Vyc29yOjEwMA==" })),
  search(
    "2026-03-04T12:40:00Z",
    "2026-03-04T13:59:59Z",
    searchBody([
      pullNode(893, "2026-03-04T13:10:00Z", {
        title: 'Revert "Put the budget back"',
        body: "Reverts acme/shop#890\n\nSee also #881 and https://github.com/acme/rules/pull/7.",
        headRefName: "revert-890-budget",
        mergeCommit: { oid: SHA.undo },
      }),
      pullNode(892, "2026-03-04T12:50:00Z", { author: { __typename: "Bot", login: "dependabot" }, mergedBy: null, mergeCommit: null }),
    ]),
  ),
  search("2026-03-04T11:20:00Z", "2026-03-04T12:39:59Z", searchBody([pullNode(891, "2026-03-04T12:00:00Z", { title: null })])),
  search(
    "2026-03-04T10:00:00Z",
    "2026-03-04T11:19:59Z",
    searchBody([
      pullNode(890, "2026-03-04T11:40:00+01:00", { body: "<!-- template -->\nLost in #871.", author: author("Ines-K", "Ines Kahler") }),
    ]),
  ),
  search("2026-03-03T10:00:00Z", "2026-03-04T09:59:59Z", searchBody([pullNode(871, "2026-03-03T17:00:00Z", { author: null })])),
  search("2026-03-04T10:00:00Z", "2026-03-04T13:59:59Z", unknown, { repository: "acme/gone" }),
  search("2026-03-03T10:00:00Z", "2026-03-04T09:59:59Z", unknown, { repository: "acme/gone" }),
];

const failedSteps = [
  { name: "Set up job", conclusion: "success" },
  { name: "Run tests", conclusion: "failure" },
];

const runExchanges: Exchange[] = [
  // By creation, the second page from the oldest run of the first.
  runsList(
    "2026-03-04T09:58:00Z",
    "2026-03-04T13:59:59Z",
    [
      runRow(503, "2026-03-04T12:30:00Z", { name: "Deploy", path: ".github/workflows/deploy.yml" }),
      runRow(502, "2026-03-04T11:00:00Z", { run_attempt: 2 }),
    ],
    4,
  ),
  jobs(503, 1, [jobRow(1, "deploy", "2026-03-04T12:41:07Z")]),
  attempt(502, 1, runRow(502, "2026-03-04T11:00:00Z", { conclusion: "failure" })),
  jobs(502, 1, [jobRow(2, "build", "2026-03-04T11:02:00Z"), jobRow(3, "test", "2026-03-04T11:04:30Z", "failure", failedSteps)]),
  runsList(
    "2026-03-04T09:58:00Z",
    "2026-03-04T11:00:00Z",
    [
      runRow(502, "2026-03-04T11:00:00Z", { run_attempt: 2 }),
      runRow(501, "2026-03-04T10:30:00Z", { head_sha: 12 }),
      runRow(500, "2026-03-04T09:59:00Z", { event: "schedule" }),
    ],
    3,
  ),
  // For re-runs: the same, a day further back.
  runsList("2026-03-03T10:00:00Z", "2026-03-04T13:59:59Z", [
    runRow(502, "2026-03-04T11:00:00Z", { run_attempt: 2, run_started_at: "2026-03-04T11:30:00Z" }),
    runRow(490, "2026-03-03T20:00:00Z", { run_attempt: 3, run_started_at: "2026-03-04T10:05:00Z" }),
  ]),
  attempt(502, 2, runRow(502, "2026-03-04T11:30:02Z", { run_attempt: 2, run_started_at: "2026-03-04T11:30:00Z" })),
  attempt(
    490,
    3,
    runRow(490, "2026-03-04T10:05:01Z", {
      run_attempt: 3,
      run_started_at: "2026-03-04T10:05:00Z",
      conclusion: "timed_out",
      triggering_actor: person("tomw"),
    }),
  ),
  attempt(490, 2, runRow(490, "2026-03-03T21:00:00Z", { run_attempt: 2, run_started_at: "2026-03-03T21:00:00Z", conclusion: "failure" })),
  jobs(490, 3, [jobRow(4, "test", "2026-03-04T10:35:00Z", "timed_out")]),
];

/** Asked once for the window and once for the look-back. */
const deploymentPages = [
  deploymentsList(
    [
      deploymentRow(74, "2026-03-04T15:00:00Z"),
      deploymentRow(73, "2026-03-04T13:20:00Z", { description: "Undo the budget", sha: SHA.undo }),
      { ...deploymentRow(72, "2026-03-04T13:00:00Z"), environment: 5 },
    ],
    { headers: { link: '<https://api.github.com/repositories/1/deployments?page=2>; rel="next"' } },
  ),
  deploymentsList(
    [deploymentRow(71, "2026-03-04T09:58:00Z"), deploymentRow(60, "2026-01-04T08:00:00Z", { environment: "canary", sha: SHA.old })],
    {
      params: { per_page: "100", page: "2" },
    },
  ),
];

const deploymentExchanges: Exchange[] = [
  ...deploymentPages,
  ...deploymentPages.map((page) => ({ ...page })),
  statuses(73, ["inactive", "2026-03-04T16:00:00Z"], ["failure", "2026-03-04T13:24:00Z"], ["in_progress", "2026-03-04T13:20:10Z"]),
  statuses(71, ["success", "2026-03-04T10:03:00Z"], ["pending", "2026-03-04T09:58:00Z"]),
  statuses(71, ["success", "2026-03-04T10:03:00Z"], ["pending", "2026-03-04T09:58:00Z"]),
  statuses(60, ["success", "2026-01-04T08:05:00Z"]),
];

const commitExchanges: Exchange[] = [
  {
    method: "GET",
    path: `/repos/acme/shop/commits/${SHA.head}`,
    body: { sha: SHA.head, author: person("Ines-K"), commit: { author: { name: "Ines", email: "Ines.Kahler@acme.example" } } },
  },
];

export const scenarios: readonly (Scenario & {
  readonly expect: { readonly evidenceIds: string[]; readonly gaps: { readonly scope: string; readonly reason: string }[] };
})[] = [
  {
    name: "a morning with a budget that was lost",
    config,
    window: windowOf("2026-03-04T10:00:00Z", "2026-03-04T14:00:00Z", { lookBackDays: 1 }),
    now: fromIso("2026-03-05T08:00:00Z")!,
    exchanges: [
      ...pullExchanges,
      ...runExchanges,
      ...deploymentExchanges,
      ...commitExchanges,
      notFound("/repos/acme/gone/actions/runs"),
      notFound("/repos/acme/gone/deployments"),
    ],
    expect: {
      evidenceIds: [
        "github-deployment:acme/shop/60",
        "github-deployment:acme/shop/71",
        "github-deployment:acme/shop/73",
        "github-pr:acme/shop#871",
        "github-pr:acme/shop#890",
        "github-pr:acme/shop#892",
        "github-pr:acme/shop#893",
        "github-run:acme/shop/490/3",
        "github-run:acme/shop/502/1",
        "github-run:acme/shop/502/2",
        "github-run:acme/shop/503/1",
      ],
      gaps: [
        // A pull request, a run and a deployment.
        { scope: "acme/shop", reason: "malformed" },
        { scope: "acme/shop", reason: "malformed" },
        { scope: "acme/shop", reason: "malformed" },
        { scope: "acme/gone", reason: "not found" },
        { scope: "acme/gone", reason: "not found" },
        { scope: "acme/gone", reason: "not found" },
        { scope: "acme/gone", reason: "not found" },
        { scope: "acme/gone", reason: "not found" },
        { scope: "acme/gone", reason: "not found" },
      ],
    },
  },
];
