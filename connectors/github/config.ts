import { z } from "zod";
import { secret, type Secret } from "../../src/contract/secret.js";
import { parseDuration, type DurationMicros } from "../../src/kit/duration.js";
import { AttachSection } from "./attach/config.js";

/** What GitHub allows in the names of owners and repositories, with the slash between them. */
const REPOSITORY = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,99})\/[A-Za-z0-9._-]{1,100}$/;

const NoticeSection = z
  .strictObject({
    repos: z
      .array(z.string().regex(REPOSITORY, 'expected "owner/name"'))
      .superRefine(areDistinct)
      .default([])
      .describe('Repositories whose labelled issues are incidents, as "owner/name"'),
    label: z
      .string()
      .min(1)
      .max(50)
      .regex(/^[^,\p{C}]+$/u, "expected a label without a comma")
      .default("incident")
      .describe("Their label"),
    severityPrefix: z.string().min(1).max(50).default("severity:").describe("Labels that tell the severity begin so: severity:SEV1"),
    servicePrefix: z
      .string()
      .min(1)
      .max(50)
      .default("service:")
      .describe("Labels that name services of this config begin so: service:checkout"),
  })
  .prefault({});

/** The section as it is written. */
export const GithubSection = z.strictObject({
  token: secret("GITHUB_TOKEN", "Token that may read pull requests, contents, actions and deployments of the repositories"),
  apiUrl: z
    .url({ protocol: /^https?$/ })
    .default("https://api.github.com")
    .describe("Base URL of the REST API; for GitHub Enterprise Server https://HOST/api/v3"),
  repos: z
    .array(z.string().regex(REPOSITORY, 'expected "owner/name"'))
    .superRefine(areDistinct)
    .default([])
    .describe('Repositories to read, as "owner/name"'),
  deployWorkflows: z
    .array(z.string().min(1).max(200))
    .default(["*deploy*", "*release*", "*rollout*"])
    .describe("Workflows that put a change into use, by name or path; * stands for anything, case does not count"),
  environments: z
    .array(z.string().min(1).max(255))
    .default([])
    .describe("Environments whose deployments are read, by name; * stands for anything; none: all of them"),
  runLookBack: z
    .string()
    .refine((text) => parseDuration(text) !== null, 'expected a duration such as "P7D" or "12h"')
    .default("P7D")
    .describe("How old a workflow run may be whose re-runs are looked for"),
  notice: NoticeSection.describe("Issues that tell of incidents, for `timeline watch`. Nothing is noticed where no repository is named"),
  attach: AttachSection.describe("Where the draft is attached. Nothing is written where nothing is named"),
});

/** The section as it runs: the secret is resolved. */
export type GithubConfig = Omit<z.output<typeof GithubSection>, "token"> & { readonly token: Secret };

export function isRepository(name: string): boolean {
  return REPOSITORY.test(name);
}

/** Without a slash at its end. */
export function apiBase(config: Pick<GithubConfig, "apiUrl">): string {
  return config.apiUrl.replace(/\/$/, "");
}

/**
 * Where people look: `api.github.com` and `api.SUBDOMAIN.ghe.com` without the `api.`, a GitHub Enterprise Server at its
 * own host.
 */
export function webBase(config: Pick<GithubConfig, "apiUrl">): string {
  const { protocol, host } = new URL(config.apiUrl);
  return `${protocol}//${isVendorHost(host) ? host.replace(/^api\./, "") : host}`;
}

export function isVendorHost(host: string): boolean {
  return host === "api.github.com" || host === "github.com" || host.endsWith(".ghe.com");
}

export function runLookBack(config: Pick<GithubConfig, "runLookBack">): DurationMicros {
  return parseDuration(config.runLookBack) ?? 0;
}

function areDistinct(repos: readonly string[], context: z.core.$RefinementCtx): void {
  const seen = new Set<string>();
  repos.forEach((repo, index) => {
    const key = repo.toLowerCase();
    if (seen.has(key))
      context.addIssue({ code: "custom", path: [index], message: `expected repositories that differ, got "${repo}" twice` });
    seen.add(key);
  });
}
