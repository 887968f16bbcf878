import type { WireFetch } from "../../kit/wire/types.js";

/** One recorded request and its answer. A request nobody recorded fails the test, and so does one nobody asked for. */
export interface Exchange {
  readonly method: string;
  /** Path without the query, below any host: `/api/conversations.history`, `/repos/acme/shop/actions/runs`. */
  readonly path: string;
  /** Members that must be equal, as text: of the query, of a form body or of the top level of a JSON body. */
  readonly params?: Readonly<Record<string, string>>;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON of the answer, or `text` for anything else. */
  readonly body?: unknown;
  readonly text?: string;
  /** It may be asked any number of times. */
  readonly repeat?: boolean;
}

export interface Replay {
  readonly fetch: WireFetch;
  unused(): readonly Exchange[];
  readonly requests: readonly { readonly method: string; readonly path: string; readonly params: Readonly<Record<string, string>> }[];
}

export function replay(exchanges: readonly Exchange[]): Replay {
  const used = new Set<Exchange>();
  const requests: { method: string; path: string; params: Record<string, string> }[] = [];
  const fetch: WireFetch = async (input, init) => {
    const request = await describeRequest(input, init);
    requests.push(request);
    const found = exchanges.find((exchange) => (exchange.repeat === true || !used.has(exchange)) && matches(exchange, request));
    if (!found) throw new Error(`nobody recorded ${request.method} ${request.path} ${JSON.stringify(request.params)}`);
    used.add(found);
    return answer(found, String(input));
  };
  return { fetch, requests, unused: () => exchanges.filter((exchange) => !used.has(exchange)) };
}

async function describeRequest(input: string | URL, init?: RequestInit) {
  const url = new URL(String(input));
  const params: Record<string, string> = Object.fromEntries(url.searchParams);
  const body =
    init?.body === undefined || init.body === null ? "" : await new Response(init.body as ConstructorParameters<typeof Response>[0]).text();
  const type = new Headers(init?.headers).get("content-type") ?? "";
  if (body !== "" && (type.includes("json") || body.startsWith("{"))) {
    for (const [key, value] of Object.entries(JSON.parse(body) as Record<string, unknown>))
      params[key] = typeof value === "string" ? value : JSON.stringify(value);
  } else if (body !== "") Object.assign(params, Object.fromEntries(new URLSearchParams(body)));
  return { method: (init?.method ?? "GET").toUpperCase(), path: url.pathname, params };
}

function matches(exchange: Exchange, request: { method: string; path: string; params: Record<string, string> }): boolean {
  if (exchange.method !== request.method || exchange.path !== request.path) return false;
  return Object.entries(exchange.params ?? {}).every(([key, value]) => request.params[key] === value);
}

function answer(exchange: Exchange, url: string): Response {
  const headers = new Headers(exchange.headers);
  if (exchange.text === undefined && !headers.has("content-type")) headers.set("content-type", "application/json; charset=utf-8");
  const body = exchange.text ?? JSON.stringify(exchange.body ?? {});
  const response = new Response(body, { status: exchange.status ?? 200, headers });
  Object.defineProperty(response, "url", { value: url });
  return response;
}
