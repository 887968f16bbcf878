import type { Agent, fetch as undiciFetch } from "undici";
import type { WireLimits } from "./types.js";

/** What is needed of undici. It is loaded with the first request: the import costs more than most clients. */
export interface Transport {
  readonly fetch: typeof undiciFetch;
  /** A `Response` of undici's with a body that is already there, as the platform's type. */
  respond(bytes: Uint8Array<ArrayBuffer> | null, init: { status: number; statusText: string; headers: Headers; url: string }): Response;
}

/** undici's own `fetch` with our time-outs, or the one handed in. */
export function lazyTransport(limits: WireLimits, given: typeof undiciFetch | undefined): () => Promise<Transport> {
  let loading: Promise<Transport> | undefined;
  return () => (loading ??= loadTransport(limits, given));
}

async function loadTransport(limits: WireLimits, given: typeof undiciFetch | undefined): Promise<Transport> {
  const undici = await import("undici");
  const own = () => {
    const dispatcher: Agent = new undici.Agent({
      connect: { timeout: limits.connectMs },
      headersTimeout: limits.headersMs,
      bodyTimeout: limits.silenceMs,
    });
    return (...[input, init]: Parameters<typeof undiciFetch>) => undici.fetch(input, { ...init, dispatcher });
  };
  return {
    fetch: given ?? own(),
    respond: (bytes, { url, ...init }) => {
      const response = new undici.Response(bytes, { ...init, headers: [...init.headers] });
      // A response that was made by hand has no URL, and Octokit and Slack report it.
      Object.defineProperty(response, "url", { value: url });
      return response;
    },
  };
}
