import type { DiagnoseContext, Diagnosis } from "../../src/contract/connector.js";
import { SourceError } from "../../src/kit/errors.js";
import { connect, type Answer, type GithubClient } from "./client.js";
import type { GithubConfig } from "./config.js";
import { ownerAndRepo } from "./repository.js";

/**
 * Classic tokens say their scopes (`x-oauth-scopes`); fine-grained ones do not, so that each repository is asked for.
 * Source: "Get a repository", GET /repos/{owner}/{repo}; "Get the authenticated user", GET /user.
 */
export async function diagnose(context: DiagnoseContext<GithubConfig>): Promise<Diagnosis> {
  const client = await connect(context);
  const user = await orRefused(() => client.get("/user", {}));
  const missing: { scope: string; without: string }[] = [];
  for (const repo of context.config.repos) {
    const refused = await readable(client, repo);
    if (refused !== null) missing.push({ scope: `read access to ${repo}`, without: refused });
  }
  const login: unknown = typeof user?.data === "object" && user.data !== null && "login" in user.data ? user.data.login : null;
  return {
    who: typeof login === "string" ? login : null,
    granted: scopesOf(user),
    missing,
    notes: context.config.repos.length === 0 ? ["no repository is named: nothing would be read"] : [],
  };
}

/** null: it can be read; else what GitHub said. */
async function readable(client: GithubClient, repo: string): Promise<string | null> {
  try {
    await client.get("/repos/{owner}/{repo}", ownerAndRepo(repo));
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
