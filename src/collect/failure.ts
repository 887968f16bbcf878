import type { Gap } from "../contract/page.js";
import { Failure, SourceError } from "../kit/errors.js";
import type { Span } from "../kit/instant.js";
import { WireError } from "../kit/wire/types.js";

/** What must end the whole build: it was stopped, or the store cannot be written. */
export function endsBuild(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted || error instanceof Failure;
}

/** What a connector threw, as the gap that it leaves. Whatever it was not expected to throw costs it this scope. */
export function gapOfError(error: unknown, source: string, scope: string, span: Span | null): Gap {
  const at = { source, scope, span, count: null };
  if (error instanceof SourceError) {
    // The id goes where the detail goes: whoever reads the ledger can ask `timeline help` for more.
    const detail = error.id === undefined ? error.message : `${error.message} [${error.id}]`;
    return { ...at, reason: error.reason, detail, hint: error.hint ?? null };
  }
  if (error instanceof WireError)
    return { ...at, reason: error.reason, detail: error.message, hint: "Build again later: only what is missing is asked." };
  const name = error instanceof Error ? error.name : typeof error;
  return {
    ...at,
    reason: "malformed",
    detail: `The connector could not go on (${name})`,
    hint: "An answer was not as its documentation says, or this is a bug of ours: please report it.",
  };
}

export function stopsConnector(error: unknown): boolean {
  return error instanceof SourceError && error.action === "stop";
}
