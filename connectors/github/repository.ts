import type { ScopePlan, SourceContext, WantedSpan } from "../../src/contract/connector.js";
import type { GithubConfig } from "./config.js";

/** One scope a repository, as the config writes it. */
export function repositoryScopes(context: SourceContext<GithubConfig>, wanted: readonly WantedSpan[]): ScopePlan[] {
  return context.config.repos.map((repo) => ({ scope: repo, name: repo, wanted: wanted.filter((span) => span.from < span.until) }));
}

export function changeSpan(context: Pick<SourceContext<GithubConfig>, "window">): WantedSpan {
  return { ...context.window.spans.change, purpose: "window" };
}

export function changeLookBack(context: Pick<SourceContext<GithubConfig>, "window">): WantedSpan {
  return { ...context.window.changeLookBack, purpose: "lookback" };
}

/** `acme/shop` as the parameters of a route. */
export function ownerAndRepo(name: string): { owner: string; repo: string } {
  const [owner = "", repo = ""] = name.split("/");
  return { owner, repo };
}
