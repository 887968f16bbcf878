import type { SourceContext } from "../../src/contract/connector.js";
import { SourceError } from "../../src/kit/errors.js";
import { wireErrorOf } from "../../src/kit/wire/wire-error-of.js";
import type { SlackConfig } from "./config.js";
import { refusal } from "./errors.js";

export type Answer = Readonly<Record<string, unknown>>;
export type Arguments = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a call needs of its surroundings. */
export type Reach = Pick<SourceContext<SlackConfig>, "config" | "fetch" | "signal">;

/** The logger of the vendor's client writes to standard output, which carries results. */
const silent = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  setName: () => {},
  getLevel: () => "error" as never,
};

/**
 * Calls one method of the Web API. The client's own retries, waits and time-outs are off: the wire has one policy.
 * @throws {SourceError} see `errors.ts`; its message holds neither text nor token.
 */
export async function call(method: string, args: Arguments, reach: Reach): Promise<Answer> {
  reach.signal.throwIfAborted();
  const token = reach.config.token;
  if (token === null) throw refusal(method, "not_authed", null, undefined);
  // Loaded with the first call: a command that does not read Slack does not pay for it.
  const { WebClient } = await import("@slack/web-api");
  const client = new WebClient(token.reveal(), {
    slackApiUrl: reach.config.apiUrl,
    fetch: (url, init) => reach.fetch(url, init),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: silent,
  });
  try {
    return (await client.apiCall(method, args)) as unknown as Answer;
  } catch (error) {
    if (reach.signal.aborted) throw reach.signal.reason;
    throw failure(method, error);
  }
}

function failure(method: string, error: unknown): SourceError {
  const wire = wireErrorOf(error);
  if (wire) return unreachable(`Slack gave no answer to ${method}`, wire.reason, error);
  const data: unknown = error instanceof Error && "data" in error ? error.data : undefined;
  if (typeof data === "object" && data !== null && "error" in data && typeof data.error === "string") {
    const needed = "needed" in data && typeof data.needed === "string" ? data.needed : null;
    return refusal(method, data.error, needed, error);
  }
  if (error instanceof Error && "statusCode" in error) {
    // Without the error itself, which carries the body and all headers.
    return unreachable(`Slack answered ${method} with status ${Number(error.statusCode)}`, "unavailable", undefined);
  }
  const limited = error instanceof Error && "retryAfter" in error;
  return unreachable(`Slack gave no answer to ${method}`, limited ? "rate limited" : "unavailable", error);
}

function unreachable(message: string, reason: "unavailable" | "rate limited" | "malformed", cause: unknown): SourceError {
  return new SourceError(message, {
    connector: "slack",
    action: "retry",
    reason,
    hint: "Build again later: what was read is kept.",
    cause,
  });
}
