import type { DiagnoseContext, Diagnosis } from "../../src/contract/connector.js";
import { SourceError } from "../../src/kit/errors.js";
import { shorten } from "../../src/kit/text.js";
import { connect, type Answer, type GithubClient } from "./client.js";
import type { GithubConfig } from "./config.js";
import { ownerAndRepo } from "./repository.js";

const LONGEST_LIST = 300;
/** What the sources ask of a repository, and the permission that each needs. */
const ASKED = [
  ["/repos/{owner}/{repo}/actions/runs", "Actions: read", "no workflow run"],
  ["/repos/{owner}/{repo}/deployments", "Deployments: read", "no deployment"],
] as const;

type Missing = Diagnosis["missing"][number];

/**
 * Classic tokens say their scopes (`x-oauth-scopes`); fine-grained ones do not, so that each repository is asked for.
 * Source: "Get a repository", GET /repos/{owner}/{repo}; "Get the authenticated user", GET /user.
 */
export async function diagnose(context: DiagnoseContext<GithubConfig>): Promise<Diagnosis> {
  const client = await connect(context);
  const { repos } = context.config;
  const user = await orRefused(() => client.get("/user", {}));
  const missing: Missing[] = [];
  let known: Answer | null = user;
  for (const repo of repos) {
    const refused = await refusalOf(() => client.get("/repos/{owner}/{repo}", ownerAndRepo(repo)));
    if (refused === null) missing.push(...(await missingIn(client, repo)));
    else missing.push({ scope: `read access to ${repo}`, without: refused });
  }
  known ??= repos.length === 0 ? null : await orRefused(() => client.get("/rate_limit", {}));
  const login: unknown = typeof user?.data === "object" && user.data !== null && "login" in user.data ? user.data.login : null;
  return {
    who: typeof login === "string" ? login : null,
    granted: scopesOf(user),
    missing,
    notes: repos.length === 0 ? ["no repository is named: nothing would be read"] : [],
    reads:
      repos.length === 0
        ? []
        : [shorten(`pull requests, runs and deployments of ${counted(repos.length)}: ${repos.join(", ")}`, LONGEST_LIST)],
    limits: limitsOf(known),
  };
}

async function missingIn(client: GithubClient, repo: string): Promise<Missing[]> {
  const missing: Missing[] = [];
  for (const [route, permission, what] of ASKED) {
    const refused = await refusalOf(() => client.get(route, { ...ownerAndRepo(repo), per_page: 1 }));
    if (refused !== null) missing.push({ scope: `${permission}, of ${repo}`, without: `${what} of it can be read: ${refused}` });
  }
  return missing;
}

/** null: it can be read; else what GitHub said. */
async function refusalOf(ask: () => Promise<Answer>): Promise<string | null> {
  try {
    await ask();
    return null;
  } catch (error) {
    if (error instanceof SourceError && error.action === "skip") return `${error.message}. ${error.hint ?? ""}`.trim();
    throw error;
  }
}

/** An app's token has no user: that is no fault of it. */
async function orRefused(ask: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof SourceError && error.action === "skip") return null;
    throw error;
  }
}

/** Servers of one's own may have none. */
function limitsOf(answer: Answer | null): string[] {
  const [limit, left] = [answer?.headers["x-ratelimit-limit"], answer?.headers["x-ratelimit-remaining"]].map(Number);
  if (!Number.isFinite(limit) || !Number.isFinite(left)) return [];
  return [`${limit!.toLocaleString("en")} requests an hour, ${left!.toLocaleString("en")} of them left; 900 a minute`];
}

function scopesOf(answer: Answer | null): readonly string[] | null {
  const header = answer?.headers["x-oauth-scopes"];
  return typeof header === "string"
    ? header
        .split(",")
        .map((scope) => scope.trim())
        .filter((scope) => scope !== "")
        .sort()
    : null;
}

function counted(count: number): string {
  return count === 1 ? "1 repository" : `${count} repositories`;
}
