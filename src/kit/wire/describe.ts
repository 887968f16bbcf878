import { oneLine, shorten } from "../text.js";

/** Method, host and path: what an error may say of a request. Query strings hold names, cursors and worse. */
export function placeOf(method: string, url: URL): string {
  return `${method} ${url.host}${shorten(url.pathname, 160)}`;
}

/** What begins a token, and everything behind it, is left out of an excerpt. */
const TOKEN_LIKE =
  /[A-Za-z0-9+/=_.~-]{24}|xox[a-z]-|gh[a-z]_|github_pat_|eyJ|AKIA|bearer\s|(?:token|key|secret|passwd|password|authorization|cookie|session)["']?\s?[=:]/i;

/** The beginning of a body that is not what was promised, for the one who has to find out why: 80 printable characters. */
export function excerptOf(text: string): string {
  const line = oneLine(text.slice(0, 1000));
  const token = line.search(TOKEN_LIKE);
  return shorten(token < 0 ? line : `${line.slice(0, token)}…`, 80);
}

/**
 * The code of what broke a connection (`ECONNRESET`, `UND_ERR_HEADERS_TIMEOUT`), from anywhere in its causes.
 * Only the code: messages and further fields of such errors hold bytes that were received.
 */
export function failureCode(error: unknown): string {
  let current = error;
  for (let depth = 0; depth < 5 && typeof current === "object" && current !== null; depth += 1) {
    if ("code" in current && typeof current.code === "string") return current.code;
    current = "cause" in current ? current.cause : null;
  }
  return error instanceof Error ? error.name : "unknown";
}
