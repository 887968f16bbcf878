import { WireError } from "./types.js";

/** A request that can be sent again and again: its body is in memory, as bytes. */
export interface PlainRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer> | null;
  readonly signal: AbortSignal | null;
}

/**
 * What the clients hand to `fetch`: URLs or a `Request`, headers in any form, and bodies that undici does not know (the
 * platform's `FormData` is sent by it as the text "[object FormData]") or that can be read only once.
 */
export async function plainRequest(input: string | URL | Request, init: RequestInit = {}, userAgent?: string): Promise<PlainRequest> {
  const request = input instanceof Request ? input : null;
  const url = new URL(input instanceof Request ? input.url : input);
  const method = (init.method ?? request?.method ?? "GET").toUpperCase();
  const headers = readHeaders(init.headers ?? request?.headers, url);
  const { bytes, type } = await readPayload(init.body ?? request?.body ?? null);
  if (type !== null && !headers.has("content-type")) headers.set("content-type", type);
  if (userAgent !== undefined && !headers.has("user-agent")) headers.set("user-agent", userAgent);
  return { method, url, headers: Object.fromEntries(headers), body: bytes, signal: init.signal ?? request?.signal ?? null };
}

function readHeaders(given: RequestInit["headers"], url: URL): Headers {
  try {
    return new Headers(given);
  } catch {
    // The platform's message repeats the value, and that is where a token stands.
    throw new WireError(`A header for ${url.host} cannot be sent: a token with a line break or a foreign character in it?`, "unavailable");
  }
}

async function readPayload(body: RequestInit["body"] | null): Promise<{ bytes: PlainRequest["body"]; type: string | null }> {
  if (body === null || body === undefined) return { bytes: null, type: null };
  const encoded = new globalThis.Response(body);
  return { bytes: new Uint8Array(await encoded.arrayBuffer()), type: encoded.headers.get("content-type") };
}
