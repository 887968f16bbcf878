import { describe, expect, it } from "vitest";
import { deploymentEvidence } from "../../../connectors/github/deployment-evidence.js";
import { pullEvidence } from "../../../connectors/github/pull-evidence.js";
import { DeploymentRecord, DeploymentStatusRecord, JobRecord, PullRecord, RunRecord } from "../../../connectors/github/records.js";
import { runEvidence } from "../../../connectors/github/run-evidence.js";
import { deploymentRow, jobRow, person, pullNode, runRow, SHA } from "./answers.js";

const place = {
  scope: "acme/shop",
  source: "runs",
  deployWorkflows: ["*deploy*"],
  repository: "Acme/Shop",
  defaultBranch: "main",
  web: "https://github.com",
};
const run = (more: Record<string, unknown> = {}, jobs: readonly unknown[] | null = null) =>
  runEvidence(RunRecord.parse(runRow(5, "2026-03-04T11:00:00Z", more)), jobs?.map((job) => JobRecord.parse(job)) ?? null, place);
const pull = (more: Record<string, unknown> = {}) => pullEvidence(PullRecord.parse(pullNode(890, "2026-03-04T10:40:00Z", more)), place);
const deployment = (states: readonly (readonly [string, string, Record<string, unknown>?])[], more: Record<string, unknown> = {}) =>
  deploymentEvidence(
    DeploymentRecord.parse(deploymentRow(70, "2026-03-04T10:00:00Z", more)),
    states.map(([state, at, extra], id) => DeploymentStatusRecord.parse({ id, state, created_at: at, ...extra })),
    place,
  );

describe("a merged pull request", () => {
  it("is what GitHub said of it, whole", () => {
    expect(
      pull({
        title: "Put the  budget\nback",
        body: "Lost in #871.\n\n@tomw please look.",
        mergedAt: "2026-03-04T11:40:00+01:00",
        headRefOid: SHA.head.toUpperCase(),
      }),
    ).toEqual({
      id: "github-pr:Acme/Shop#890",
      connector: "github",
      source: "runs",
      scope: "acme/shop",
      kind: "github.pull.merged",
      times: [
        { meaning: "merged", at: 1_772_620_800_000_000, precisionMicros: 1_000_000, sourceText: "2026-03-04T11:40:00+01:00" },
        { meaning: "created", at: 1_772_528_400_000_000, precisionMicros: 1_000_000, sourceText: "2026-03-03T09:00:00Z" },
        { meaning: "closed", at: 1_772_620_800_000_000, precisionMicros: 1_000_000, sourceText: "2026-03-04T10:40:00Z" },
      ],
      actor: { connector: "github", id: "ines-k", kind: "person" },
      title: "Put the budget back",
      body: [
        { type: "paragraph", inlines: [{ type: "text", text: "Lost in #871." }] },
        {
          type: "paragraph",
          inlines: [
            { type: "account", connector: "github", account: "tomw" },
            { type: "text", text: " please look." },
          ],
        },
      ],
      url: "https://github.com/acme/shop/pull/890",
      refs: [
        { type: "pull", id: "acme/shop#890", relation: "is" },
        { type: "sha", id: SHA.budget, relation: "is" },
        { type: "sha", id: SHA.head, relation: "of" },
        { type: "pull", id: "acme/shop#871", relation: "mentions" },
      ],
      visibility: "public",
      signals: {},
      payload: {
        number: 890,
        base: "main",
        branch: "topic-890",
        intoDefaultBranch: true,
        mergedBy: "tomw",
        additions: 10,
        deletions: 2,
        changedFiles: 1,
      },
    });
  });

  it("has no actor for a deleted account, and a program for a bot", () => {
    expect(pull({ author: null, mergedBy: null }).actor).toBeNull();
    const bot = pull({ author: { __typename: "Bot", login: "dependabot" } });
    expect([bot.actor, bot.signals]).toEqual([{ connector: "github", id: "dependabot[bot]", kind: "bot" }, { automated: true }]);
    expect(pull({ author: { __typename: "Mannequin", login: "old" } }).actor?.kind).toBe("unknown");
  });

  it("undoes another one, and does not mention it as well", () => {
    const refs = pull({ title: 'Revert "x"', body: "Reverts acme/shop#871", mergeCommit: null, headRefOid: null }).refs;
    expect(refs).toEqual([
      { type: "pull", id: "acme/shop#890", relation: "is" },
      { type: "pull", id: "acme/shop#871", relation: "reverts" },
    ]);
  });
});

describe("an attempt of a run", () => {
  it.each([
    ["completed", "success", "github.run.succeeded", "success"],
    ["completed", "failure", "github.run.failed", "failure"],
    ["completed", "timed_out", "github.run.failed", "failure"],
    ["completed", "startup_failure", "github.run.failed", "failure"],
    ["completed", "cancelled", "github.run.cancelled", "cancelled"],
    ["completed", "skipped", "github.run.skipped", "other"],
    ["completed", "action_required", "github.run.ended", "other"],
    ["completed", "something new", "github.run.ended", "other"],
    ["in_progress", null, "github.run.started", undefined],
    ["queued", null, "github.run.waiting", undefined],
    ["waiting", null, "github.run.waiting", undefined],
  ])("%s, %s", (status, conclusion, kind, outcome) => {
    const evidence = run({ status, conclusion });
    expect([evidence.kind, evidence.signals.outcome]).toEqual([kind, outcome]);
  });

  it("ends with its last job, whatever `updated_at` says, and names what failed", () => {
    const evidence = run(
      { conclusion: "failure", run_attempt: 2, run_started_at: "2026-03-04T11:30:00Z", created_at: "2026-03-04T11:30:02Z" },
      [
        jobRow(1, "carried over", "2026-03-04T11:02:00Z"),
        jobRow(2, "test", "2026-03-04T11:34:30Z", "failure", [{ name: "Run tests", conclusion: "failure" }]),
        jobRow(3, "lint", "2026-03-04T11:31:00Z", "failure"),
      ],
    );
    expect(evidence.times.map((time) => [time.meaning, time.sourceText])).toEqual([
      ["started", "2026-03-04T11:30:00Z"],
      ["finished", "2026-03-04T11:34:30Z"],
      ["updated", "2027-05-01T00:00:00Z"],
    ]);
    expect(evidence.id).toBe("github-run:acme/shop/5/2");
    expect(evidence.url).toBe("https://github.com/acme/shop/actions/runs/5/attempts/2");
    expect(evidence.title).toBe("CI, main at b9d7ad9, push, attempt 2: Put the budget back (#890)");
    expect(JSON.stringify(evidence.body)).toContain("test: Run tests");
  });

  it("is told by servers that lack the newer fields", () => {
    const evidence = run({
      run_attempt: undefined,
      run_started_at: undefined,
      display_title: undefined,
      path: undefined,
      head_branch: null,
      actor: null,
      triggering_actor: null,
    });
    expect(evidence.times.map((time) => time.meaning)).toEqual(["created", "updated"]);
    expect([evidence.id, evidence.title, evidence.actor]).toEqual(["github-run:acme/shop/5/1", "CI, b9d7ad9, push", null]);
  });

  it("names who ran it again, and nobody for a schedule", () => {
    expect(run({ triggering_actor: person("tomw") }).actor?.id).toBe("tomw");
    const scheduled = run({ event: "schedule" });
    expect([scheduled.actor, scheduled.signals.automated]).toEqual([null, true]);
  });

  it.each([
    [{ name: "Deploy staging" }, true],
    [{ name: "Ship it", path: ".github/workflows/deploy.yml@main" }, true],
    [{ name: "Ship it", path: "deploys/ship.yml" }, true],
    [{ name: "CI", path: ".github/workflows/ci.yml" }, undefined],
  ])("%j puts a change into use: %s", (more, deploys) => {
    expect(run(more).signals.deploys).toBe(deploys);
  });

  it("keeps ids beyond 2^53 exact", () => {
    expect(run({ id: 9007199254740993n }).id).toBe("github-run:acme/shop/9007199254740993/1");
  });
});

describe("a deployment", () => {
  it("goes live with its first success, in whatever order its statuses come", () => {
    const evidence = deployment([
      ["inactive", "2026-03-05T00:00:00Z"],
      ["success", "2026-03-04T11:00:00Z"],
      ["success", "2026-03-04T10:04:00Z", { log_url: "https://github.com/acme/shop/actions/runs/5/job/1" }],
      ["failure", "2026-03-04T10:02:00Z"],
    ]);
    expect(evidence.kind).toBe("github.deployment.succeeded");
    expect(evidence.times.map((time) => [time.meaning, time.sourceText])).toEqual([
      ["created", "2026-03-04T10:00:00Z"],
      ["live", "2026-03-04T10:04:00Z"],
      ["failed", "2026-03-04T10:02:00Z"],
    ]);
    expect(evidence.url).toBe("https://github.com/acme/shop/actions/runs/5/job/1");
    expect(evidence.refs).toContainEqual({ type: "tag", id: "environment:production", relation: "of" });
    expect(evidence.signals).toEqual({ deploys: true, outcome: "success", automated: true });
    expect(evidence.payload.states).toEqual(["failure", "success", "success"]);
  });

  it.each([
    [[["error", "2026-03-04T10:02:00Z"]], "github.deployment.failed", "failure"],
    [[["in_progress", "2026-03-04T10:02:00Z"]], "github.deployment.started", undefined],
    [[], "github.deployment.started", undefined],
  ] as const)("%j", (states, kind, outcome) => {
    const evidence = deployment(states);
    expect([evidence.kind, evidence.signals.outcome]).toEqual([kind, outcome]);
    expect(evidence.url).toBe("https://github.com/acme/shop/deployments");
  });
});
