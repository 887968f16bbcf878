/** Why a request to `url` is not sent, in a few words; null when it may be. Credentials never stand in a URL. */
export function refusalOf(url: URL, allowedBaseUrls: readonly string[]): string | null {
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname))) return "only https is spoken, but for loopback";
  if (url.username !== "" || url.password !== "") return "the URL holds credentials";
  if (!allowedBaseUrls.some((base) => URL.canParse(base) && new URL(base).origin === url.origin))
    return "the host is not one that this connector is configured for";
  return null;
}

/** `hostname` as `URL` gives it: IPv4 in full, IPv6 in brackets. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

/**
 * Where a redirect leads, if it is one to follow: a GET that stays at its own scheme, host and port (GitHub answers so
 * for a renamed repository). Nothing else is followed, so that a credential reaches no second host.
 */
export function redirectTarget(method: string, from: URL, status: number, location: string | null): URL | null {
  if (method !== "GET" || ![301, 302, 307, 308].includes(status) || location === null) return null;
  if (!URL.canParse(location, from.href)) return null;
  const target = new URL(location, from);
  return target.origin === from.origin && target.username === "" && target.password === "" ? target : null;
}
