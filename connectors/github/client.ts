import type { SourceContext } from "../../src/contract/connector.js";
import { SourceError } from "../../src/kit/errors.js";
import { wireErrorOf } from "../../src/kit/wire/wire-error-of.js";
import { apiBase, type GithubConfig } from "./config.js";

/** Newer versions drop fields; an unknown one is refused with 400. Source: "API Versions", docs.github.com/rest. */
const API_VERSION = "2022-11-28";

export interface Answer {
  readonly status: number;
  /** Unchecked: Octokit gives text where the body was no JSON, and BigInt for large numbers. */
  readonly data: unknown;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

export interface GithubClient {
  /**
   * A GET of the REST API, `{owner}` and the like filled in from `parameters`. 409, which an empty repository answers,
   * is handed on with its status.
   * @throws {SourceError} `stop` for a refused token, `skip` for what may not be read, `retry` for an outage.
   */
  get(route: string, parameters: Readonly<Record<string, string | number>>): Promise<Answer>;
  /** What changes something, with a body of `parameters`. @throws {SourceError} */
  send(method: "POST" | "PATCH", route: string, parameters: Readonly<Record<string, string | number>>): Promise<Answer>;
  /** A GraphQL query. Its errors are in `data`, with status 200. */
  graphql(query: string, variables: Readonly<Record<string, string | null>>): Promise<Answer>;
}

type ClientContext = Pick<SourceContext<GithubConfig>, "config" | "fetch" | "signal">;

/** Octokit over our own wire: it retries nothing, waits for nothing and logs nothing. Loaded when first needed. */
export async function connect(context: ClientContext): Promise<GithubClient> {
  const { Octokit } = await import("@octokit/rest");
  const silent = () => {};
  const octokit = new Octokit({
    auth: context.config.token.reveal(),
    baseUrl: apiBase(context.config),
    userAgent: "incident-timeline",
    request: { fetch: context.fetch },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const send = async (options: { method: "GET" | "POST" | "PATCH"; url: string; [parameter: string]: unknown }): Promise<Answer> => {
    context.signal.throwIfAborted();
    try {
      return await octokit.request({ ...options, headers: { "x-github-api-version": API_VERSION } });
    } catch (error) {
      context.signal.throwIfAborted();
      return answerOf(error);
    }
  };
  return {
    get: (route, parameters) => send({ method: "GET", url: route, ...parameters }),
    send: (method, route, parameters) => send({ method, url: route, ...parameters }),
    graphql: (query, variables) => send({ method: "POST", url: graphqlUrl(apiBase(context.config)), query, variables }),
  };
}

/** Octokit's own rule: GitHub Enterprise Server has GraphQL beside the versioned path. */
function graphqlUrl(base: string): string {
  return base.endsWith("/api/v3") ? base.replace(/\/v3$/, "/graphql") : `${base}/graphql`;
}

/** What Octokit threw, as an answer where callers know better what it means, else as an error with what to do. */
function answerOf(error: unknown): Answer {
  const broken = wireErrorOf(error);
  if (broken) throw new SourceError(broken.message, { connector: "github", action: "retry", reason: broken.reason, cause: error });
  const response = responseOf(error);
  if (response === null)
    throw new SourceError("GitHub could not be reached", { connector: "github", action: "retry", reason: "unavailable", cause: error });
  if (response.status === 409) return response;
  throw refusal(response, error);
}

function refusal({ status, headers }: Answer, cause: unknown): SourceError {
  const permission = headers["x-accepted-github-permissions"];
  const shared = { connector: "github", cause } as const;
  if (status === 401)
    return new SourceError("GitHub refused the token (401)", {
      ...shared,
      action: "stop",
      reason: "forbidden",
      id: "GITHUB_TOKEN_REFUSED",
      hint: "Put a token that is valid into the variable named by github.token.",
    });
  if (status === 403)
    return new SourceError("GitHub does not let this token read it (403)", {
      ...shared,
      action: "skip",
      reason: "forbidden",
      id: "GITHUB_FORBIDDEN",
      hint: forbiddenHint(headers["x-github-sso"] !== undefined, permission),
    });
  if (status === 404)
    return new SourceError("GitHub does not know it, or the token has no access to it (404)", {
      ...shared,
      action: "skip",
      reason: "not found",
      id: "GITHUB_NOT_FOUND",
      hint: "Check the spelling in github.repos, and that the token may read this repository.",
    });
  if (status === 410) return new SourceError("GitHub no longer has it (410)", { ...shared, action: "skip", reason: "expired" });
  if (status === 451)
    return new SourceError("GitHub withholds it for legal reasons (451)", { ...shared, action: "skip", reason: "forbidden" });
  if (status === 422) return new SourceError("GitHub refused the question (422)", { ...shared, action: "skip", reason: "not found" });
  return new SourceError(`GitHub answered with status ${status}`, { ...shared, action: "retry", reason: "unavailable" });
}

function forbiddenHint(needsSso: boolean, permission: string | number | undefined): string {
  if (needsSso) return "Authorize the token for the single sign-on of the organisation.";
  const named = /^[a-z_=;, ]{1,200}$/.test(String(permission ?? "")) ? ` (${permission})` : "";
  return `Give the token the permission that is missing${named}: read access to pull requests, contents, actions and deployments.`;
}

/** The shape of Octokit's RequestError. A failed request without an answer has none. */
function responseOf(error: unknown): Answer | null {
  const response: unknown = typeof error === "object" && error !== null && "response" in error ? error.response : null;
  return typeof response === "object" && response !== null && "status" in response && "headers" in response ? (response as Answer) : null;
}
