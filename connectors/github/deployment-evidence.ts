import type { Evidence, ObservedTime } from "../../src/contract/evidence.js";
import { fromIso } from "../../src/kit/instant.js";
import { plain } from "../../src/kit/rich-text.js";
import { oneLine } from "../../src/kit/text.js";
import { accountOf, observed, shaRef, webUrl } from "./observed.js";
import type { DeploymentRecord, DeploymentStatusRecord } from "./records.js";

export interface DeploymentPlace {
  readonly source: string;
  readonly scope: string;
  /** Where people look: `https://github.com`. */
  readonly web: string;
}

/**
 * One deployment with its statuses, in any order. It went live with its first success, and not when it was created;
 * `inactive` comes by itself when a later one takes its place. Pure.
 */
export function deploymentEvidence(
  deployment: DeploymentRecord,
  statuses: readonly DeploymentStatusRecord[],
  place: DeploymentPlace,
): Evidence {
  const repository = repositoryOf(deployment) ?? place.scope;
  const actor = accountOf(deployment.creator);
  const ordered = [...statuses].sort((a, b) => (fromIso(a.created_at) ?? 0) - (fromIso(b.created_at) ?? 0));
  const live = ordered.find((status) => status.state === "success");
  const failed = ordered.find((status) => status.state === "failure" || status.state === "error");
  const outcome = live ? "success" : failed ? "failure" : null;
  return {
    id: `github-deployment:${repository}/${deployment.id}`,
    connector: "github",
    source: place.source,
    scope: place.scope,
    kind: live ? "github.deployment.succeeded" : failed ? "github.deployment.failed" : "github.deployment.started",
    times: [...observed("created", deployment.created_at), ...timeOf("live", live), ...timeOf("failed", failed)],
    actor,
    title: oneLine(`Deployment to ${deployment.environment}`),
    body: plain(deployment.description ?? ""),
    url: webUrl((live ?? failed)?.log_url) ?? webUrl((live ?? failed)?.target_url) ?? `${place.web}/${repository}/deployments`,
    refs: [
      { type: "deployment", id: `${repository}/${deployment.id}`.toLowerCase(), relation: "is" },
      shaRef(deployment.sha, "of"),
      { type: "tag", id: `environment:${deployment.environment}`.toLowerCase(), relation: "of" },
    ],
    visibility: "public",
    signals: { deploys: true, ...(outcome === null ? {} : { outcome }), ...(actor?.kind === "bot" ? { automated: true as const } : {}) },
    payload: {
      deployment: deployment.id,
      environment: deployment.environment,
      ref: deployment.ref ?? null,
      task: deployment.task ?? null,
      production: deployment.production_environment ?? null,
      states: ordered.map((status) => status.state).filter((state) => state !== "inactive"),
    },
  };
}

function timeOf(meaning: string, status: DeploymentStatusRecord | undefined): ObservedTime[] {
  return observed(meaning, status?.created_at);
}

/** The record names its repository only by the URL of the API. */
function repositoryOf({ repository_url: url }: DeploymentRecord): string | null {
  const match = /\/repos\/([^/]+\/[^/]+)$/.exec(url ?? "");
  return match?.[1] ?? null;
}
