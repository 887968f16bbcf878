import type { Block } from "../../src/contract/rich-text.js";
import type { AccountRef, Evidence, JsonObject, Signals } from "../../src/contract/evidence.js";
import { fromIso } from "../../src/kit/instant.js";
import { paragraph } from "../../src/kit/rich-text.js";
import { oneLine } from "../../src/kit/text.js";
import { fitsAny } from "../../src/kit/glob.js";
import type { Kind } from "./kinds.js";
import { accountOf, distinctRefs, observed, pullRef, shaRef, webUrl } from "./observed.js";
import type { JobRecord, RunRecord } from "./records.js";

export interface RunPlace {
  readonly source: string;
  readonly scope: string;
  readonly deployWorkflows: readonly string[];
}

const FAILED = new Set(["failure", "timed_out", "startup_failure"]);

/**
 * One attempt of a run. Its end is the end of its last job: `updated_at` moves when logs expire, a year later too. `jobs`
 * is null where they were not asked. Pure.
 */
export function runEvidence(run: RunRecord, jobs: readonly JobRecord[] | null, place: RunPlace): Evidence {
  const repository = run.repository?.full_name ?? place.scope;
  const attempt = run.run_attempt ?? 1;
  const actor = actorOf(run);
  return {
    id: `github-run:${repository}/${run.id}/${attempt}`,
    connector: "github",
    source: place.source,
    scope: place.scope,
    kind: kindOf(run),
    times: [
      ...observed("started", run.run_started_at),
      ...(attempt === 1 ? observed("created", run.created_at) : []),
      ...finished(run, jobs ?? []),
      ...observed("updated", run.updated_at),
    ],
    actor,
    title: titleOf(run, attempt),
    body: failuresOf(jobs ?? []),
    url: attemptUrl(run, attempt),
    refs: distinctRefs([
      { type: "run", id: `${repository}/${run.id}`.toLowerCase(), relation: "is" },
      shaRef(run.head_sha, "of"),
      ...(run.pull_requests ?? []).map(({ number }) => pullRef(repository, number, "of")),
    ]),
    visibility: "public",
    signals: signalsOf(run, actor, place.deployWorkflows),
    payload: payloadOf(run, attempt),
  };
}

export function isCompleted(run: RunRecord): boolean {
  return run.status === "completed" || (run.conclusion ?? null) !== null;
}

export function hasFailed(run: RunRecord): boolean {
  return FAILED.has(run.conclusion ?? "");
}

/** Whether its workflow puts a change into use, by name, path or file. `path` may end in `@ref`. */
export function isDeploy(run: Pick<RunRecord, "name" | "path">, deployWorkflows: readonly string[]): boolean {
  const path = (run.path ?? "").split("@")[0]!;
  return [run.name ?? "", path, path.split("/").at(-1)!].some((text) => text !== "" && fitsAny(deployWorkflows, text));
}

/** A schedule has no one who acted: GitHub names who last changed the workflow. */
export function actorOf(run: RunRecord): AccountRef | null {
  return run.event === "schedule" && (run.run_attempt ?? 1) === 1 ? null : accountOf(run.triggering_actor ?? run.actor);
}

function kindOf(run: RunRecord): Kind {
  if (!isCompleted(run)) return run.status === "in_progress" ? "github.run.started" : "github.run.waiting";
  if (hasFailed(run)) return "github.run.failed";
  switch (run.conclusion) {
    case "success":
      return "github.run.succeeded";
    case "cancelled":
      return "github.run.cancelled";
    case "skipped":
      return "github.run.skipped";
    default:
      return "github.run.ended";
  }
}

function signalsOf(run: RunRecord, actor: AccountRef | null, deployWorkflows: readonly string[]): Signals {
  return {
    ...(isCompleted(run) ? { outcome: outcomeOf(run) } : {}),
    ...(isDeploy(run, deployWorkflows) ? { deploys: true as const } : {}),
    ...(actor?.kind === "bot" || run.event === "schedule" ? { automated: true as const } : {}),
  };
}

function outcomeOf(run: RunRecord): NonNullable<Signals["outcome"]> {
  if (hasFailed(run)) return "failure";
  return run.conclusion === "success" ? "success" : run.conclusion === "cancelled" ? "cancelled" : "other";
}

/** `Deploy, main at b9d7ad9, push, attempt 2: Put the budget back (#890)` */
function titleOf(run: RunRecord, attempt: number): string {
  const workflow = run.name ?? (run.path ?? "").split("@")[0]!.split("/").at(-1)!;
  const where = run.head_branch ? `${run.head_branch} at ${run.head_sha.slice(0, 7)}` : run.head_sha.slice(0, 7);
  const parts = [workflow === "" ? "workflow" : workflow, where, run.event ?? "", attempt > 1 ? `attempt ${attempt}` : ""];
  const said = run.display_title && run.display_title !== run.name ? `: ${run.display_title}` : "";
  return oneLine(parts.filter((part) => part !== "").join(", ") + said);
}

/** Which jobs failed, and at which step: what a reader opens the run for. */
function failuresOf(jobs: readonly JobRecord[]): Block[] {
  const failed = jobs.filter((job) => FAILED.has(job.conclusion ?? ""));
  if (failed.length === 0) return [];
  const items = failed.map((job) => {
    const steps = (job.steps ?? []).filter((step) => FAILED.has(step.conclusion ?? "")).map((step) => step.name);
    return [{ type: "text" as const, text: oneLine(steps.length === 0 ? job.name : `${job.name}: ${steps.join(", ")}`) }];
  });
  return [paragraph([{ type: "text", text: "Failed jobs:" }]), { type: "list", ordered: false, indent: 0, start: 1, items }];
}

/** A job carried over from an earlier attempt ended before this one began, and says nothing of its end. */
function finished(run: RunRecord, jobs: readonly JobRecord[]) {
  if (!isCompleted(run)) return [];
  const started = fromIso(run.run_started_at ?? run.created_at) ?? 0;
  const ends = jobs
    .flatMap((job) => observed("finished", job.completed_at))
    .filter((time) => time.at !== null && time.at >= started)
    .sort((a, b) => a.at! - b.at!);
  return ends.slice(-1);
}

function attemptUrl(run: RunRecord, attempt: number): string | null {
  const url = webUrl(run.html_url);
  return url === null || attempt === 1 || url.includes("/attempts/") ? url : `${url}/attempts/${attempt}`;
}

function payloadOf(run: RunRecord, attempt: number): JsonObject {
  return {
    run: run.id,
    attempt,
    number: run.run_number ?? null,
    workflow: run.name ?? null,
    path: run.path ?? null,
    branch: run.head_branch ?? null,
    event: run.event ?? null,
    status: run.status ?? null,
    conclusion: run.conclusion ?? null,
  };
}
