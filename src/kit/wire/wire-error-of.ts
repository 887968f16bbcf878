import { WireError } from "./types.js";

/** More than any client wraps, and an end to a chain that bites its own tail. */
const DEEPEST = 10;

/**
 * The wire's own error inside what a vendor's client made of it: Slack keeps it as `original`, Octokit as `cause`,
 * Datadog passes it on. null when there is none.
 */
export function wireErrorOf(error: unknown): WireError | null {
  let current = error;
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    if (current instanceof WireError) return current;
    if (typeof current !== "object" || current === null) return null;
    current = "original" in current ? current.original : "cause" in current ? current.cause : null;
  }
  return null;
}
