import { SourceError } from "../../src/kit/errors.js";
import { oneLine, shorten } from "../../src/kit/text.js";
import type { WireError } from "../../src/kit/wire/types.js";

const CONNECTOR = "datadog";

/** What is read, and the scope of the application key that lets it be read. */
export interface Asked {
  readonly what: "metric queries" | "events" | "incidents";
  readonly keyScope: "timeseries_query" | "events_read" | "incident_read";
}

/** Datadog answered with a status that is no success. `keyIsValid` is what it says of the API key alone. */
export function refusal(asked: Asked, status: number, body: unknown, keyIsValid: boolean): SourceError {
  if (status === 401 || status === 403) return keyIsValid ? notPermitted(asked) : keyRefused();
  if (status === 400 || status === 422) return refusedQuery(asked, errorText(body));
  if (status === 404)
    return new SourceError(`Datadog does not know the address of ${asked.what}`, {
      connector: CONNECTOR,
      action: "skip",
      reason: "not found",
      hint: "Check site and apiUrl in the datadog section.",
    });
  return outage(asked, `Datadog answered with status ${status}`);
}

/** The query itself is at fault: asking again would be refused again. `said` is Datadog's own word on it. */
export function refusedQuery(asked: Asked, said: string): SourceError {
  return new SourceError(`Datadog refused the query${said === "" ? "" : `: ${said}`}`, {
    connector: CONNECTOR,
    action: "skip",
    reason: "malformed",
    hint: `Correct it in the datadog section: ${asked.what === "events" ? "an event search" : "a metric query"} that works on the site works here.`,
  });
}

/** The wire gave up: time-outs, limits and broken answers that outlasted all tries. */
export function wireFailure(asked: Asked, error: WireError): SourceError {
  return new SourceError(`${asked.what} could not be read: ${error.message}`, {
    connector: CONNECTOR,
    action: "retry",
    reason: error.reason,
    hint: "Build again later: what was read is kept.",
    cause: error,
  });
}

export function unreadable(asked: Asked, cause: unknown): SourceError {
  return new SourceError(`Datadog's answer to ${asked.what} has another shape than documented`, {
    connector: CONNECTOR,
    action: "skip",
    reason: "malformed",
    hint: "Check that site and apiUrl lead to Datadog; then please report it.",
    cause,
  });
}

/** One line of what Datadog says is wrong, from either form of its errors. */
function errorText(body: unknown): string {
  const errors = typeof body === "object" && body !== null && "errors" in body && Array.isArray(body.errors) ? body.errors : [];
  const first: unknown = errors[0];
  if (typeof first === "string") return said(first);
  if (typeof first !== "object" || first === null) return "";
  return "detail" in first && typeof first.detail === "string" ? said(first.detail) : "";
}

/** Their words quote the query; addresses stay out of errors. */
export function said(text: string): string {
  return shorten(oneLine(text.replace(/\w{1,20}:\/\/\S+/g, "[address]")), 200);
}

function notPermitted(asked: Asked): SourceError {
  return new SourceError(`Datadog does not let these keys read ${asked.what}`, {
    connector: CONNECTOR,
    action: "skip",
    reason: "forbidden",
    id: "DATADOG_MISSING_SCOPE",
    hint: `The application key needs the scope ${asked.keyScope}, and must belong to the organisation of the API key.`,
  });
}

function keyRefused(): SourceError {
  return new SourceError("Datadog refused the API key", {
    connector: CONNECTOR,
    action: "stop",
    reason: "forbidden",
    id: "DATADOG_KEYS_REFUSED",
    hint: "Set DD_API_KEY and DD_APP_KEY to valid keys of this site: a key of another site is refused as well. The application key needs the scopes timeseries_query and events_read.",
  });
}

function outage(asked: Asked, message: string): SourceError {
  return new SourceError(`${asked.what} could not be read: ${message}`, {
    connector: CONNECTOR,
    action: "retry",
    reason: "unavailable",
    hint: "Build again later: what was read is kept.",
  });
}
